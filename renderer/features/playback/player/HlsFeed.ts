import type { ErrorData, Fragment } from 'hls.js';
import Hls, { FetchLoader } from 'hls.js';
import type { MappedPart } from './mediaMap';

export interface FeedEvents {
  /** The list has changed. */
  readonly onParts: (parts: readonly MappedPart[]) => void;
  /** It cannot go on. `isGone`: the footage was given up. */
  readonly onFailure: (message: string, isGone: boolean) => void;
}

/** Feeds a video element with one session of recorded footage. */
export class HlsFeed {
  readonly #hls: Hls;
  readonly #video: HTMLVideoElement;

  /** @param startMedia where playing will begin, seconds on the player's time line */
  constructor(video: HTMLVideoElement, playlist: string, startMedia: number, events: FeedEvents) {
    const hls = new Hls({
      loader: FetchLoader,
      // The page may not make workers of blobs.
      enableWorker: false,
      startPosition: startMedia,
      lowLatencyMode: false,
      // The list grows as it is played; its end is not where anybody wants to be.
      liveSyncDurationCount: 1,
      liveMaxLatencyDurationCount: Number.POSITIVE_INFINITY,
      maxBufferLength: 12,
      maxMaxBufferLength: 24,
      backBufferLength: 20,
      maxBufferHole: 0.3,
      startFragPrefetch: true,
      appendErrorMaxRetry: 2,
    });
    this.#hls = hls;
    this.#video = video;
    let fragments: readonly Fragment[] = [];
    const told = (): void =>
      events.onParts(
        fragments.flatMap(({ programDateTime, start, duration }) =>
          programDateTime === null ? [] : [{ wall: programDateTime, media: start, seconds: duration }],
        ),
      );
    hls.on(Hls.Events.LEVEL_UPDATED, (_event, { details }) => {
      fragments = details.fragments;
      told();
    });
    hls.on(Hls.Events.LEVEL_PTS_UPDATED, (_event, { details }) => {
      fragments = details.fragments;
      told();
    });
    let recoveries = 0;
    hls.on(Hls.Events.ERROR, (_event, data: ErrorData) => {
      if (!data.fatal) return;
      if (data.type === Hls.ErrorTypes.MEDIA_ERROR && recoveries++ < 2) hls.recoverMediaError();
      else events.onFailure(data.error.message, data.response?.code === 404);
    });
    hls.loadSource(playlist);
    hls.attachMedia(video);
  }

  destroy(): void {
    // The library leaves the element its address when another was loaded before and this one has not begun to:
    // the browser would then look for what is given up.
    this.#video.removeAttribute('src');
    this.#video.load();
    this.#hls.destroy();
  }
}
