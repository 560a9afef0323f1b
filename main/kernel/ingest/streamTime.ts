import type { Clock } from '../../base/clock';
import type { Logger } from '../../base/logger';

/** Fastest correction of a stream's clock: 500 parts per million (architecture "Identity and time"). */
export const SLEW_PPM = 500;
/** A change of the system clock beyond this is a step, microseconds. */
const STEP_US = 1_000_000;
/** Shorter sleep is not told from the coarse time since boot, microseconds. */
const LEAST_SLEEP_US = 2_000_000;

/** Moves `current` towards `target`, by at most SLEW_PPM of the time that has passed. */
export function slew(current: number, target: number, elapsedUs: number): number {
  const most = Math.max(0, elapsedUs) * (SLEW_PPM / 1e6);
  return current + Math.min(most, Math.max(-most, target - current));
}

/**
 * A stream's own wall clock over all its runs: advanced by the monotonic clock, slewed towards the system
 * clock, so that a step of the system clock neither tears a recording nor lets two overlap. The monotonic clock
 * stands still while the computer sleeps: that time has really passed, and is added at once.
 */
export class StreamTime {
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #bootSeconds: () => number;
  /** Time since boot minus the monotonic clock: grows while the computer sleeps. */
  #bootOffsetUs: number;
  #offsetUs: number;
  #systemOffsetUs: number;
  #updatedUs: number;

  /** @param bootSeconds seconds since boot, sleep included (os.uptime); default: it never sleeps */
  constructor(clock: Clock, log: Logger, bootSeconds = () => clock.monotonicUs() / 1e6) {
    this.#clock = clock;
    this.#bootSeconds = bootSeconds;
    this.#log = log;
    this.#updatedUs = clock.monotonicUs();
    this.#systemOffsetUs = clock.wallUs() - this.#updatedUs;
    this.#offsetUs = this.#systemOffsetUs;
    this.#bootOffsetUs = bootSeconds() * 1e6 - this.#updatedUs;
  }

  /** The stream's wall clock now, microseconds since the Unix epoch. */
  nowUs(): number {
    const monotonicUs = this.#clock.monotonicUs();
    const systemOffsetUs = this.#clock.wallUs() - monotonicUs;
    const changeUs = systemOffsetUs - this.#systemOffsetUs;
    const sleptUs = Math.abs(changeUs) > STEP_US ? this.#sleptUs(monotonicUs) : 0;
    if (sleptUs > 0) {
      this.#offsetUs += sleptUs;
      this.#log.warn({ sleptMs: Math.round(sleptUs / 1000) }, 'the computer slept');
    }
    const stepUs = changeUs - sleptUs;
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

  /** For how long the computer slept since the last step of any kind. */
  #sleptUs(monotonicUs: number): number {
    const bootOffsetUs = this.#bootSeconds() * 1e6 - monotonicUs;
    const sleptUs = bootOffsetUs - this.#bootOffsetUs;
    this.#bootOffsetUs = bootOffsetUs;
    return sleptUs >= LEAST_SLEEP_US ? sleptUs : 0;
  }
}
