import type { ResponseOf } from '../../../contract';
import type { PlotDefinition } from './plots';
import type { PlainKey } from '../../strings';

export interface LineData {
  readonly name: string;
  readonly values: readonly (number | null)[];
}

export interface PlotData {
  /** Seconds since the epoch. */
  readonly times: readonly number[];
  readonly lines: readonly LineData[];
}

/** The lines of one plot; a metric that was never measured has none. */
export function plotData(
  { lines }: PlotDefinition,
  data: ResponseOf<'health.series'>,
  text: (key: PlainKey) => string,
  nameOf: (subject: string) => string,
  isOfModels: boolean,
): PlotData {
  const found = lines.flatMap(({ metric, label }) =>
    data.series
      .filter((one) => one.metric === metric)
      .map(({ subject, values }) => ({
        name: isOfModels && subject !== null ? nameOf(subject) : text(label),
        values,
      })),
  );
  const used = found.filter(({ values }) => values.some((value) => value !== null));
  const length = data.series[0]?.values.length ?? 0;
  const fromS = Date.parse(data.from) / 1000;
  return { times: Array.from({ length }, (_, index) => fromS + index * data.step), lines: used };
}

export interface Summary {
  readonly now: number | null;
  readonly min: number;
  readonly max: number;
}

/** Null without a value. */
export function summaryOf(values: readonly (number | null)[]): Summary | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  return { now: known.at(-1) ?? null, min: Math.min(...known), max: Math.max(...known) };
}

/** Rows of the table that stands for a plot: at most this many, the newest first. */
const MOST_ROWS = 60;

export function tableRows({ times, lines }: PlotData): { at: number; values: (number | null)[] }[] {
  const every = Math.max(1, Math.ceil(times.length / MOST_ROWS));
  return times
    .map((at, index) => ({ at, values: lines.map(({ values }) => values[index] ?? null) }))
    .filter(
      (row, index) => (times.length - 1 - index) % every === 0 && row.values.some((one) => one !== null),
    )
    .reverse();
}
