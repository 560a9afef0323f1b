/** Rates that play; negative ones play backwards. */
export const RATES = [0.25, 0.5, 1, 2, 4, 8, 16] as const;

export interface ClockState {
  readonly isPlaying: boolean;
  /** Seconds of footage in a second, never 0; negative: backwards. */
  readonly rate: number;
  /** The position follows somebody's hand. */
  readonly isScrubbing: boolean;
  /** Changes with each jump. */
  readonly jumps: number;
}

/**
 * The one clock of all tiles of a screen: which moment of the past is shown now. It stands still while somebody
 * holds it, so that tiles begin together.
 */
export class PlaybackClock {
  readonly #now: () => number;
  readonly #newest: () => number;
  readonly #listeners = new Set<() => void>();
  readonly #holders = new Set<unknown>();
  #anchorAt: number;
  #anchorNow: number;
  #state: ClockState = { isPlaying: false, rate: 1, isScrubbing: false, jumps: 0 };

  /**
   * @param now monotonic, milliseconds
   * @param newest the newest moment that may be shown, milliseconds since the epoch
   */
  constructor(position: number, now: () => number, newest: () => number) {
    this.#now = now;
    this.#newest = newest;
    this.#anchorAt = position;
    this.#anchorNow = now();
  }

  readonly state = (): ClockState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Milliseconds since the epoch. */
  position(): number {
    const passed = this.isMoving() ? (this.#now() - this.#anchorNow) * this.#state.rate : 0;
    return Math.min(this.#anchorAt + passed, Math.max(this.#newest(), this.#anchorAt));
  }

  /** It plays and nobody holds it. */
  isMoving(): boolean {
    return this.#state.isPlaying && !this.#state.isScrubbing && this.#holders.size === 0;
  }

  seek(position: number): void {
    this.#anchorAt = Math.min(position, this.#newest());
    this.#anchorNow = this.#now();
    this.#set({ jumps: this.#state.jumps + 1 });
  }

  play(rate = this.#state.rate): void {
    this.#anchor();
    this.#set({ isPlaying: true, rate });
  }

  pause(): void {
    this.#anchor();
    this.#set({ isPlaying: false });
  }

  setRate(rate: number): void {
    this.#anchor();
    this.#set({ rate });
  }

  scrub(position: number): void {
    this.#anchorAt = Math.min(position, this.#newest());
    this.#anchorNow = this.#now();
    this.#set({ isScrubbing: true });
  }

  /** The hand lets go: what is shown now is played from. */
  endScrub(): void {
    if (!this.#state.isScrubbing) return;
    this.#anchor();
    this.#set({ isScrubbing: false, jumps: this.#state.jumps + 1 });
  }

  hold(holder: unknown): void {
    if (this.#holders.has(holder)) return;
    this.#anchor();
    this.#holders.add(holder);
  }

  release(holder: unknown): void {
    if (!this.#holders.has(holder)) return;
    this.#anchor();
    this.#holders.delete(holder);
  }

  #anchor(): void {
    this.#anchorAt = this.position();
    this.#anchorNow = this.#now();
  }

  #set(change: Partial<ClockState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

/** The next slower (-1) or faster (1) rate in the same direction. */
export function rateBeside(rate: number, by: 1 | -1): number {
  const at = RATES.findIndex((one) => one >= Math.abs(rate));
  const next = RATES[Math.max(0, Math.min(RATES.length - 1, at + by))] ?? 1;
  return rate < 0 ? -next : next;
}

/** Beyond these a decoder would have to decode every picture for nothing: key frames alone are shown. */
const FASTEST_VIDEO = 4;

/** Whether key frames are shown one by one instead of the video. */
export function showsKeyFrames({ rate, isPlaying, isScrubbing }: ClockState): boolean {
  return isScrubbing || (isPlaying && (rate < 0 || rate > FASTEST_VIDEO));
}
