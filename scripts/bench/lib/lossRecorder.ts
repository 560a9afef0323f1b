import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { ClosedSegment, RecordingSink } from '../../../main/kernel/streams';
import { runProgram } from '../../cameras/process';
import { rounded } from './result';

export interface Missing {
  readonly samples: number;
  readonly missing: number;
  /** Seconds of the recording, and pictures. */
  readonly gaps: readonly { readonly atSeconds: number; readonly lost: number }[];
}

/** Writes segments as the product does and remembers where they begin. */
export class LossRecorder implements RecordingSink {
  readonly segments: (ClosedSegment & { readonly path: string })[] = [];
  runs = 0;
  constructor(readonly folder: string) {}
  async openRun({ runId }: { runId: string }) {
    this.runs++;
    await mkdir(path.join(this.folder, runId), { recursive: true });
    return { pattern: path.join(this.folder, runId, '%05d.mp4'), segmentSeconds: 10, fragmentSeconds: 0.5 };
  }
  progress(): void {
    // Only what was written counts.
  }
  segmentClosed(runId: string, segment: ClosedSegment): void {
    this.segments.push({ ...segment, path: path.join(this.folder, runId, segment.file) });
  }
  closeRun(): Promise<void> {
    return Promise.resolve();
  }

  /** Pictures in the segments, and those that are missing between them by their time stamps. */
  async missing(fps: number): Promise<Missing> {
    const times: number[] = [];
    for (const segment of this.segments) {
      const text = await runProgram('ffprobe', [
        ...['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'packet=pts_time', '-of', 'csv=p=0'],
        `file:${segment.path}`,
      ]);
      for (const line of text.split('\n')) {
        const seconds = Number.parseFloat(line);
        if (!Number.isNaN(seconds)) times.push(segment.startSeconds + seconds);
      }
    }
    times.sort((a, b) => a - b);
    const gaps = times.slice(1).flatMap((time, index) => {
      const lost = Math.round((time - (times[index] ?? NaN)) * fps) - 1;
      return lost > 0 ? [{ atSeconds: rounded(time), lost }] : [];
    });
    return { samples: times.length, missing: gaps.reduce((sum, { lost }) => sum + lost, 0), gaps };
  }
}
