const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const date = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: '2-digit',
  month: 'short',
  year: 'numeric',
});

/** hh:mm:ss of the workstation's time zone. `at`: milliseconds since the epoch. */
export const clockText = (at: number): string => clock.format(at);

export const dateText = (at: number): string => date.format(at);

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
