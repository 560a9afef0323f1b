import { VasError } from '../base/errors';

/** Microseconds since the Unix epoch as ISO 8601 in UTC with milliseconds. */
export function isoFromUs(us: number): string {
  return new Date(Math.floor(us / 1000)).toISOString();
}

/** @throws VasError invalid when it is not an instant */
export function usFromIso(text: string): number {
  const ms = Date.parse(text);
  if (!Number.isFinite(ms))
    throw new VasError('invalid', 'This is not a time. It looks like 2026-11-21T08:30:00Z.');
  return ms * 1000;
}
