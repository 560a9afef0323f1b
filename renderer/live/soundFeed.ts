import type { ReceiveSession, SoundView } from './receiveSession';

/**
 * - `connecting`: nothing is heard yet;
 * - `playing`: sound arrives;
 * - `unavailable`: it cannot be had now, `error` says why; it is tried again;
 * - `closed`: it was closed and stays so.
 */
export type LiveSoundState = 'connecting' | 'playing' | 'unavailable' | 'closed';

/** Immutable; a new object after each change. */
export interface LiveSoundSnapshot {
  readonly state: LiveSoundState;
  readonly error: string | null;
}

/** What one listens to: the sound of one camera. It mends itself until it is closed. */
export interface LiveSound {
  readonly cameraId: string;
  snapshot(): LiveSoundSnapshot;
  subscribe(listener: () => void): () => void;
  /** Plays in the element. @returns detaches it */
  attach(audio: HTMLAudioElement): () => void;
  /** How loud it is now, 0 to 1; 0 while nothing is heard. */
  level(): Promise<number>;
  /** Gives the consumer back on both sides; no other one is left for this sound. */
  close(): void;
}

/** Sound that does not arrive for this long is fetched anew, milliseconds. */
const SILENT_MS = 4_000;
/** Pause before the first repeated attempt, and the longest, milliseconds. */
const FIRST_RETRY_MS = 500;
const MAX_RETRY_MS = 5_000;
/** How often arriving packets are looked at, milliseconds. */
const LOOK_MS = 1_000;

/** The client calls `tick` a few times a second, `lost` when the transport is gone, `restarted` with a new run. */
export class SoundFeed implements LiveSound {
  readonly cameraId: string;
  readonly #session: ReceiveSession;
  readonly #onClose: (feed: SoundFeed) => void;
  readonly #listeners = new Set<() => void>();
  readonly #elements = new Set<HTMLAudioElement>();
  #view: SoundView | null = null;
  #stream: MediaStream | null = null;
  #fetching = false;
  #closed = false;
  #failures = 0;
  #retryAt = 0;
  #packets = 0;
  #heardAt = 0;
  #lookedAt = 0;
  #snapshot: LiveSoundSnapshot = { state: 'connecting', error: null };

  constructor(cameraId: string, session: ReceiveSession, onClose: (feed: SoundFeed) => void) {
    this.cameraId = cameraId;
    this.#session = session;
    this.#onClose = onClose;
    void this.#fetch();
  }

  readonly snapshot = (): LiveSoundSnapshot => this.#snapshot;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  attach(audio: HTMLAudioElement): () => void {
    this.#elements.add(audio);
    play(audio, this.#stream);
    return () => {
      this.#elements.delete(audio);
      audio.srcObject = null;
    };
  }

  async level(): Promise<number> {
    return (await this.#view?.stats())?.level ?? 0;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#show(null);
    this.#publish({ state: 'closed', error: null });
    this.#listeners.clear();
    this.#onClose(this);
  }

  /** The ingest runs anew: what was listened to has ended with the old run. */
  restarted(): void {
    this.#failures = 0;
    this.#drop();
    void this.#fetch();
  }

  lost(): void {
    this.#drop();
    this.#retryAt = performance.now() + FIRST_RETRY_MS;
  }

  tick(): void {
    const now = performance.now();
    if (this.#view === null) {
      if (now >= this.#retryAt) void this.#fetch();
      return;
    }
    if (now - this.#lookedAt < LOOK_MS) return;
    this.#lookedAt = now;
    void this.#look(this.#view, now);
  }

  async #look(view: SoundView, now: number): Promise<void> {
    const packets = (await view.stats().catch(() => null))?.packetsReceived ?? 0;
    if (this.#view !== view) return;
    if (packets > this.#packets) {
      this.#packets = packets;
      this.#heardAt = now;
      this.#failures = 0;
      this.#publish({ state: 'playing', error: null });
    } else if (now - this.#heardAt > SILENT_MS) {
      this.#drop();
      void this.#fetch();
    }
  }

  async #fetch(): Promise<void> {
    if (this.#fetching || this.#closed) return;
    this.#fetching = true;
    try {
      const view = await this.#session.sound(this.cameraId);
      if (this.#closed) view.close();
      else this.#show(view);
    } catch (error) {
      this.#retryAt = performance.now() + Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures);
      this.#failures += 1;
      const message = error instanceof Error ? error.message : String(error);
      if (!this.#closed) this.#publish({ state: 'unavailable', error: message });
    } finally {
      this.#fetching = false;
    }
  }

  #drop(): void {
    this.#show(null);
    if (!this.#closed) this.#publish({ state: 'connecting', error: null });
  }

  #show(view: SoundView | null): void {
    this.#view?.close();
    this.#view = view;
    this.#packets = 0;
    this.#heardAt = performance.now();
    this.#stream = view === null ? null : new MediaStream([view.track]);
    for (const audio of this.#elements) play(audio, this.#stream);
  }

  #publish(next: LiveSoundSnapshot): void {
    if (this.#snapshot.state === next.state && this.#snapshot.error === next.error) return;
    this.#snapshot = next;
    for (const listener of [...this.#listeners]) listener();
  }
}

function play(audio: HTMLAudioElement, stream: MediaStream | null): void {
  audio.srcObject = stream;
  if (stream !== null) audio.play().catch(() => undefined);
}
