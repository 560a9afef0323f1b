import type { Clock } from '../../base/clock';

/** The time that the rate is measured over, microseconds. */
const WINDOW_US = 600_000_000;
/** Before this much of it has passed the rate counts as if it had, microseconds. */
const LEAST_US = 60_000_000;

/** How fast recordings are written, measured by what reaches the archive. */
export class WriteRate {
  readonly #clock: Clock;
  readonly #startedUs: number;
  readonly #written: { readonly atUs: number; readonly bytes: number }[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#startedUs = clock.monotonicUs();
  }

  note(bytes: number): void {
    this.#written.push({ atUs: this.#clock.monotonicUs(), bytes });
    this.#forget();
  }

  /** Mean of the last ten minutes. */
  bytesPerSecond(): number {
    this.#forget();
    const bytes = this.#written.reduce((sum, one) => sum + one.bytes, 0);
    const passedUs = this.#clock.monotonicUs() - this.#startedUs;
    return bytes / (Math.max(LEAST_US, Math.min(WINDOW_US, passedUs)) / 1e6);
  }

  #forget(): void {
    const oldestUs = this.#clock.monotonicUs() - WINDOW_US;
    while (this.#written[0] && this.#written[0].atUs < oldestUs) this.#written.shift();
  }
}
