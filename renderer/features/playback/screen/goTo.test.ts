import { expect, test } from 'vitest';
import { readMoment } from './goTo';

const NEAR = new Date(2026, 10, 21, 9, 30).getTime();

test.each([
  ['14:05', new Date(2026, 10, 21, 14, 5)],
  ['14:05:30.25', new Date(2026, 10, 21, 14, 5, 30, 250)],
  ['2026-11-02 7:08:09', new Date(2026, 10, 2, 7, 8, 9)],
  ['2.11.2025 14:05', new Date(2025, 10, 2, 14, 5)],
  ['2026-11-02', new Date(2026, 10, 2)],
])('%s is a moment', (text, expected) => {
  expect(readMoment(text, NEAR)).toBe(expected.getTime());
});

test.each(['', 'noon', '25:00', '14:61', '2026-02-30 10:00', '14', '; rm -rf /'])('%s is none', (text) => {
  expect(readMoment(text, NEAR)).toBeNull();
});
