const SECOND_US = 1_000_000;

/** A stretch in which something moved, microseconds. */
export interface MotionInterval {
  readonly startUs: number;
  /** Exclusive. */
  readonly endUs: number;
  /** Most cells that moved in one of its seconds, and that second. */
  readonly cells: number;
  readonly peakUs: number;
}

/** Joins seconds with motion, which come in time order, to intervals. */
export class Intervals {
  readonly #gapUs: number;
  readonly #found: MotionInterval[] = [];

  /** @param gapSeconds seconds that are not further apart belong together */
  constructor(gapSeconds: number) {
    this.#gapUs = gapSeconds * SECOND_US;
  }

  get found(): readonly MotionInterval[] {
    return this.#found;
  }

  /** @param startUs of the second; not before the one added last */
  add(startUs: number, cells: number): void {
    const last = this.#found.at(-1);
    if (last === undefined || startUs - last.endUs > this.#gapUs) {
      this.#found.push({ startUs, endUs: startUs + SECOND_US, cells, peakUs: startUs });
      return;
    }
    const isPeak = cells > last.cells;
    this.#found[this.#found.length - 1] = {
      startUs: last.startUs,
      endUs: Math.max(last.endUs, startUs + SECOND_US),
      cells: isPeak ? cells : last.cells,
      peakUs: isPeak ? startUs : last.peakUs,
    };
  }
}
