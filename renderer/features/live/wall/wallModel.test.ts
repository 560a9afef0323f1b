import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layoutContent, MOST_TILES } from '../../../../contract/layouts';
import { FIXED_PLACES } from './places';
import { arrangements } from './testing';
import type { WallAction, WallState } from './wallModel';
import { contentOf, FIRST_WALL, placesOf, reduceWall, sameContent, shownOf } from './wallModel';

const filled = (cameras: readonly (string | null)[], change: Partial<WallState> = {}): WallState => ({
  ...FIRST_WALL,
  kind: '2x2',
  cameras: FIRST_WALL.cameras.map((_none, index) => cameras[index] ?? null),
  layoutChosen: true,
  tilesArranged: true,
  ...change,
});
const letters = (count: number) => Array.from({ length: count }, (_none, at) => String.fromCharCode(97 + at));
const shown = (state: WallState) =>
  shownOf(state)
    .map((id) => id ?? '-')
    .join('');
const after = (state: WallState, ...actions: WallAction[]) => actions.reduce(reduceWall, state);
const to = (kind: WallState['kind']): WallAction => ({ type: 'kind', kind });

describe('at first start', () => {
  test('one camera fills the one tile', () => {
    const state = after(FIRST_WALL, { type: 'cameras', ids: ['a'] });
    expect([state.kind, shown(state)]).toEqual(['1', 'a']);
  });

  test('more cameras fill 2x2 in their order; a larger layout shows the others', () => {
    const state = after(FIRST_WALL, { type: 'cameras', ids: letters(5) });
    expect([state.kind, shown(state)]).toEqual(['2x2', 'abcd']);
    expect(shown(after(state, to('3x3')))).toBe('abcde----');
  });

  test('a camera that comes later takes the first free tile', () => {
    const state = after(FIRST_WALL, { type: 'cameras', ids: ['b'] }, { type: 'cameras', ids: ['a', 'b'] });
    expect(shown(state)).toBe('ba--');
  });

  test('a chosen layout stays although tiles still fill themselves', () => {
    const state = after(FIRST_WALL, to('1'), { type: 'cameras', ids: ['a', 'b'] });
    expect([state.kind, shown(state), shown(after(state, to('2x2')))]).toEqual(['1', 'a', 'ab--']);
  });

  test('no more than 16 are taken', () => {
    const state = after(FIRST_WALL, { type: 'cameras', ids: letters(20) }, to('4x4'));
    expect(shown(state)).toBe('abcdefghijklmnop');
  });
});

describe('once arranged', () => {
  test('nothing is filled by itself any more', () => {
    const state = after(
      filled(['a', 'b'], { tilesArranged: false }),
      { type: 'empty', index: 0 },
      { type: 'cameras', ids: ['a', 'b', 'c'] },
    );
    expect(shown(state)).toBe('-b--');
  });

  test('a deleted camera leaves an empty tile', () => {
    expect(shown(after(filled(['a', 'b', 'c']), { type: 'cameras', ids: ['a', 'c', 'd'] }))).toBe('a-c-');
  });

  test('a camera shown elsewhere changes places', () => {
    expect(shown(after(filled(['a', 'b']), { type: 'assign', index: 0, cameraId: 'b' }))).toBe('ba--');
    expect(shown(after(filled(['a', 'b']), { type: 'assign', index: 3, cameraId: 'a' }))).toBe('-b-a');
    expect(shown(after(filled(['a', 'b']), { type: 'assign', index: 1, cameraId: 'b' }))).toBe('ab--');
    expect(shown(after(filled(['a', 'b']), { type: 'swap', from: 1, to: 2 }))).toBe('a-b-');
  });
});

describe('another layout', () => {
  test('with fewer tiles hides the last cameras, and shows them again where they were', () => {
    const nine = filled(letters(9), { kind: '3x3' });
    const four = after(nine, to('2x2'));
    expect(shown(four)).toBe('abcd');
    expect(shown(after(four, to('1+7')))).toBe('abcdefgh');
    expect(after(four, to('3x3')).cameras).toEqual(nine.cameras);
  });

  test('hides no camera while one of its tiles is empty', () => {
    const state = filled(['a', null, 'b', null, null, 'c', 'd', null, 'e'], { kind: '3x3' });
    expect(shown(after(state, to('2x2')))).toBe('acbd');
    expect(shown(after(state, to('2x2'), to('3x3')))).toBe('acbd----e');
  });

  test('free arrangement begins with what is seen, and is kept once it was changed', () => {
    const free = after(filled(['a', 'b']), to('free'));
    expect(placesOf(free)).toEqual(FIXED_PLACES['2x2']);
    expect(after(free, to('3x3'), to('free')).places).toEqual(FIXED_PLACES['3x3']);
    const changed = after(free, { type: 'discard', index: 3 });
    expect(after(changed, to('3x3'), to('free')).places).toEqual(FIXED_PLACES['2x2'].slice(0, 3));
  });
});

describe('free arrangement', () => {
  const free = after(filled(['a', 'b', 'c', 'd']), to('free'));

  test('a tile taken away takes its camera along, the others keep theirs', () => {
    const state = after(free, { type: 'discard', index: 1 });
    expect(shown(state)).toBe('acd');
    expect(state.places).toEqual([0, 2, 3].map((at) => FIXED_PLACES['2x2'][at]));
  });

  test('a new tile takes the room that is left, with its camera', () => {
    const state = after(free, { type: 'discard', index: 1 }, { type: 'add', cameraId: 'x', point: null });
    expect(shown(state)).toBe('acdx');
    expect(state.places[3]).toEqual(FIXED_PLACES['2x2'][1]);
    expect(after(state, { type: 'add', cameraId: 'y', point: null }), 'full').toBe(state);
  });

  test('a camera on the wall moves into its new tile', () => {
    const state = after(free, { type: 'discard', index: 3 }, { type: 'add', cameraId: 'a', point: null });
    expect(shown(state)).toBe('-bca');
  });

  test('a tile does not cover another one', () => {
    const state = after(free, { type: 'place', index: 0, place: { x: 1, y: 0, w: 24, h: 24 } });
    expect(state).toBe(free);
    const smaller = { x: 0, y: 0, w: 20, h: 20 };
    expect(after(free, { type: 'place', index: 0, place: smaller }).places[0]).toEqual(smaller);
  });

  test('the other layouts have no such actions', () => {
    const fixed = filled(['a']);
    expect(after(fixed, { type: 'discard', index: 0 })).toBe(fixed);
    expect(after(fixed, { type: 'add', cameraId: null, point: null })).toBe(fixed);
  });
});

describe('named layouts', () => {
  test('what is saved and opened again is what was shown', () => {
    const night = filled(['a', null, 'b', null, 'hidden']);
    const content = contentOf(night);
    expect(content.tiles.map(({ device_id }) => device_id)).toEqual(['a', null, 'b', null]);
    const state = after(filled(['x', 'y'], { kind: '1' }), { type: 'open', layoutId: 'n', content });
    expect([shown(state), state.layoutId]).toEqual(['a-b-', 'n']);
    expect(sameContent(contentOf(state), content)).toBe(true);
    expect(sameContent(contentOf(after(state, { type: 'swap', from: 0, to: 1 })), content)).toBe(false);
    expect(sameContent(contentOf(after(state, to('3x3'))), content)).toBe(false);
  });
});

test('whatever is done, no camera is shown twice and what is shown could be saved', () => {
  const kinds = fc.constantFrom('1', '2x2', '3x3', '4x4', '1+5', '1+7', 'free');
  const uuids = Array.from({ length: 6 }, (_none, n) => `00000000-0000-4000-8000-00000000000${String(n)}`);
  const camera = fc.constantFrom(...uuids);
  const index = fc.nat(MOST_TILES - 1);
  const action: fc.Arbitrary<WallAction> = fc.oneof(
    fc.record({ type: fc.constant('kind' as const), kind: kinds }),
    fc.record({ type: fc.constant('assign' as const), index, cameraId: camera }),
    fc.record({ type: fc.constant('swap' as const), from: index, to: index }),
    fc.record({ type: fc.constant('empty' as const), index }),
    fc.record({ type: fc.constant('discard' as const), index }),
    fc.record({ type: fc.constant('cameras' as const), ids: fc.subarray(uuids) }),
    fc.record({
      type: fc.constant('add' as const),
      cameraId: fc.option(camera),
      point: fc.option(fc.record({ x: fc.nat(47), y: fc.nat(47) })),
    }),
    fc.record({
      type: fc.constant('place' as const),
      index,
      place: arrangements.map((places) => places[0] ?? { x: 0, y: 0, w: 8, h: 8 }),
    }),
  );
  fc.assert(
    fc.property(fc.array(action, { maxLength: 30 }), (actions) => {
      const state = after(FIRST_WALL, ...actions);
      expect(state.cameras).toHaveLength(MOST_TILES);
      const ids = state.cameras.filter((id) => id !== null);
      expect(new Set(ids).size).toBe(ids.length);
      expect(layoutContent.safeParse(contentOf(state)).error?.issues).toBeUndefined();
    }),
    { numRuns: 200 },
  );
});

test('another layout keeps every camera, and shows as many as it has tiles', () => {
  const some = fc.array(fc.option(fc.constantFrom(...letters(16))), { maxLength: 16 });
  fc.assert(
    fc.property(some, fc.constantFrom('1', '2x2', '3x3', '1+5', '1+7', '4x4'), (wanted, kind) => {
      const unique = wanted.map((id, at) => (wanted.indexOf(id) === at ? id : null));
      const before = filled(unique, { kind: '4x4' });
      const state = after(before, to(kind));
      const present = (cameras: readonly (string | null)[]) => cameras.filter((id) => id !== null).sort();
      expect(present(state.cameras)).toEqual(present(before.cameras));
      const tiles = placesOf(state).length;
      expect(present(shownOf(state)).length).toBe(Math.min(tiles, present(before.cameras).length));
      shownOf(before)
        .slice(0, tiles)
        .forEach((id, at) => {
          if (id !== null) expect(state.cameras[at]).toBe(id);
        });
    }),
  );
});

test('the same cameras give the same object', () => {
  const state = filled(['a']);
  expect(after(state, { type: 'cameras', ids: ['a', 'b'] })).toBe(state);
});
