import { dayStart } from '../eventFilter';

/** What is being chosen: days as their midnight, times as `hh:mm` of the workstation. */
export interface CustomSpan {
  readonly fromDay: number;
  readonly toDay: number;
  readonly fromTime: string;
  readonly toTime: string;
  /** The next day that is pressed is the last one. */
  readonly isChoosingEnd: boolean;
}

export function wholeDay(day: number): CustomSpan {
  return { fromDay: day, toDay: day, fromTime: '00:00', toTime: '23:59', isChoosingEnd: false };
}

/** The first press begins a span, the second ends it, in whichever order. */
export function withDay(span: CustomSpan, day: number): CustomSpan {
  if (!span.isChoosingEnd) return { ...span, fromDay: day, toDay: day, isChoosingEnd: true };
  return {
    ...span,
    fromDay: Math.min(span.fromDay, day),
    toDay: Math.max(span.fromDay, day),
    isChoosingEnd: false,
  };
}

/** `hh:mm` of a day of 24 hours; the hour may have one digit. */
export const isTime = (text: string): boolean => /^([01]?\d|2[0-3]):[0-5]\d$/.test(text);

/** Milliseconds since the epoch, the whole last minute included; null when it ends before it begins or a time is none. */
export function boundsOf({
  fromDay,
  toDay,
  fromTime,
  toTime,
}: CustomSpan): { from: number; to: number } | null {
  if (!isTime(fromTime) || !isTime(toTime)) return null;
  const from = at(fromDay, fromTime);
  const to = at(toDay, toTime) + 59_999;
  return to < from ? null : { from, to };
}

export function spanFrom({ from, to }: { readonly from: number; readonly to: number }): CustomSpan {
  return {
    fromDay: dayStart(from),
    toDay: dayStart(to),
    fromTime: timeOf(from),
    toTime: timeOf(to),
    isChoosingEnd: false,
  };
}

function at(day: number, time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const date = new Date(day);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate(), hours, minutes).getTime();
}

function timeOf(at_: number): string {
  const date = new Date(at_);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
}
