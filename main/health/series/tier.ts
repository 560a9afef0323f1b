/** Values of one resolution: a ring over time, the same slots for every series. */
export class Tier {
  /** Seconds between slots. */
  readonly stepS: number;
  readonly #slots: number;
  /** Begin of the time that a slot holds, seconds since the epoch; not-a-number while empty. */
  readonly #times: Float64Array;
  readonly #values = new Map<string, Float32Array>();

  constructor(stepS: number, slots: number) {
    this.stepS = stepS;
    this.#slots = slots;
    this.#times = new Float64Array(slots).fill(NaN);
  }

  /** Seconds that it reaches back. */
  get spanS(): number {
    return this.stepS * this.#slots;
  }

  get names(): IterableIterator<string> {
    return this.#values.keys();
  }

  begin(atS: number): number {
    return Math.floor(atS / this.stepS) * this.stepS;
  }

  /** What the slot of this time held before goes unless it was of the same time. */
  set(atS: number, values: Iterable<readonly [string, number]>): void {
    const slot = this.#slot(atS);
    const begin = this.begin(atS);
    if (this.#times[slot] !== begin) {
      this.#times[slot] = begin;
      for (const kept of this.#values.values()) kept[slot] = NaN;
    }
    for (const [name, value] of values) {
      let kept = this.#values.get(name);
      if (kept === undefined) {
        kept = new Float32Array(this.#slots).fill(NaN);
        this.#values.set(name, kept);
      }
      kept[slot] = value;
    }
  }

  holds(atS: number): boolean {
    return this.#times[this.#slot(atS)] === this.begin(atS);
  }

  /** Not-a-number where nothing was measured. */
  get(name: string, atS: number): number {
    return this.holds(atS) ? (this.#values.get(name)?.[this.#slot(atS)] ?? NaN) : NaN;
  }

  /** Series of which nothing is left: cameras that were deleted long ago. */
  forgetEmpty(): void {
    for (const [name, values] of this.#values)
      if (values.every((value) => Number.isNaN(value))) this.#values.delete(name);
  }

  #slot(atS: number): number {
    return Math.floor(atS / this.stepS) % this.#slots;
  }
}
