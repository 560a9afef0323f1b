import { expect, test } from 'vitest';
import type { RoleChoice } from './role';
import { chooseRole } from './role';

const small: RoleChoice = {
  hasSub: true,
  isFullWindow: false,
  isZoomed: false,
  tile: { width: 590, height: 332 },
  main: { width: 1920, height: 1080 },
  sub: { width: 640, height: 360 },
  subFailed: false,
  shown: null,
};
const wide = (width: number) => ({ width, height: (width * 9) / 16 });

test('a tile that the sub-stream fills shows it', () => {
  expect(chooseRole(small)).toBe('sub');
  expect(chooseRole({ ...small, main: null, sub: null })).toBe('sub');
});

test.each<[string, Partial<RoleChoice>]>([
  ['there is no sub-stream', { hasSub: false }],
  ['the sub-stream does not fill the tile', { tile: wide(960) }],
  ['the sub-stream is smaller than usual', { sub: { width: 320, height: 180 } }],
  ['the tile fills the window', { isFullWindow: true }],
  ['the picture is zoomed', { isZoomed: true }],
  ['the sub-stream could not be had', { subFailed: true }],
  ['the tile was not measured', { tile: null }],
])('the main stream is shown when %s', (_why, change) => {
  expect(chooseRole({ ...small, ...change })).toBe('main');
});

test('a main stream that is no larger is not worth its bandwidth', () => {
  expect(chooseRole({ ...small, tile: wide(960), main: { width: 640, height: 360 } })).toBe('sub');
});

test('the picture counts, not the black bars beside it', () => {
  expect(chooseRole({ ...small, tile: { width: 1800, height: 360 } })).toBe('sub');
  expect(chooseRole({ ...small, tile: { width: 600, height: 1000 } })).toBe('sub');
});

test('a tile that is resized back and forth near the limit keeps its stream', () => {
  expect(chooseRole({ ...small, tile: wide(700), shown: 'sub' })).toBe('sub');
  expect(chooseRole({ ...small, tile: wide(700), shown: 'main' })).toBe('main');
  expect(chooseRole({ ...small, tile: wide(740), shown: 'sub' })).toBe('main');
  expect(chooseRole({ ...small, tile: wide(640), shown: 'main' })).toBe('sub');
});
