import { expect, test } from 'vitest';
import type { SessionState } from '../../../../contract';
import { FIRST_WALL, reduceWall } from './wallModel';
import { readWall, wallOwner, writeWall } from './wallStorage';

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
  writeWall(storage, 'main', state, null);
  expect(readWall(storage, 'main')).toEqual(state);
  expect(readWall(storage, 'w1')).toBeNull();
});

const someone = (id: string, live: string[] | null): SessionState => ({
  mode: 'sign-in',
  user: { id, name: id, role: live === null ? 'administrator' : 'operator' },
  is_locked: false,
  shows_wall: true,
  rights: [],
  cameras: { live, playback: null, export: null },
});

test('a user who sees fewer cameras does not empty the wall of those who see all', () => {
  const storage = memory();
  /** Signs in, and the wall learns which cameras there are. */
  const work = (session: SessionState, cameras: readonly string[]) => {
    const owner = wallOwner(session, 'live') ?? null;
    const state = reduceWall(readWall(storage, 'main', owner) ?? FIRST_WALL, {
      type: 'cameras',
      ids: cameras,
    });
    writeWall(storage, 'main', state, owner);
    return state.cameras.slice(0, 3);
  };
  const arranged = (['a', 'b', 'c'] as const).reduce(
    (before, cameraId, index) => reduceWall(before, { type: 'assign', index, cameraId }),
    FIRST_WALL,
  );
  // As a workstation without users kept it.
  writeWall(storage, 'main', arranged, null);
  expect(work(someone('kim', ['b']), ['b'])).toEqual([null, 'b', null]);
  expect(work(someone('robin', null), ['a', 'b', 'c'])).toEqual(['a', 'b', 'c']);
  expect(work(someone('kim', ['b']), ['b']), 'kept for them, too').toEqual([null, 'b', null]);
});

test('nothing is kept before it is known who works here', () => {
  expect(wallOwner(null, 'live')).toBeUndefined();
  expect(wallOwner({ ...someone('kim', []), user: null }, 'live')).toBeUndefined();
  expect(wallOwner(someone('robin', null), 'live')).toBeNull();
  expect(wallOwner(someone('kim', ['b']), 'playback')).toBeNull();
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
