import type { Clock } from '../../base/clock';

/** How long sound is left out after it made trouble, milliseconds. */
const FIRST_MS = 600_000;
/** The most, when it makes trouble each time that it is tried again, milliseconds. */
const LONGEST_MS = 86_400_000;
/** Timers are not more exact than this, milliseconds. */
const OVER_MS = 100;

/**
 * Leaves out sound that made trouble. Trying it again costs a moment of the recording, so sound that goes on making
 * trouble is tried ever more rarely.
 */
export class SoundPause {
  readonly #clock: Clock;
  #waitMs = FIRST_MS;
  #untilUs = -Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** How much longer it is left out, milliseconds; 0: it is not. */
  get leftMs(): number {
    const leftMs = Math.ceil((this.#untilUs - this.#clock.monotonicUs()) / 1000);
    return leftMs > OVER_MS ? leftMs : 0;
  }

  /**
   * The sound made trouble. Within as long as it was left out before, that is the same trouble.
   * @returns how long it is left out now, milliseconds
   */
  begin(): number {
    const nowUs = this.#clock.monotonicUs();
    const isSame = nowUs - this.#untilUs < this.#waitMs * 1000;
    this.#waitMs = isSame ? Math.min(LONGEST_MS, this.#waitMs * 2) : FIRST_MS;
    this.#untilUs = nowUs + this.#waitMs * 1000;
    return this.#waitMs;
  }
}
