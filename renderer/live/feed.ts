import type { StreamState } from '../../contract';
import type { FeedEvent, FeedModel } from './feedModel';
import { newFeed, reportedOf, stateOf, step } from './feedModel';
import { PictureWatch } from './pictureWatch';
import type { ReceiveSession, View } from './receiveSession';
import type { LiveFeedStats } from './feedStats';
import type { LiveFeed, LiveFeedSnapshot, StreamRole } from './types';

/** A picture shown within this makes asking the decoder needless, milliseconds. */
const FRESH_MS = 900;

/** A feed: the model decides, this does. */
export class Feed implements LiveFeed {
  readonly cameraId: string;
  readonly role: StreamRole;
  readonly #session: ReceiveSession;
  readonly #onClose: (feed: Feed) => void;
  readonly #listeners = new Set<() => void>();
  readonly #videos = new Set<HTMLVideoElement>();
  readonly #watch = new PictureWatch(() => this.#happened({ type: 'picture' }));
  #model: FeedModel;
  #view: View | null = null;
  #stream: MediaStream | null = null;
  #snapshot: LiveFeedSnapshot;

  constructor(cameraId: string, role: StreamRole, session: ReceiveSession, onClose: (feed: Feed) => void) {
    this.cameraId = cameraId;
    this.role = role;
    this.#session = session;
    this.#onClose = onClose;
    this.#model = newFeed(role, performance.now());
    this.#snapshot = { state: 'connecting', stream: null, error: null, lastPictureAt: null };
  }

  readonly snapshot = (): LiveFeedSnapshot => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  attach(video: HTMLVideoElement): () => void {
    this.#videos.add(video);
    video.srcObject = this.#stream;
    const stop = this.#watch.observe(video);
    return () => {
      if (!this.#videos.delete(video)) return;
      stop();
      video.srcObject = null;
    };
  }

  stats(): Promise<LiveFeedStats | null> {
    return this.#view?.stats() ?? Promise.resolve(null);
  }

  close(): void {
    if (this.#model.closed) return;
    this.#happened({ type: 'closed' });
    this.#onClose(this);
    this.#listeners.clear();
  }

  /** Takes what the main process reports about this stream. */
  report(state: StreamState | undefined): void {
    this.#happened({ type: 'reported', reported: reportedOf(state) });
  }

  /** The transport is gone. */
  lost(): void {
    this.#happened({ type: 'lost' });
  }

  /** Called a few times a second. */
  tick(): void {
    const view = this.#view;
    if (view) void this.#watch.poll(async () => (await view.stats())?.framesDecoded ?? null, FRESH_MS);
    this.#happened({ type: 'tick' });
  }

  #happened(event: FeedEvent): void {
    const { model, drop, fetch } = step(this.#model, event, performance.now());
    this.#model = model;
    if (drop) this.#show(null);
    if (fetch) void this.#fetch();
    this.#publish();
  }

  async #fetch(): Promise<void> {
    try {
      const view = await this.#session.view(this.cameraId, this.role);
      if (this.#model.closed) view.close();
      else this.#show(view);
      this.#happened({ type: 'viewing', producerId: view.producerId });
    } catch (error) {
      this.#happened({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  }

  #show(view: View | null): void {
    this.#view?.close();
    this.#view = view;
    this.#watch.reset();
    this.#stream = view ? new MediaStream([view.track]) : null;
    for (const video of this.#videos) video.srcObject = this.#stream;
  }

  #publish(): void {
    const { error, lastPictureAt } = this.#model;
    const state = stateOf(this.#model);
    const stream = this.#stream;
    const before = this.#snapshot;
    if (before.state === state && before.error === error && before.stream === stream) return;
    this.#snapshot = { state, stream, error, lastPictureAt };
    for (const listener of [...this.#listeners]) listener();
  }
}
