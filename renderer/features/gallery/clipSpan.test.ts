import { expect, test } from 'vitest';
import { clipSpanOf } from './clipSpan';

test('from and to become a middle and a length', () => {
  expect(clipSpanOf('2026-11-21', '17:05:10', '17:05:40')).toEqual({
    center: new Date(2026, 10, 21, 17, 5, 25).getTime(),
    duration: 30,
  });
});

test.each([
  ['2026-02-30', '10:00:00', '10:00:10', 'clipBadDay'],
  ['21.11.2026', '10:00:00', '10:00:10', 'clipBadDay'],
  ['2026-11-21', '10:00', '10:00:10', 'clipBadTime'],
  ['2026-11-21', '24:00:00', '24:00:10', 'clipBadTime'],
  ['2026-11-21', '10:00:10', '10:00:10', 'clipBackwards'],
  ['2026-11-21', '10:00:00', '10:10:01', 'clipTooLong'],
])('%s %s to %s: %s', (day, from, to, problem) => expect(clipSpanOf(day, from, to)).toBe(problem));
