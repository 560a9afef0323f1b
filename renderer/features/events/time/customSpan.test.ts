import { expect, test } from 'vitest';
import { pageOf } from '../../../ui/monthPage';
import { boundsOf, spanFrom, wholeDay, withDay } from './customSpan';

const day = (date: number) => new Date(2026, 10, date).getTime();

test('two presses make a span, in whichever order', () => {
  const first = withDay(wholeDay(day(3)), day(9));
  expect(first).toMatchObject({ fromDay: day(9), toDay: day(9), isChoosingEnd: true });
  expect(withDay(first, day(5))).toMatchObject({ fromDay: day(5), toDay: day(9), isChoosingEnd: false });
});

test('a whole day reaches from midnight to its last millisecond, and back', () => {
  const bounds = boundsOf(wholeDay(day(9)));
  expect(bounds).toEqual({ from: day(9), to: day(10) - 1 });
  expect(bounds && spanFrom(bounds)).toEqual(wholeDay(day(9)));
});

test('a span that ends before it begins is none', () => {
  expect(boundsOf({ ...wholeDay(day(9)), fromTime: '12:00', toTime: '11:59' })).toBeNull();
  expect(boundsOf({ ...wholeDay(day(9)), fromTime: '12:00', toTime: '12:00' })).toEqual({
    from: day(9) + 12 * 3_600_000,
    to: day(9) + 12 * 3_600_000 + 59_999,
  });
});

test('times that are none are refused', () => {
  for (const toTime of ['', '24:00', '12:60', '12', 'noon', '1:2'])
    expect(boundsOf({ ...wholeDay(day(9)), toTime }), toTime).toBeNull();
  expect(boundsOf({ ...wholeDay(day(9)), fromTime: '7:05' })?.from).toBe(day(9) + (7 * 60 + 5) * 60_000);
});

test('the page of a month begins on the Monday before it and has six weeks', () => {
  const page = pageOf(day(21));
  expect(page).toHaveLength(43);
  expect(new Date(page[0] ?? 0).toDateString()).toBe('Mon Oct 26 2026');
  expect(new Date(page[42] ?? 0).toDateString()).toBe('Mon Dec 07 2026');
});
