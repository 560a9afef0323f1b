import { expect, test } from 'vitest';
import { clipSpanOf } from './clipSpan';

test('from and to become a middle and a length', () => {
  expect(clipSpanOf('2026-11-21', '17:05:10', '17:05:40')).toEqual({
    center: new Date(2026, 10, 21, 17, 5, 25).getTime(),
    duration: 30,
  });
});

test('a clip may go over midnight', () => {
  expect(clipSpanOf('2026-11-21', '23:59:30', '00:00:30')).toEqual({
    center: new Date(2026, 10, 22).getTime(),
    duration: 60,
  });
  expect(clipSpanOf('2026-12-31', '23:50:00', '00:00:00')).toMatchObject({ duration: 600 });
  expect(clipSpanOf('2026-11-21', '23:50:00', '00:00:01')).toBe('clipBackwards');
});

test.each([
  ['2026-02-30', '10:00:00', '10:00:10', 'clipBadDay'],
  ['21.11.2026', '10:00:00', '10:00:10', 'clipBadDay'],
  ['2026-11-21', '10:00', '10:00:10', 'clipBadTime'],
  ['2026-11-21', '24:00:00', '24:00:10', 'clipBadTime'],
  ['2026-11-21', '10:00:10', '10:00:10', 'clipBackwards'],
  ['2026-11-21', '10:00:00', '10:10:01', 'clipTooLong'],
])('%s %s to %s: %s', (day, from, to, problem) => expect(clipSpanOf(day, from, to)).toBe(problem));
