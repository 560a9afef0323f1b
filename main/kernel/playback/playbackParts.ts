import path from 'node:path';
import type { KernelGround } from '../ground';
import { ownJobs, ownWorker } from '../ground';
import type { MediaWorker } from '../media/mediaWorker';
import { Playback } from './playback';
import { Previews } from './previews';

export interface PlaybackParts {
  readonly playback: Playback;
  readonly previews: Previews;
  /** Reads footage for playback; apart from the one that cuts clips. */
  readonly playbackWorker: MediaWorker;
}

/** Sessions that play recordings, and the previews of recordings. */
export function createPlaybackParts(ground: KernelGround): PlaybackParts {
  const { dataDir, store, recording, log, owned } = ground;
  const playbackWorker = ownWorker(ground);
  // Jobs of their own: whoever plays must not wait for snapshots, nor they for him.
  const playbackJobs = ownJobs(ground);
  const previewJobs = ownJobs(ground, { concurrency: 1 });
  const previewWorker = ownWorker(ground);
  const previews = owned.add(
    new Previews({
      ...{ read: store.read, footage: recording, worker: previewWorker, jobs: previewJobs, log },
      folder: path.join(dataDir, 'previews'),
    }),
  );
  owned.add(recording.onRegistered((row) => previews.registered(row)));
  owned.add(recording.onRemoved((rows) => previews.removed(rows)));
  const playback = owned.add(
    new Playback({
      ...{ previews, read: store.read, footage: recording },
      ...{ worker: playbackWorker, jobs: playbackJobs, log },
    }),
  );
  return { playback, previews, playbackWorker };
}
