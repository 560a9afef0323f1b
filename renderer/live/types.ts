import type { StreamState } from '../../contract';
import type { LiveFeedStats } from './feedStats';
import type { LiveSound } from './soundFeed';

/** `main` or `sub`: which of a camera's streams is watched. */
export type StreamRole = StreamState['role'];

/**
 * What a feed shows now:
 * - `connecting`: no picture yet, it is being fetched or the camera does not run;
 * - `live`: pictures are decoded;
 * - `stalled`: there were pictures, but none was decoded for 2 s; what is on screen is old;
 * - `closed`: the feed was closed and stays so.
 */
export type LiveFeedState = 'connecting' | 'live' | 'stalled' | 'closed';

/** Immutable; a new object is made on each change, so it suits `useSyncExternalStore`. */
export interface LiveFeedSnapshot {
  readonly state: LiveFeedState;
  /** Give it to `video.srcObject`. Changes when the track does; null while there is nothing to show. */
  readonly stream: MediaStream | null;
  /** Why the last attempt failed, for people; null when it did not. */
  readonly error: string | null;
  /** `performance.now()` of the last decoded picture, as of the last change of state; null before the first. */
  readonly lastPictureAt: number | null;
}

/** One tile's view of one stream. It mends itself until it is closed. */
export interface LiveFeed {
  readonly cameraId: string;
  readonly role: StreamRole;
  snapshot(): LiveFeedSnapshot;
  /** Calls `listener` after each change until the returned function is called. */
  subscribe(listener: () => void): () => void;
  /**
   * Lets the feed count the pictures that this element presents (requestVideoFrameCallback), and sets its
   * `srcObject` from now on. Without it the feed counts decoded frames by statistics, twice a second.
   * @returns detaches the element and clears its `srcObject`
   */
  attach(video: HTMLVideoElement): () => void;
  /** Counters of the view for the statistics; null while there is no view. */
  stats(): Promise<LiveFeedStats | null>;
  /** Gives the consumer back on both sides. Calling it again is harmless. */
  close(): void;
}

/** All live views of one window over one receiving transport. */
export interface LiveClient {
  /** Starts to watch; several feeds of one stream are independent. */
  watch(cameraId: string, role: StreamRole): LiveFeed;
  /** Starts to listen to a camera. */
  listen(cameraId: string): LiveSound;
  /** Closes every feed and the transport; the client cannot be used again. */
  close(): void;
}
