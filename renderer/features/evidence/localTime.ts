const FORM = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(?::(\d{2}))?(?: ?([+-])(\d{2}):(\d{2}))?$/;
/** How far apart two moments of the same local time are, minutes; half an hour on Lord Howe Island. */
const SET_BACK_BY = [30, 60];
const MINUTE_MS = 60_000;

const two = (value: number): string => String(value).padStart(2, '0');

/** A moment as it is typed: local time, to the second; with its offset from UTC where that time comes twice. */
export function toLocalText(at: number): string {
  return isTwice(at) ? `${wallText(at)} ${offsetText(at)}` : wallText(at);
}

/** Milliseconds since the epoch; null when it is no moment, such as the 31st of June. Of two the first is meant. */
export function fromLocalText(text: string): number | null {
  const parts = FORM.exec(text.trim());
  if (parts === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const date = new Date(Date.UTC(year, month - 1, day));
  const isDate =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!isDate || hour > 23 || minute > 59 || second > 59) return null;
  const [sign, hours, minutes] = parts.slice(7);
  if (sign === undefined) return new Date(year, month - 1, day, hour, minute, second).getTime();
  const east = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  return Date.UTC(year, month - 1, day, hour, minute, second) - east * MINUTE_MS;
}

/**
 * What a field means that was filled with a moment: that moment itself, until somebody changes the text, which
 * does not tell its milliseconds.
 */
export function typedMoment(text: string, filledWith: number): number | null {
  return text.trim() === toLocalText(filledWith) ? filledWith : fromLocalText(text);
}

/** Whether the clock shows the time of this moment twice, because it is set back. */
export function isTwice(at: number): boolean {
  const text = wallText(at);
  return SET_BACK_BY.some((minutes) =>
    [at - minutes * MINUTE_MS, at + minutes * MINUTE_MS].some((other) => wallText(other) === text),
  );
}

/** From when to when; the date of the end is said where it is another one. */
export function rangeText(start: number, end: number): string {
  const [from, to] = [toLocalText(start), toLocalText(end)];
  const isSameDay = from.slice(0, DATE_LENGTH) === to.slice(0, DATE_LENGTH);
  return `${from} - ${isSameDay ? to.slice(DATE_LENGTH + 1) : to}`;
}

/** 75 s is 1:15, an hour 1:00:00. */
export function spanText(seconds: number): string {
  const whole = Math.round(seconds);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h > 0 ? `${String(h)}:${two(m)}:${two(s)}` : `${String(m)}:${two(s)}`;
}

const DATE_LENGTH = '2026-11-21'.length;

function wallText(at: number): string {
  const time = new Date(at);
  const day = `${String(time.getFullYear())}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}

/** `+01:00`. */
function offsetText(at: number): string {
  const east = -new Date(at).getTimezoneOffset();
  const minutes = Math.abs(east);
  return `${east < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
