import { VasError } from '../../base/errors';

/** ISO 8601 in UTC with milliseconds, rounded down. @param us microseconds since the Unix epoch */
export function isoFromUs(us: number): string {
  return new Date(Math.floor(us / 1000)).toISOString();
}

/** Microseconds since the Unix epoch. @throws VasError invalid when it is not an instant */
export function usFromIso(text: string): number {
  const ms = Date.parse(text);
  if (!Number.isFinite(ms))
    throw new VasError('invalid', 'This is not a time. It looks like 2026-11-21T08:30:00.000Z.');
  return ms * 1000;
}
