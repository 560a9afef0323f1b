import type { HealthMinute } from '../../store/types';
import type { Combine, SeriesId } from './metrics';
import { Combiner, combineOf, parseSeriesName } from './metrics';
import { Tier } from './tier';

const FINE_S = 10;
const MINUTE_S = 60;
/** An hour and a quarter, so that a plot of an hour is fine throughout. */
const FINE_SLOTS = 450;
/** A day, and the hour that is being lived through. */
const MINUTE_SLOTS = 25 * 60;
/** More are not kept: 64 cameras and a few models have far fewer. */
const MOST_SERIES = 2_000;

export interface SeriesRange {
  readonly fromS: number;
  readonly toS: number;
  /** Seconds between values, at least 10. */
  readonly stepS: number;
}

/** The newest day of measurements in memory: fine for an hour, by the minute for the rest. Bounded. */
export class SeriesBook {
  readonly #fine = new Tier(FINE_S, FINE_SLOTS);
  readonly #minutes = new Tier(MINUTE_S, MINUTE_SLOTS);
  #minuteS: number | null = null;
  #open = new Map<string, Combiner>();

  /**
   * @param atS wall clock, seconds
   * @returns the minute that this value ended; null within one
   */
  add(atS: number, values: ReadonlyMap<string, number>): HealthMinute | null {
    const minuteS = this.#minutes.begin(atS);
    const ended = this.#minuteS !== null && this.#minuteS !== minuteS ? this.#close(this.#minuteS) : null;
    this.#minuteS = minuteS;
    this.#fine.set(atS, this.#bounded(values));
    for (const [name, value] of values) {
      let combiner = this.#open.get(name);
      if (combiner === undefined) this.#open.set(name, (combiner = new Combiner()));
      combiner.add(value);
    }
    return ended;
  }

  /** The minute that has begun; null when nothing was measured in it. */
  endMinute(): HealthMinute | null {
    const ended = this.#minuteS === null ? null : this.#close(this.#minuteS);
    this.#minuteS = null;
    return ended;
  }

  /** What was kept of an earlier run; never replaces what was measured by this one. */
  restore({ atS, names, values }: HealthMinute): void {
    if (this.#minutes.holds(atS)) return;
    this.#minutes.set(
      atS,
      names.flatMap((name, index) =>
        parseSeriesName(name) === null ? [] : [[name, values[index] ?? NaN] as const],
      ),
    );
  }

  series(): { readonly name: string; readonly id: SeriesId }[] {
    const names = new Set([...this.#fine.names, ...this.#minutes.names]);
    return [...names].flatMap((name) => {
      const id = parseSeriesName(name);
      return id === null ? [] : [{ name, id }];
    });
  }

  /** How fine a range can be told, seconds. */
  resolution(fromS: number, nowS: number): number {
    return nowS - fromS <= this.#fine.spanS - FINE_S ? FINE_S : MINUTE_S;
  }

  /** Values of one series on an even grid that begins at a multiple of the step. */
  values(name: string, { fromS, toS, stepS }: SeriesRange, nowS: number): (number | null)[] {
    const id = parseSeriesName(name);
    if (id === null) return [];
    const how = combineOf(id.metric);
    const isFine = stepS < MINUTE_S || this.resolution(fromS, nowS) === FINE_S;
    const read = isFine
      ? (at: number) => this.#finest(name, at, how)
      : (at: number) => this.#minutes.get(name, at);
    const tierS = isFine ? FINE_S : MINUTE_S;
    const result: (number | null)[] = [];
    for (let atS = fromS; atS < toS; atS += stepS) {
      const combiner = new Combiner();
      for (let at = Math.floor(atS / tierS) * tierS; at < atS + stepS; at += tierS) combiner.add(read(at));
      result.push(combiner.take(how));
    }
    return result;
  }

  /** What is not known finely any more, as after a restart, is told by its minute; what was counted, whole at its begin. */
  #finest(name: string, atS: number, how: Combine): number {
    if (this.#fine.holds(atS)) return this.#fine.get(name, atS);
    const value = this.#minutes.get(name, atS);
    return how === 'sum' && atS % MINUTE_S >= FINE_S ? value * 0 : value;
  }

  #bounded(values: ReadonlyMap<string, number>): Iterable<readonly [string, number]> {
    return values.size <= MOST_SERIES ? values : [...values].slice(0, MOST_SERIES);
  }

  #close(minuteS: number): HealthMinute {
    const names: string[] = [];
    const values: number[] = [];
    for (const [name, combiner] of this.#open) {
      const id = parseSeriesName(name);
      if (id === null) continue;
      names.push(name);
      values.push(combiner.take(combineOf(id.metric)) ?? NaN);
    }
    this.#open = new Map();
    const minute = { atS: minuteS, names, values: Float32Array.from(values) };
    this.#minutes.set(
      minuteS,
      names.map((name, index) => [name, values[index] ?? NaN] as const),
    );
    if (minuteS % 3600 === 0) for (const tier of [this.#fine, this.#minutes]) tier.forgetEmpty();
    return minute;
  }
}
