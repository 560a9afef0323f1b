import type { Clock } from './clock';

/** A smaller difference is a correction that nobody needs to know, microseconds. */
const LEAST_US = 2_000_000;

export type ClockEvent =
  /** `stepUs` negative: it was set back. */
  | { readonly kind: 'stepped'; readonly stepUs: number }
  /** The computer slept for this long. */
  | { readonly kind: 'slept'; readonly sleptUs: number };

/**
 * Compares the system clock with clocks that nobody sets. The monotonic clock stands still while the computer
 * sleeps, the time since boot does not: the difference of the two tells sleep from a clock that was set.
 */
export class ClockWatch {
  readonly #clock: Clock;
  readonly #bootSeconds: () => number;
  #wallUs: number;
  #monotonicUs: number;
  #bootUs: number;

  /** @param bootSeconds seconds since boot, sleep included (os.uptime) */
  constructor(clock: Clock, bootSeconds: () => number) {
    this.#clock = clock;
    this.#bootSeconds = bootSeconds;
    this.#wallUs = clock.wallUs();
    this.#monotonicUs = clock.monotonicUs();
    this.#bootUs = bootSeconds() * 1e6;
  }

  /** What happened since the last look. */
  look(): ClockEvent[] {
    const wallUs = this.#clock.wallUs();
    const monotonicUs = this.#clock.monotonicUs();
    const bootUs = this.#bootSeconds() * 1e6;
    const passedUs = monotonicUs - this.#monotonicUs;
    const sleptUs = Math.max(0, bootUs - this.#bootUs - passedUs);
    const slept = sleptUs >= LEAST_US ? sleptUs : 0;
    const stepUs = wallUs - this.#wallUs - passedUs - slept;
    this.#wallUs = wallUs;
    this.#monotonicUs = monotonicUs;
    this.#bootUs = bootUs;
    const events: ClockEvent[] = [];
    if (slept > 0) events.push({ kind: 'slept', sleptUs: Math.round(slept) });
    if (Math.abs(stepUs) >= LEAST_US) events.push({ kind: 'stepped', stepUs: Math.round(stepUs) });
    return events;
  }
}
