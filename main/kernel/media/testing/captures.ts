import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { Clock } from '../../../base/clock';
import { systemClock } from '../../../base/clock';
import { silentLogger } from '../../../base/logger';
import type { Bookmarks } from '../../bookmarks/bookmarks';
import { createBookmarks } from '../../bookmarks/bookmarks';
import type { Workstation } from '../../recording/testing/workstation';
import { MEDIA_WORKER } from '../../recording/testing/workstation';
import type { Snapshots } from '../../snapshots/snapshots';
import { createSnapshots } from '../../snapshots/snapshots';
import type { MediaJobs } from '../jobs';
import { createMediaJobs } from '../jobs';
import { createMediaWorker } from '../mediaWorker';
import { Replays } from '../replays';

export interface Captures {
  readonly snapshotsFolder: string;
  readonly bookmarksFolder: string;
  readonly snapshots: Snapshots;
  readonly bookmarks: Bookmarks;
  readonly jobs: MediaJobs;
  readonly replaysFolder: string;
  readonly replays: Replays;
}

/** The capture services as the kernel makes them, on a workstation's footage. */
export function captures(at: Workstation, options: { ffmpeg?: string; clock?: Clock } = {}): Captures {
  const clock = options.clock ?? systemClock;
  const log = silentLogger();
  const worker = createMediaWorker(MEDIA_WORKER, log);
  const jobs = createMediaJobs({ ffmpeg: options.ffmpeg ?? 'ffmpeg', log });
  onTestFinished(async () => {
    await jobs.dispose();
    await worker.dispose();
  });
  const common = { store: at.store, clock, log, footage: at.recording, worker, jobs };
  const snapshotsFolder = path.join(at.folder, 'snapshots');
  const bookmarksFolder = path.join(at.folder, 'bookmarks');
  const replaysFolder = path.join(at.folder, 'replays');
  const replays = new Replays({ footage: at.recording, worker, folder: replaysFolder, log });
  return {
    ...{ snapshotsFolder, bookmarksFolder, replaysFolder, jobs },
    replays,
    snapshots: createSnapshots({ ...common, folder: snapshotsFolder }),
    bookmarks: createBookmarks({ ...common, folder: bookmarksFolder }),
  };
}

/** ISO 8601 of microseconds, rounded down to milliseconds as the contract has it. */
export function iso(us: number): string {
  return new Date(Math.floor(us / 1000)).toISOString();
}
