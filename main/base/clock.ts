/** A pending timer; disposing it twice is harmless. */
export interface Timer {
  cancel(): void;
}

/**
 * Time as the main process sees it. Everything that waits or stamps takes one of these,
 * so that tests can let a day pass in a millisecond.
 */
export interface Clock {
  /** System wall clock: integer microseconds since the Unix epoch, UTC. May step. */
  wallUs(): number;
  /** Monotonic clock: integer microseconds since an arbitrary start. Never steps. */
  monotonicUs(): number;
  /** Runs `callback` once after `delayMs` milliseconds. */
  after(delayMs: number, callback: () => void): Timer;
  /** Runs `callback` every `periodMs` milliseconds until cancelled. */
  every(periodMs: number, callback: () => void): Timer;
}

export const systemClock: Clock = {
  wallUs: () => Date.now() * 1000,
  monotonicUs: () => Number(process.hrtime.bigint() / 1000n),
  after(delayMs, callback) {
    const handle = setTimeout(callback, delayMs);
    return { cancel: () => clearTimeout(handle) };
  },
  every(periodMs, callback) {
    const handle = setInterval(callback, periodMs);
    return { cancel: () => clearInterval(handle) };
  },
};
