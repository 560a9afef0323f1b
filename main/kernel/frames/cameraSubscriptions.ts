import type { Disposable } from '../../base/disposable';
import { VasError } from '../../base/errors';
import type { StreamRole } from '../streams';
import { MAX_FPS, MIN_FPS } from './decoderRate';

/** What somebody wants of a camera's frames. */
export interface FrameDemand {
  /** Frames per second, 0.1 to 60. */
  readonly fps: number;
  /** Default main. The sub-stream is used while everybody agrees to it and the camera has one. */
  readonly stream?: StreamRole;
}

export interface CameraSubscriptionsOptions {
  readonly openSub: () => Promise<{ dispose(): void }>;
  /** `role` is another one now. */
  readonly onRole: () => void;
  readonly onFailure: (error: unknown) => void;
}

/** The wishes for one camera's frames, and from which of its streams they are served. */
export class CameraSubscriptions implements Disposable {
  readonly #options: CameraSubscriptionsOptions;
  readonly #demands = new Map<symbol, FrameDemand>();
  #sub: { dispose(): void } | null = null;
  #opening = false;
  /** The camera was changed while it was asked. */
  #openAgain = false;
  #noSub = false;

  constructor(options: CameraSubscriptionsOptions) {
    this.#options = options;
  }

  get empty(): boolean {
    return this.#demands.size === 0;
  }

  get rates(): number[] {
    return [...this.#demands.values()].map((demand) => demand.fps);
  }

  get role(): StreamRole {
    return this.#wantsSub && !this.#noSub ? 'sub' : 'main';
  }

  /** @throws VasError bad_request */
  add(demand: FrameDemand): symbol {
    const entry = Symbol('frames');
    this.change(entry, demand);
    return entry;
  }

  /** @throws VasError bad_request */
  change(entry: symbol, demand: FrameDemand): void {
    const { fps } = demand;
    if (!(fps >= MIN_FPS && fps <= MAX_FPS))
      throw new VasError('bad_request', `Frames per second must be ${MIN_FPS} to ${MAX_FPS}, not ${fps}.`);
    this.#demands.set(entry, demand);
    this.#settle();
  }

  remove(entry: symbol): boolean {
    const there = this.#demands.delete(entry);
    this.#settle();
    return there;
  }

  /** The camera was changed, started or stopped: what is known of its sub-stream may not be so any more. */
  cameraChanged(): void {
    if (this.#wantsSub) this.#open();
  }

  dispose(): void {
    this.#demands.clear();
    this.#settle();
  }

  get #wantsSub(): boolean {
    const demands = [...this.#demands.values()];
    return demands.length > 0 && demands.every((demand) => demand.stream === 'sub');
  }

  #settle(): void {
    if (!this.#wantsSub) {
      this.#sub?.dispose();
      this.#sub = null;
      // A camera that is given a sub-stream later is asked again then.
      if (this.empty) this.#noSub = false;
      return;
    }
    if (!this.#sub && !this.#noSub && !this.#opening) this.#open();
  }

  #open(): void {
    if (this.#opening) {
      this.#openAgain = true;
      return;
    }
    this.#opening = true;
    this.#openAgain = false;
    this.#options
      .openSub()
      .then(
        (use) => this.#opened(use),
        (error: unknown) => this.#refused(error),
      )
      .finally(() => {
        this.#opening = false;
        if (this.#openAgain && this.#wantsSub) this.#open();
        else this.#settle();
      });
  }

  #opened(use: { dispose(): void }): void {
    if (!this.#wantsSub) return use.dispose();
    // The old one last, so that the stream stays open.
    this.#sub?.dispose();
    this.#sub = use;
    if (!this.#noSub) return;
    this.#noSub = false;
    this.#options.onRole();
  }

  #refused(error: unknown): void {
    if (!this.#wantsSub || this.#noSub) return;
    // One that is open comes back with its camera, unless the camera has none any more.
    if (this.#sub && !(error instanceof VasError && error.kind === 'not_found')) return;
    this.#sub?.dispose();
    this.#sub = null;
    this.#noSub = true;
    this.#options.onFailure(error);
    this.#options.onRole();
  }
}
