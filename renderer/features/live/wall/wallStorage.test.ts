import { expect, test } from 'vitest';
import { FIRST_WALL, reduceWall } from './wallModel';
import { readWall, writeWall } from './wallStorage';

function memory(entries: Record<string, string> = {}) {
  const map = new Map(Object.entries(entries));
  return {
    getItem: (key: string) => map.get(key) ?? null,
    setItem: (key: string, value: string) => void map.set(key, value),
  };
}

test('each window finds what it showed', () => {
  const storage = memory();
  const free = [
    { type: 'assign', index: 0, cameraId: 'a' },
    { type: 'kind', kind: 'free' },
    { type: 'place', index: 0, place: { x: 3, y: 4, w: 20, h: 21 } },
  ] as const;
  const state = free.reduce(reduceWall, FIRST_WALL);
  writeWall(storage, 'main', state);
  expect(readWall(storage, 'main')).toEqual(state);
  expect(readWall(storage, 'w1')).toBeNull();
});

test('takes over what the first version kept', () => {
  const first = { layout: '2x2', tiles: ['a', null, 'b', null], layoutChosen: true, tilesArranged: true };
  const storage = memory({ 'vas.live.layout': JSON.stringify(first) });
  expect(readWall(storage, 'main')).toMatchObject({ kind: '2x2', tilesArranged: true });
  expect(readWall(storage, 'main')?.cameras.slice(0, 4)).toEqual(['a', null, 'b', null]);
  expect(readWall(storage, 'w1'), 'the main window only').toBeNull();
});

test.each([
  ['no JSON', '{'],
  ['another shape', '{"kind":"9x9"}'],
  [
    'a camera twice',
    JSON.stringify({ ...FIRST_WALL, cameras: FIRST_WALL.cameras.map((_none, at) => (at < 2 ? 'a' : null)) }),
  ],
  [
    'tiles that cover each other',
    JSON.stringify({
      ...FIRST_WALL,
      kind: 'free',
      places: [
        { x: 0, y: 0, w: 24, h: 24 },
        { x: 23, y: 0, w: 24, h: 24 },
      ],
    }),
  ],
])('ignores %s', (_what, text) => {
  expect(readWall(memory({ 'vas.live.wall.main': text }), 'main')).toBeNull();
});
