/** First wait, milliseconds. */
const FIRST_MS = 500;
/** Longest wait, milliseconds. */
const LONGEST_MS = 5000;
/** The wait is shortened by up to this share, so that cameras that vanish together do not return together. */
const JITTER = 0.25;

/** Waits between attempts: the first within 1 s, doubling to at most 5 s (architecture "Supervision"). */
export class Backoff {
  readonly #random: () => number;
  #step = 0;

  /** @param random uniform in [0, 1) */
  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** Milliseconds until the next attempt. */
  next(): number {
    const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(this.#step++, 10));
    return Math.round(full * (1 - JITTER * this.#random()));
  }

  reset(): void {
    this.#step = 0;
  }
}
