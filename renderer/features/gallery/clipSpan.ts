/** Longest clip, seconds (the contract's limit). */
export const LONGEST_CLIP = 600;

export type SpanProblem = 'clipBadDay' | 'clipBadTime' | 'clipBackwards' | 'clipTooLong';

export interface ClipSpan {
  /** Milliseconds since the epoch. */
  readonly center: number;
  /** Seconds. */
  readonly duration: number;
}

const DAY = /^(\d{4})-(\d\d)-(\d\d)$/;
const TIME = /^(\d\d):(\d\d):(\d\d)$/;

/** The span between two times of the workstation's time zone, over midnight where only that makes it one. Pure. */
export function clipSpanOf(day: string, from: string, to: string): ClipSpan | SpanProblem {
  const [, year, month, date] = DAY.exec(day.trim())?.map(Number) ?? [];
  if (year === undefined || month === undefined || date === undefined) return 'clipBadDay';
  const noon = new Date(year, month - 1, date, 12);
  if (noon.getMonth() !== month - 1 || noon.getDate() !== date) return 'clipBadDay';
  const at = (text: string, days = 0): number | null => {
    const [, hour, minute, second] = TIME.exec(text.trim())?.map(Number) ?? [];
    if (hour === undefined || minute === undefined || second === undefined) return null;
    if (hour > 23 || minute > 59 || second > 59) return null;
    return new Date(year, month - 1, date + days, hour, minute, second).getTime();
  };
  const [start, sameDay, nextDay] = [at(from), at(to), at(to, 1)];
  if (start === null || sameDay === null || nextDay === null) return 'clipBadTime';
  const isOverMidnight = sameDay <= start && nextDay - start <= LONGEST_CLIP * 1000;
  const end = isOverMidnight ? nextDay : sameDay;
  if (end <= start) return 'clipBackwards';
  const duration = (end - start) / 1000;
  if (duration > LONGEST_CLIP) return 'clipTooLong';
  return { center: (start + end) / 2, duration };
}
