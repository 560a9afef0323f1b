const FORM = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(?::(\d{2}))?$/;

const two = (value: number): string => String(value).padStart(2, '0');

/** A moment as it is typed: local time, to the second. */
export function toLocalText(at: number): string {
  const time = new Date(at);
  const day = `${String(time.getFullYear())}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
}

/** Milliseconds since the epoch; null when it is no moment, such as the 31st of June. */
export function fromLocalText(text: string): number | null {
  const parts = FORM.exec(text.trim());
  if (parts === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
    .slice(1)
    .map((part) => Number(part ?? 0));
  const at = new Date(year, month - 1, day, hour, minute, second).getTime();
  const again = toLocalText(at);
  return again.startsWith(`${String(year)}-${two(month)}-${two(day)}`) &&
    hour < 24 &&
    minute < 60 &&
    second < 60
    ? at
    : null;
}

/** 75 s is 1:15, an hour 1:00:00. */
export function spanText(seconds: number): string {
  const whole = Math.round(seconds);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h > 0 ? `${String(h)}:${two(m)}:${two(s)}` : `${String(m)}:${two(s)}`;
}
