import { expect, test } from 'vitest';
import type { RoleChoice } from './role';
import { chooseRole } from './role';

const small: RoleChoice = {
  hasSub: true,
  layout: '2x2',
  isFullWindow: false,
  tileWidth: 590,
  mainWidth: 1920,
  subFailed: false,
};

test('a small tile shows the sub stream', () => {
  expect(chooseRole(small)).toBe('sub');
  expect(chooseRole({ ...small, mainWidth: null })).toBe('sub');
});

test.each<[string, Partial<RoleChoice>]>([
  ['there is no sub stream', { hasSub: false }],
  ['the tile is at least half as wide as the picture', { tileWidth: 960 }],
  ['the picture itself is small', { mainWidth: 1180 }],
  ['one camera is shown alone', { layout: '1' }],
  ['the tile fills the window', { isFullWindow: true }],
  ['the sub stream could not be had', { subFailed: true }],
  ['the tile was not measured', { tileWidth: null }],
])('the main stream is shown when %s', (_why, change) => {
  expect(chooseRole({ ...small, ...change })).toBe('main');
});
