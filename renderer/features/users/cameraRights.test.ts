import { expect, test } from 'vitest';
import { has, shareOf, withRight } from './cameraRights';

test('rights of single cameras and of groups', () => {
  const some = withRight([], ['a', 'b'], 'live', true);
  expect(some).toEqual([
    { id: 'a', live: true, playback: false, export: false },
    { id: 'b', live: true, playback: false, export: false },
  ]);
  expect(has(some, 'a', 'live')).toBe(true);
  expect(has(some, 'c', 'live')).toBe(false);
  expect([shareOf(some, ['a', 'b'], 'live'), shareOf(some, ['a', 'c'], 'live')]).toEqual(['all', 'some']);
  expect(shareOf(some, ['c'], 'export')).toBe('none');
});

test('a camera without any right is left out', () => {
  expect(withRight(withRight([], ['a'], 'export', true), ['a'], 'export', false)).toEqual([]);
});
