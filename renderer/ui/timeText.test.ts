import { expect, test } from 'vitest';
import { bytesText, clockText, secondsUntil } from './timeText';

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

test('writes sizes with three digits at most', () => {
  expect(bytesText(0)).toBe('0 B');
  expect(bytesText(999)).toBe('999 B');
  expect(bytesText(1_000)).toBe('1.0 KB');
  expect(bytesText(412_345)).toBe('412 KB');
  expect(bytesText(3_440_000)).toBe('3.4 MB');
  expect(bytesText(2_500_000_000_000)).toBe('2.5 TB');
});
