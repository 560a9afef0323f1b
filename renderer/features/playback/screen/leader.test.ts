import { expect, test } from 'vitest';
import type { TileState } from '../player/tileState';
import { leaderOf } from './leader';

const gap: TileState = { kind: 'gap', gap: { from: null, to: null, reason: 'unknown' } };
const tile = (cameraId: string, state: TileState['kind']) => ({
  cameraId,
  state: state === 'gap' ? gap : state === 'error' ? { kind: state, message: 'no' } : { kind: state },
});

test('the chosen camera leads, also while it is getting its picture', () => {
  const players = [tile('a', 'picture'), tile('b', 'loading')];
  expect(leaderOf(players, 'b', 'a')).toBe('b');
  expect(leaderOf(players, null, null)).toBe('a');
});

test('steps go on with the camera they began with, as long as it has footage', () => {
  const slow = [tile('a', 'loading'), tile('b', 'picture')];
  expect(leaderOf(slow, null, 'a')).toBe('a');
  expect(leaderOf(slow, null, null)).toBe('b');
  for (const kind of ['gap', 'error'] as const)
    expect(leaderOf([tile('a', kind), tile('b', 'picture')], 'a', 'a')).toBe('b');
});

test('without any picture the first tile leads, and without tiles nobody', () => {
  expect(leaderOf([tile('a', 'gap'), tile('b', 'loading')], null, null)).toBe('b');
  expect(leaderOf([tile('a', 'gap'), tile('b', 'error')], null, null)).toBe('a');
  expect(leaderOf([], 'a', 'a')).toBeNull();
});
