import { expect, test } from 'vitest';
import { rowsShown, scrolledTo } from './windowed';

test('draws what is seen and a little more, however long the list is', () => {
  expect(rowsShown(1_000_000, 50, 0, 500)).toEqual({ first: 0, end: 14 });
  expect(rowsShown(1_000_000, 50, 25_020, 500)).toEqual({ first: 496, end: 515 });
  expect(rowsShown(3, 50, 0, 500)).toEqual({ first: 0, end: 3 });
});

test('scrolls no further than needed to show a row whole', () => {
  expect(scrolledTo(3, 50, 0, 500)).toBe(0);
  expect(scrolledTo(10, 50, 0, 500)).toBe(50);
  expect(scrolledTo(1, 50, 400, 500)).toBe(50);
});
