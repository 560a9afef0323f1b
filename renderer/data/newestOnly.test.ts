import { expect, test } from 'vitest';
import { newestOnly } from './newestOnly';

test('only the newest of several runs counts, in whichever order they end', () => {
  const begin = newestOnly();
  const first = begin();
  expect(first()).toBe(true);
  const second = begin();
  expect([second(), first()]).toEqual([true, false]);
});

test('each has runs of its own', () => {
  const one = newestOnly()();
  newestOnly()();
  expect(one()).toBe(true);
});
