import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FixedKind } from '../../../../contract/layouts';
import { FIXED_TILES, WALL_STEPS } from '../../../../contract/layouts';
import { hasRoom } from './arrangement';
import { FIXED_PLACES, neighbour, readingOrder } from './places';
import { arrangements, directions } from './testing';

describe('layouts with fixed places', () => {
  test.each(Object.entries(FIXED_PLACES))('%s fills the wall without gap or overlap', (kind, places) => {
    expect(places).toHaveLength(FIXED_TILES[kind as FixedKind]);
    expect(places.every((place, index) => hasRoom(places, place, index))).toBe(true);
    expect(places.reduce((sum, { w, h }) => sum + w * h, 0)).toBe(WALL_STEPS * WALL_STEPS);
    expect(readingOrder(places)[0], 'the first is the upper left one').toBe(0);
  });

  test('1+5 and 1+7 have one large tile, which comes first', () => {
    expect(FIXED_PLACES['1+5'][0]).toEqual({ x: 0, y: 0, w: 32, h: 32 });
    expect(FIXED_PLACES['1+7'][0]).toEqual({ x: 0, y: 0, w: 36, h: 36 });
  });
});

describe('arrow keys', () => {
  test('in 2x2 move inside and stop at the edges', () => {
    const four = FIXED_PLACES['2x2'];
    expect([0, 1, 2, 3].map((at) => neighbour(four, at, 'right'))).toEqual([1, 1, 3, 3]);
    expect([0, 1, 2, 3].map((at) => neighbour(four, at, 'left'))).toEqual([0, 0, 2, 2]);
    expect([0, 1, 2, 3].map((at) => neighbour(four, at, 'down'))).toEqual([2, 3, 2, 3]);
    expect([0, 1, 2, 3].map((at) => neighbour(four, at, 'up'))).toEqual([0, 1, 0, 1]);
  });

  test('in 4x4 keep their row and column', () => {
    const sixteen = FIXED_PLACES['4x4'];
    expect(neighbour(sixteen, 5, 'right')).toBe(6);
    expect(neighbour(sixteen, 5, 'up')).toBe(1);
    expect(neighbour(sixteen, 15, 'right')).toBe(15);
  });

  test('in 1+5 lead from the large tile to the upper or left one beside it, and back', () => {
    const six = FIXED_PLACES['1+5'];
    expect(neighbour(six, 0, 'right')).toBe(1);
    expect(neighbour(six, 0, 'down')).toBe(3);
    expect([1, 2].map((at) => neighbour(six, at, 'left'))).toEqual([0, 0]);
    expect([3, 4].map((at) => neighbour(six, at, 'up'))).toEqual([0, 0]);
    expect(neighbour(six, 5, 'up')).toBe(2);
    expect(neighbour(six, 5, 'left')).toBe(4);
  });

  test('any arrangement: lead to a tile that lies in that direction, whenever there is one', () => {
    fc.assert(
      fc.property(arrangements, directions, fc.nat(15), (places, direction, nat) => {
        const from = places[nat];
        if (from === undefined) return;
        const lies = (to: (typeof places)[number]) =>
          ({
            left: to.x + to.w <= from.x,
            right: to.x >= from.x + from.w,
            up: to.y + to.h <= from.y,
            down: to.y >= from.y + from.h,
          })[direction];
        const to = neighbour(places, nat, direction);
        const reached = places[to];
        if (to === nat) expect(places.some(lies)).toBe(false);
        else expect(reached !== undefined && lies(reached)).toBe(true);
      }),
    );
  });

  test('there is always a way from one tile to another one', () => {
    fc.assert(
      fc.property(arrangements, (places) => {
        if (places.length < 2) return;
        const ways = (['left', 'right', 'up', 'down'] as const).map((way) => neighbour(places, 0, way));
        expect(ways.some((to) => to !== 0)).toBe(true);
      }),
    );
  });
});

test('Tab goes from the upper left to the lower right, through every tile once', () => {
  fc.assert(
    fc.property(arrangements, (places) => {
      const order = readingOrder(places);
      expect([...order].sort((a, b) => a - b)).toEqual(places.map((_place, index) => index));
      const tops = order.map((index) => places[index]?.y ?? 0);
      expect(tops).toEqual([...tops].sort((a, b) => a - b));
    }),
  );
});
