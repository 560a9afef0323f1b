import { expect, test } from 'vitest';
import { toggleVisible } from './visible';

test('the first click isolates, the last one returns to all', () => {
  expect(toggleVisible([], 'a')).toEqual(['a']);
  expect(toggleVisible(['a'], 'b')).toEqual(['a', 'b']);
  expect(toggleVisible(['a', 'b'], 'a')).toEqual(['b']);
  expect(toggleVisible(['b'], 'b')).toEqual([]);
});
