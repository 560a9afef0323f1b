/** How the operator wants to read times; `language` is what is usual where the language is spoken. */
export interface TimeStyle {
  /** BCP 47. */
  readonly locale: string;
  readonly clock: 'language' | '24h' | '12h';
}

interface Formats {
  readonly clock: Intl.DateTimeFormat;
  readonly minute: Intl.DateTimeFormat;
  readonly weekday: Intl.DateTimeFormat;
  readonly date: Intl.DateTimeFormat;
}

function formatsOf({ locale, clock }: TimeStyle): Formats {
  const usual = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions().hour12 === true;
  const twelve = clock === 'language' ? usual : clock === '12h';
  return {
    clock: new Intl.DateTimeFormat(locale, {
      hour: twelve ? 'numeric' : '2-digit',
      minute: '2-digit',
      second: '2-digit',
      // h23, not hour12: midnight is 00 and never 24.
      hourCycle: twelve ? 'h12' : 'h23',
    }),
    minute: new Intl.DateTimeFormat(locale, {
      hour: twelve ? 'numeric' : '2-digit',
      minute: '2-digit',
      hourCycle: twelve ? 'h12' : 'h23',
    }),
    weekday: new Intl.DateTimeFormat(locale, { weekday: 'short' }),
    date: new Intl.DateTimeFormat(locale, {
      weekday: 'short',
      day: '2-digit',
      month: 'short',
      year: 'numeric',
    }),
  };
}

let formats = formatsOf({ locale: 'en-GB', clock: '24h' });

/** Times are written in this style from now on; what is on screen already has to be drawn again. */
export function setTimeStyle(style: TimeStyle): void {
  formats = formatsOf(style);
}

/** hh:mm:ss of the workstation's time zone. `at`: milliseconds since the epoch. */
export const clockText = (at: number): string => formats.clock.format(at);

export const dateText = (at: number): string => formats.date.format(at);

/** Day and time. `at`: milliseconds since the epoch. */
export const momentText = (at: number): string => `${dateText(at)}, ${clockText(at)}`;

/** A moment beside another one: with its day only when that is not the other's. Both in milliseconds. */
export const momentBeside = (at: number, other: number): string =>
  dateText(at) === dateText(other) ? clockText(at) : momentText(at);

/** hh:mm of the workstation's time zone. `at`: milliseconds since the epoch. */
export const minuteText = (at: number): string => formats.minute.format(at);

/** `Mon`. `at`: milliseconds since the epoch. */
export const weekdayText = (at: number): string => formats.weekday.format(at);

/** A moment of the coming week: `17:30` today, `Mon 08:00` on another day. Both in milliseconds. */
export function soonText(at: number, now: number): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return isToday ? minuteText(at) : `${weekdayText(at)} ${minuteText(at)}`;
}

/** Whole seconds until `until`, never below 0; both in milliseconds. */
export function secondsUntil(until: number, now: number): number {
  return Math.max(0, Math.ceil((until - now) / 1000));
}

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** A number of bytes, such as `412 KB` or `3.4 MB` (1 KB = 1000 bytes, as disks are sold). */
export function bytesText(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit = 0;
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit++;
  }
  const shown = unit === 0 || value >= 100 ? Math.round(value).toString() : value.toFixed(1);
  return `${shown} ${UNITS[unit] ?? ''}`;
}
