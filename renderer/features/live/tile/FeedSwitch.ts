import type { Role } from '../../../data/StreamStore';
import type { LiveFeedStats } from '../../../live/feedStats';
import type { LiveClient, LiveFeed } from '../../../live/types';
import { countFrames } from './countFrames';
import type { LastPictures } from './LastPictures';
import type { FeedView } from './tileState';

export interface SwitchView extends FeedView {
  readonly role: Role;
}

/** How often the last picture of a running feed is kept, milliseconds. */
const KEEP_EVERY_MS = 5_000;

/**
 * Owns the feeds of one tile. Another camera replaces the feed at once; another stream of the same camera
 * is prepared in a second element and takes over when it shows its first picture, so that the tile never
 * goes dark and its `video` element stays the same.
 */
export class FeedSwitch {
  readonly #client: LiveClient;
  readonly #pictures: LastPictures;
  readonly #listeners = new Set<() => void>();
  #video: HTMLVideoElement | null = null;
  #feed: LiveFeed | null = null;
  #release: () => void = () => undefined;
  /** Wall clock of the newest picture of the feed that was not kept yet; null when there is none. */
  #unkeptAt: number | null = null;
  #next: { readonly feed: LiveFeed; readonly cancel: () => void } | null = null;
  /** Lays the staging element over the other one until that shows the new stream; null when it does not. */
  #cover: { readonly end: () => void } | null = null;
  #view: SwitchView | null = null;

  constructor(client: LiveClient, pictures: LastPictures) {
    this.#client = client;
    this.#pictures = pictures;
  }

  /**
   * Gives the element that shows the feed.
   * @returns closes every feed and forgets the element
   */
  bind(video: HTMLVideoElement): () => void {
    this.#video = video;
    const stopCounting = countFrames(video, () => {
      if (this.#feed !== null) this.#unkeptAt = Date.now();
    });
    const timer = setInterval(this.keep, KEEP_EVERY_MS);
    return () => {
      clearInterval(timer);
      this.stop();
      stopCounting();
      this.#video = null;
    };
  }

  /** Shows a stream; nothing changes when it is shown already. */
  show(cameraId: string, role: Role): void {
    const feed = this.#feed;
    if (this.#next?.feed.cameraId === cameraId && this.#next.feed.role === role) return;
    this.#cancelNext();
    if (feed?.cameraId === cameraId && feed.role === role) return;
    if (feed?.cameraId === cameraId && feed.snapshot().state === 'live') this.#prepare(cameraId, role);
    else this.#replace(this.#client.watch(cameraId, role));
  }

  /** Closes the feeds; the last picture is kept. */
  stop(): void {
    this.#cancelNext();
    this.#closeFeed();
    this.#publish();
  }

  /** Keeps the picture that is in the element, if it came since the last time. */
  readonly keep = (): void => {
    const feed = this.#feed;
    if (feed === null || this.#video === null || this.#unkeptAt === null) return;
    if (this.#pictures.capture(feed.cameraId, feed.role, this.#video, this.#unkeptAt)) this.#unkeptAt = null;
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Counters of the view that is shown; null while there is none. */
  readonly stats = (): Promise<LiveFeedStats | null> => this.#feed?.stats() ?? Promise.resolve(null);

  readonly view = (): SwitchView | null => this.#view;

  #replace(feed: LiveFeed): void {
    this.#closeFeed();
    this.#feed = feed;
    const unsubscribe = feed.subscribe(() => this.#publish());
    const detach = this.#video === null ? () => undefined : feed.attach(this.#video);
    this.#release = () => {
      unsubscribe();
      detach();
    };
    this.#publish();
  }

  #closeFeed(): void {
    this.keep();
    this.#unkeptAt = null;
    this.#release();
    this.#release = () => undefined;
    this.#feed?.close();
    this.#feed = null;
  }

  #prepare(cameraId: string, role: Role): void {
    const feed = this.#client.watch(cameraId, role);
    const video = this.#video;
    if (video === null) return this.#replace(feed);
    const staging = stagingElement(video);
    const mirror = () => {
      const { stream } = feed.snapshot();
      if (staging.srcObject !== stream) staging.srcObject = stream;
    };
    const unsubscribe = feed.subscribe(mirror);
    const frame = staging.requestVideoFrameCallback(() => {
      unsubscribe();
      this.#next = null;
      this.#coverUntilShown(video, staging);
      this.#replace(feed);
    });
    this.#next = {
      feed,
      cancel: () => {
        unsubscribe();
        staging.cancelVideoFrameCallback(frame);
        discard(staging);
        feed.close();
      },
    };
    mirror();
  }

  #coverUntilShown(video: HTMLVideoElement, staging: HTMLVideoElement): void {
    staging.dataset['shown'] = 'true';
    // The first callback may belong to a picture of the old stream that was on its way.
    let frame = video.requestVideoFrameCallback(() => {
      frame = video.requestVideoFrameCallback(() => {
        this.#cover?.end();
        this.#publish();
      });
    });
    this.#cover = {
      end: () => {
        video.cancelVideoFrameCallback(frame);
        discard(staging);
        this.#cover = null;
      },
    };
  }

  #cancelNext(): void {
    this.#next?.cancel();
    this.#next = null;
    this.#cover?.end();
  }

  #publish(): void {
    const feed = this.#feed;
    if (feed === null) this.#view = null;
    else {
      const { state, error, lastPictureAt } = feed.snapshot();
      const at = lastPictureAt === null ? null : wallClock(lastPictureAt);
      // What covers the element plays already, although the feed has not counted a picture yet.
      const shown = state === 'connecting' && this.#cover !== null ? 'live' : state;
      this.#view = { role: feed.role, state: shown, error, lastPictureAt: at };
    }
    for (const listener of this.#listeners) listener();
  }
}

/** A second element behind the first, in which the next stream is prepared (tile.css). */
function stagingElement(video: HTMLVideoElement): HTMLVideoElement {
  const staging = document.createElement('video');
  staging.className = 'tile-video tile-staging';
  staging.ariaHidden = 'true';
  staging.muted = true;
  staging.autoplay = true;
  video.after(staging);
  return staging;
}

function discard(staging: HTMLVideoElement): void {
  staging.srcObject = null;
  staging.remove();
}

/** The wall clock of a `performance.now()`, milliseconds since the epoch. */
function wallClock(monotonic: number): number {
  return Date.now() - (performance.now() - monotonic);
}
