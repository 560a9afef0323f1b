import path from 'node:path';
import type { Disposable } from '../base/disposable';
import { Emitter } from '../base/emitter';
import type { Bookmarks } from './bookmarks/bookmarks';
import { createBookmarks } from './bookmarks/bookmarks';
import type { KernelGround } from './ground';
import { ownJobs, ownWorker } from './ground';
import type { MediaJobs } from './media/jobs';
import { Replays } from './media/replays';
import type { Snapshots } from './snapshots/snapshots';
import { createSnapshots } from './snapshots/snapshots';
import { Thumbnails } from './snapshots/thumbnails';

export interface CaptureParts {
  /** FFmpeg children that make pictures and renditions, few at a time. */
  readonly jobs: MediaJobs;
  readonly snapshots: Snapshots;
  readonly thumbnails: Thumbnails;
  readonly bookmarks: Bookmarks;
  readonly replays: Replays;
  /** Snapshots and bookmarks that were made, changed or deleted. */
  readonly captures: { changed(): void; onChanged(listener: () => void): Disposable };
}

/** What is cut out of footage, and the temporary clips of instant replay. */
export function createCaptureParts(ground: KernelGround): CaptureParts {
  const { dataDir, store, recording, clock, log, owned } = ground;
  const jobs = ownJobs(ground);
  const worker = ownWorker(ground);
  const changes = new Emitter<void>();
  const onChanged = () => changes.emit();
  const options = { store, footage: recording, worker, jobs, clock, log, onChanged };
  const thumbnailJobs = ownJobs(ground, { concurrency: 1 });
  const thumbnails: Thumbnails = new Thumbnails({
    ...{ worker, jobs: thumbnailJobs, log, sourceOf: (id) => snapshots.fileOf(id) },
    folder: path.join(dataDir, 'thumbnails'),
  });
  const snapshots = createSnapshots({
    ...{ ...options, folder: path.join(dataDir, 'snapshots') },
    onDeleted: (id) => thumbnails.forget(id),
  });
  const bookmarks = createBookmarks({ ...options, folder: path.join(dataDir, 'bookmarks') });
  const replays = owned.add(
    new Replays({ footage: recording, worker, folder: path.join(dataDir, 'run', 'replays'), log }),
  );
  const captures = { changed: onChanged, onChanged: (listener: () => void) => changes.on(listener) };
  return { jobs, snapshots, thumbnails, bookmarks, replays, captures };
}
