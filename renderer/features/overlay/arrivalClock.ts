/** Beyond this the stream was replaced, not delayed. */
const JUMP_MS = 1_000;

/**
 * Lays a media time over the wall clock by when its pictures arrive. Large pictures and busy moments make some
 * arrive later than others, so the quickest arrivals of the last seconds count, and the media time tells the steps
 * between pictures exactly. Its memory is a handful of numbers.
 */
export class ArrivalClock {
  /** Smallest arrival minus media time, of this window and of the one before, milliseconds. */
  #current = Infinity;
  #before = Infinity;
  #windowFrom = 0;

  /** @param windowMs for how long the quickest arrival counts: longer against jitter, shorter against drift */
  constructor(private readonly windowMs: number) {}

  /** Something of media time `mediaMs` arrived at `arrivedMs` of the wall clock. */
  sample(mediaMs: number, arrivedMs: number): void {
    const offset = arrivedMs - mediaMs;
    if (Math.abs(offset - Math.min(this.#current, this.#before)) > JUMP_MS) this.reset();
    if (this.#current === Infinity) this.#windowFrom = arrivedMs;
    else if (Math.abs(arrivedMs - this.#windowFrom) > this.windowMs) {
      this.#before = this.#current;
      this.#current = Infinity;
      this.#windowFrom = arrivedMs;
    }
    this.#current = Math.min(this.#current, offset);
  }

  /** When the quickest would have brought it, milliseconds since the Unix epoch; NaN before the first sample. */
  wallOf(mediaMs: number): number {
    const offset = Math.min(this.#current, this.#before);
    return Number.isFinite(offset) ? mediaMs + offset : Number.NaN;
  }

  /** The media time of what arrived then without delay, milliseconds; NaN before the first sample. */
  mediaOf(wallMs: number): number {
    const offset = Math.min(this.#current, this.#before);
    return Number.isFinite(offset) ? wallMs - offset : Number.NaN;
  }

  reset(): void {
    this.#current = this.#before = Infinity;
  }
}
