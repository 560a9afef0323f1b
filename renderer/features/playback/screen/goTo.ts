/**
 * Reads a moment that a person typed, in the workstation's time zone: `14:05`, `14:05:30`, `21.11. 14:05`,
 * `2026-11-21 14:05:30`. Without a day it is the day of `near`.
 * @returns milliseconds since the epoch; null when it is not a time
 */
export function readMoment(text: string, near: number): number | null {
  const match =
    /^\s*(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})[./](\d{1,2})[./]?(\d{4})?)?[\sT,]*(?:(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,3}))?)?)?\s*$/.exec(
      text,
    );
  if (!match) return null;
  const [, isoYear, isoMonth, isoDay, day, month, year, hour, minute, second, fraction] = match;
  const hasDay = isoYear !== undefined || day !== undefined;
  if (!hasDay && hour === undefined) return null;
  const base = new Date(near);
  const parts = {
    year: Number(isoYear ?? year ?? base.getFullYear()),
    month: isoMonth ?? month,
    day: isoDay ?? day,
  };
  const wanted = {
    month: parts.month === undefined ? base.getMonth() : Number(parts.month) - 1,
    day: parts.day === undefined ? base.getDate() : Number(parts.day),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
  };
  const made = new Date(parts.year, wanted.month, wanted.day, wanted.hour, wanted.minute, wanted.second);
  const isReal =
    made.getMonth() === wanted.month &&
    made.getDate() === wanted.day &&
    wanted.hour < 24 &&
    wanted.minute < 60 &&
    wanted.second < 60;
  return isReal ? made.getTime() + Number((fraction ?? '0').padEnd(3, '0')) : null;
}
