import type { SlotOf } from './localTime';

/** Every offset from UTC is a multiple of this, so local half hours begin at its multiples; milliseconds. */
export const QUARTER_MS = 900_000;
/** A week and the hour that a change of the clock may add. */
const QUARTERS_AHEAD = (7 * 24 + 2) * 4;

/** The half hours of the coming week, computed once for all cameras. */
export class Outlook {
  readonly #slotOf: SlotOf;
  #from = Number.NaN;
  #slots: number[] = [];

  constructor(slotOf: SlotOf) {
    this.#slotOf = slotOf;
  }

  /** When the schedule says something else than now; null when it never does. @param nowMs since the epoch */
  nextChange(week: string, nowMs: number): number | null {
    const from = Math.floor(nowMs / QUARTER_MS);
    if (from !== this.#from) {
      this.#from = from;
      this.#slots = Array.from({ length: QUARTERS_AHEAD }, (_none, ahead) =>
        this.#slotOf((from + ahead) * QUARTER_MS),
      );
    }
    const now = week[this.#slotOf(nowMs)];
    const ahead = this.#slots.findIndex((slot, index) => index > 0 && week[slot] !== now);
    return ahead < 0 ? null : (from + ahead) * QUARTER_MS;
  }
}
