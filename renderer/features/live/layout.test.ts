import { describe, expect, test } from 'vitest';
import type { LiveLayout } from './layout';
import { FIRST_LAYOUT, neighbour, reduceLayout } from './layout';

const withTiles = (tiles: LiveLayout['tiles'], change: Partial<LiveLayout> = {}): LiveLayout => ({
  layout: '2x2',
  tiles,
  layoutChosen: true,
  tilesArranged: true,
  ...change,
});

describe('at first start', () => {
  test('one camera fills the one tile', () => {
    const state = reduceLayout(FIRST_LAYOUT, { type: 'cameras', ids: ['a'] });
    expect(state).toMatchObject({ layout: '1', tiles: ['a', null, null, null] });
  });

  test('more cameras fill 2x2 in their order, and no more than fit', () => {
    const state = reduceLayout(FIRST_LAYOUT, { type: 'cameras', ids: ['a', 'b', 'c', 'd', 'e'] });
    expect(state).toMatchObject({ layout: '2x2', tiles: ['a', 'b', 'c', 'd'] });
  });

  test('a camera that comes later takes the first free tile', () => {
    const one = reduceLayout(FIRST_LAYOUT, { type: 'cameras', ids: ['b'] });
    const two = reduceLayout(one, { type: 'cameras', ids: ['a', 'b'] });
    expect(two.tiles).toEqual(['b', 'a', null, null]);
  });

  test('a chosen layout stays although tiles still fill themselves', () => {
    const chosen = reduceLayout(FIRST_LAYOUT, { type: 'layout', layout: '1' });
    const state = reduceLayout(chosen, { type: 'cameras', ids: ['a', 'b'] });
    expect(state).toMatchObject({ layout: '1', tiles: ['a', 'b', null, null] });
  });
});

describe('once arranged', () => {
  test('nothing is filled by itself any more', () => {
    const removed = reduceLayout(withTiles(['a', 'b', null, null], { tilesArranged: false }), {
      type: 'remove',
      index: 0,
    });
    const state = reduceLayout(removed, { type: 'cameras', ids: ['a', 'b', 'c'] });
    expect(state.tiles).toEqual([null, 'b', null, null]);
  });

  test('a deleted camera leaves an empty tile', () => {
    const state = reduceLayout(withTiles(['a', 'b', 'c', null]), { type: 'cameras', ids: ['a', 'c', 'd'] });
    expect(state.tiles).toEqual(['a', null, 'c', null]);
  });

  test('a camera shown elsewhere changes places', () => {
    const state = reduceLayout(withTiles(['a', 'b', null, null]), {
      type: 'assign',
      index: 0,
      cameraId: 'b',
    });
    expect(state.tiles).toEqual(['b', 'a', null, null]);
    const moved = reduceLayout(withTiles(['a', 'b', null, null]), {
      type: 'assign',
      index: 3,
      cameraId: 'a',
    });
    expect(moved.tiles).toEqual([null, 'b', null, 'a']);
  });

  test('the same camera again changes nothing', () => {
    const state = reduceLayout(withTiles(['a', 'b', null, null]), {
      type: 'assign',
      index: 1,
      cameraId: 'b',
    });
    expect(state.tiles).toEqual(['a', 'b', null, null]);
  });
});

test('the same cameras give the same object', () => {
  const state = withTiles(['a', null, null, null]);
  expect(reduceLayout(state, { type: 'cameras', ids: ['a', 'b'] })).toBe(state);
});

test('arrow keys move inside the grid and stop at its edges', () => {
  expect(neighbour('2x2', 0, 'ArrowRight')).toBe(1);
  expect(neighbour('2x2', 1, 'ArrowRight')).toBe(1);
  expect(neighbour('2x2', 1, 'ArrowDown')).toBe(3);
  expect(neighbour('2x2', 3, 'ArrowDown')).toBe(3);
  expect(neighbour('2x2', 3, 'ArrowLeft')).toBe(2);
  expect(neighbour('2x2', 2, 'ArrowLeft')).toBe(2);
  expect(neighbour('2x2', 2, 'ArrowUp')).toBe(0);
  expect(neighbour('1', 0, 'ArrowDown')).toBe(0);
  expect(neighbour('2x2', 2, 'x')).toBe(2);
});
