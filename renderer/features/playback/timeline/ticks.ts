import { DAY, HOUR, MINUTE, SECOND } from './view';
import type { TimeView } from './view';

export type TickUnit = 'second' | 'minute' | 'day' | 'month';

export interface Ticks {
  /** Moments with a label. */
  readonly labelled: readonly number[];
  /** Between them. */
  readonly minor: readonly number[];
  /** How labels are written. */
  readonly unit: TickUnit;
}

/** Steps of labelled ticks and of those between them, milliseconds. Days and more follow the calendar. */
const STEPS: readonly (readonly [step: number, minor: number])[] = [
  [SECOND, SECOND / 5],
  [2 * SECOND, SECOND],
  [5 * SECOND, SECOND],
  [10 * SECOND, 5 * SECOND],
  [15 * SECOND, 5 * SECOND],
  [30 * SECOND, 10 * SECOND],
  [MINUTE, 10 * SECOND],
  [2 * MINUTE, MINUTE],
  [5 * MINUTE, MINUTE],
  [10 * MINUTE, 5 * MINUTE],
  [15 * MINUTE, 5 * MINUTE],
  [30 * MINUTE, 10 * MINUTE],
  [HOUR, 15 * MINUTE],
  [2 * HOUR, HOUR],
  [3 * HOUR, HOUR],
  [6 * HOUR, HOUR],
  [12 * HOUR, 3 * HOUR],
  [DAY, 6 * HOUR],
  [2 * DAY, DAY],
  [7 * DAY, DAY],
];

/** Ticks of the workstation's local time. @param width pixels @param apart least distance of labels, pixels */
export function ticksOf(view: TimeView, width: number, apart: number): Ticks {
  const wanted = ((view.to - view.from) / Math.max(1, width)) * apart;
  const found = STEPS.find(([step]) => step >= wanted);
  if (found === undefined) return months(view, wanted);
  const [step, minor] = found;
  const labelled = step >= DAY ? days(view, Math.round(step / DAY)) : even(view, step);
  return {
    labelled,
    minor: minor >= DAY ? days(view, Math.round(minor / DAY)) : even(view, minor),
    unit: step < MINUTE ? 'second' : step < DAY ? 'minute' : 'day',
  };
}

/** At multiples of a step of local time, so that hours lie on hours wherever the workstation is. */
function even({ from, to }: TimeView, step: number): number[] {
  const marks: number[] = [];
  const offset = new Date(from).getTimezoneOffset() * MINUTE;
  for (let at = Math.ceil((from - offset) / step) * step + offset; at <= to; at += step) marks.push(at);
  return marks;
}

/** Midnights, counted from the first of the month. */
function days({ from, to }: TimeView, every: number): number[] {
  const marks: number[] = [];
  const start = new Date(from);
  for (let day = 0; ; day++) {
    const date = new Date(start.getFullYear(), start.getMonth(), start.getDate() + day);
    const at = date.getTime();
    if (at > to) return marks;
    const inMonth = date.getDate() - 1;
    // The last step of a month would stand too close to the first of the next.
    const isCrowded = every > 1 && inMonth > 0 && inMonth + every > 31;
    if (at >= from && inMonth % every === 0 && !isCrowded) marks.push(at);
  }
}

function months({ from, to }: TimeView, wanted: number): Ticks {
  const every = wanted <= 31 * DAY ? 1 : wanted <= 92 * DAY ? 3 : 6;
  const labelled: number[] = [];
  const start = new Date(from);
  for (let month = 0; ; month++) {
    const date = new Date(start.getFullYear(), start.getMonth() + month, 1);
    if (date.getTime() > to) break;
    if (date.getTime() >= from && date.getMonth() % every === 0) labelled.push(date.getTime());
  }
  return { labelled, minor: days({ from, to }, 7), unit: 'month' };
}
