import type { Clock } from '../../base/clock';
import type { Logger } from '../../base/logger';

/** Fastest correction of a stream's clock: 500 parts per million (architecture "Identity and time"). */
export const SLEW_PPM = 500;
/** A change of the system clock beyond this is a step, microseconds. */
const STEP_US = 1_000_000;

/** Moves `current` towards `target`, by at most SLEW_PPM of the time that has passed. */
export function slew(current: number, target: number, elapsedUs: number): number {
  const most = Math.max(0, elapsedUs) * (SLEW_PPM / 1e6);
  return current + Math.min(most, Math.max(-most, target - current));
}

/**
 * A stream's own wall clock over all its runs: advanced by the monotonic clock, slewed towards the system
 * clock, so that a step of the system clock neither tears a recording nor lets two overlap.
 */
export class StreamTime {
  readonly #clock: Clock;
  readonly #log: Logger;
  #offsetUs: number;
  #systemOffsetUs: number;
  #updatedUs: number;

  constructor(clock: Clock, log: Logger) {
    this.#clock = clock;
    this.#log = log;
    this.#updatedUs = clock.monotonicUs();
    this.#systemOffsetUs = clock.wallUs() - this.#updatedUs;
    this.#offsetUs = this.#systemOffsetUs;
  }

  /** The stream's wall clock now, microseconds since the Unix epoch. */
  nowUs(): number {
    const monotonicUs = this.#clock.monotonicUs();
    const systemOffsetUs = this.#clock.wallUs() - monotonicUs;
    const stepUs = systemOffsetUs - this.#systemOffsetUs;
    if (Math.abs(stepUs) > STEP_US)
      this.#log.warn(
        { stepMs: Math.round(stepUs / 1000), slewPpm: SLEW_PPM },
        'the system clock stepped; recordings follow it slowly',
      );
    this.#systemOffsetUs = systemOffsetUs;
    this.#offsetUs = slew(this.#offsetUs, systemOffsetUs, monotonicUs - this.#updatedUs);
    this.#updatedUs = monotonicUs;
    return monotonicUs + this.#offsetUs;
  }
}
