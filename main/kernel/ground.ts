import type { Clock } from '../base/clock';
import type { DisposableStore } from '../base/disposable';
import type { Logger } from '../base/logger';
import type { Store } from '../store/types';
import type { MediaJobs, MediaJobsOptions } from './media/jobs';
import { createMediaJobs } from './media/jobs';
import type { MediaWorker } from './media/mediaWorker';
import { createMediaWorker } from './media/mediaWorker';
import type { ChildRegistry } from './process/registry';
import type { Recording } from './recording/recording';

/** What the parts of the kernel that read footage stand on. */
export interface KernelGround {
  readonly dataDir: string;
  readonly ffmpeg: string;
  /** The bundled media.worker. */
  readonly mediaWorker: string;
  readonly store: Store;
  readonly recording: Recording;
  readonly registry: ChildRegistry;
  readonly clock: Clock;
  readonly log: Logger;
  /** Disposes in reverse order: a part adds what it makes in the order in which it makes it. */
  readonly owned: DisposableStore;
}

/** FFmpeg jobs of a part of its own, so that it waits for nobody else's. */
export function ownJobs(
  { ffmpeg, log, clock, registry, owned }: KernelGround,
  more: Pick<MediaJobsOptions, 'concurrency' | 'background'> = {},
): MediaJobs {
  return owned.add(createMediaJobs({ ...{ ffmpeg, log, clock, registry }, ...more }));
}

/** A thread that reads and writes media files for one part. */
export function ownWorker({ mediaWorker, log, owned }: KernelGround, isBackground = false): MediaWorker {
  return owned.add(createMediaWorker(mediaWorker, log, isBackground));
}
