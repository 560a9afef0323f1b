import { afterEach, expect, test } from 'vitest';
import { bytesText, clockText, momentBeside, secondsUntil, setTimeStyle, soonText } from './timeText';

afterEach(() => setTimeStyle({ locale: 'en-GB', clock: '24h' }));

test('counts down in whole seconds and never below zero', () => {
  expect(secondsUntil(10_000, 5_001)).toBe(5);
  expect(secondsUntil(10_000, 5_000)).toBe(5);
  expect(secondsUntil(10_000, 9_999)).toBe(1);
  expect(secondsUntil(10_000, 10_000)).toBe(0);
  expect(secondsUntil(10_000, 12_000)).toBe(0);
});

test('shows midnight as 00', () => {
  expect(clockText(new Date(2026, 0, 2, 0, 3, 4).getTime())).toBe('00:03:04');
  expect(clockText(new Date(2026, 0, 2, 23, 59, 59).getTime())).toBe('23:59:59');
});

test('names the day of a moment only when it is not that of the one beside it', () => {
  const late = new Date(2026, 0, 2, 23, 58, 0).getTime();
  expect(momentBeside(late + 30_000, late)).toBe('23:58:30');
  expect(momentBeside(late + 180_000, late)).toBe('Sat, 03 Jan 2026, 00:01:00');
});

test('writes sizes with three digits at most', () => {
  expect(bytesText(0)).toBe('0 B');
  expect(bytesText(999)).toBe('999 B');
  expect(bytesText(1_000)).toBe('1.0 KB');
  expect(bytesText(412_345)).toBe('412 KB');
  expect(bytesText(3_440_000)).toBe('3.4 MB');
  expect(bytesText(2_500_000_000_000)).toBe('2.5 TB');
});

test('follows the chosen clock, or the language', () => {
  const evening = new Date(2026, 0, 2, 21, 5, 9).getTime();
  const shown = (locale: string, clock: 'language' | '24h' | '12h') => {
    setTimeStyle({ locale, clock });
    // Between time and am or pm stands a narrow space.
    return clockText(evening).replace(/\s/g, ' ').toLowerCase();
  };
  expect(shown('en-GB', 'language')).toBe('21:05:09');
  expect(shown('en-GB', '12h')).toBe('9:05:09 pm');
  expect(shown('en-US', 'language')).toBe('9:05:09 pm');
  expect(shown('en-US', '24h')).toBe('21:05:09');
  expect(shown('de-DE', 'language')).toBe('21:05:09');
  setTimeStyle({ locale: 'en-GB', clock: '12h' });
  expect(clockText(new Date(2026, 0, 2, 0, 3, 4).getTime()).replace(/\s/g, ' ')).toBe('12:03:04 am');
});

test('a moment of today has no day', () => {
  const at = (day: number, hour: number) => new Date(2026, 0, day, hour, 30).getTime();
  expect(soonText(at(5, 23), at(5, 8))).toBe('23:30');
  expect(soonText(at(6, 8), at(5, 8))).toBe('Tue 08:30');
});
