// @ts-check
import path from 'node:path';
import { BaseSequencer } from 'vitest/node';

/**
 * What takes more than half a minute, longest first. On a fresh clone Vitest knows sizes only, no durations.
 * @type {readonly string[]}
 */
export const LONGEST = [
  'test/frames/frames.test.ts',
  'native/test/sanitizers.test.ts',
  'test/alerts/alerts.test.ts',
  'test/ingest/ingest.test.ts',
  'test/recording/cameraClock.test.ts',
  'main/kernel/snapshots/snapshots.test.ts',
  'main/kernel/recording/heal.test.ts',
  'main/kernel/recording/recording.test.ts',
  'main/kernel/live/webrtc.test.ts',
  'main/kernel/playback/playback.test.ts',
  'main/kernel/recording/folders/folders.test.ts',
];

/** Begins with the files that take longest, so that none of them is left for the end with idle cores beside it. */
export class LongestFirst extends BaseSequencer {
  /** @override @param {import('vitest/node').TestSpecification[]} files */
  async sort(files) {
    /** @param {import('vitest/node').TestSpecification} file */
    const rank = ({ project, moduleId }) => {
      const place = LONGEST.indexOf(path.relative(this.ctx.config.root, moduleId));
      return (project.config.sequence.groupOrder + 1) * 1000 + (place < 0 ? LONGEST.length : place);
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}
