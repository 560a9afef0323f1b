import { expect, test } from 'vitest';
import type { LiveLayout } from './layout';
import { FIRST_LAYOUT } from './layout';
import { readLayout, writeLayout } from './layoutStorage';

function storageOf(initial: string | null) {
  let kept = initial;
  return { getItem: () => kept, setItem: (_key: string, value: string) => void (kept = value) };
}

test('the same picture after a restart', () => {
  const storage = storageOf(null);
  const layout: LiveLayout = {
    layout: '2x2',
    tiles: ['a', null, 'b', null],
    layoutChosen: true,
    tilesArranged: true,
  };
  writeLayout(storage, layout);
  expect(readLayout(storage)).toEqual(layout);
});

test.each([
  ['nothing', null],
  ['damaged text', '{"layout":'],
  ['another layout', JSON.stringify({ ...FIRST_LAYOUT, layout: '9x9' })],
  ['too few tiles', JSON.stringify({ ...FIRST_LAYOUT, tiles: [null] })],
  ['no object', '7'],
])('starts anew with %s', (_name, text) => {
  expect(readLayout(storageOf(text))).toEqual(FIRST_LAYOUT);
});
