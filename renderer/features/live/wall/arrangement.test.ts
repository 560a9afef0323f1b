import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TilePlace } from '../../../../contract/layouts';
import { tilePlace, WALL_STEPS } from '../../../../contract/layouts';
import { hasRoom, movedBy, ontoWall, resizedBy, roomForNew } from './arrangement';
import { arrangements, directions } from './testing';

const at = (x: number, y: number, w = 12, h = 12): TilePlace => ({ x, y, w, h });

describe('moving with the keyboard', () => {
  test('goes one step where there is room', () => {
    expect(movedBy([at(0, 0)], 0, 'right')).toEqual(at(1, 0));
    expect(movedBy([at(5, 7)], 0, 'up')).toEqual(at(5, 6));
  });

  test('goes past a tile that is in the way', () => {
    expect(movedBy([at(0, 0), at(12, 0)], 0, 'right')).toEqual(at(24, 0));
  });

  test('stays where there is no room', () => {
    expect(movedBy([at(0, 0)], 0, 'left')).toBeNull();
    expect(movedBy([at(0, 0, 24, 48), at(24, 0, 24, 48)], 0, 'right')).toBeNull();
  });
});

test('resizing stops at the least size, at the edge and at the next tile', () => {
  expect(resizedBy([at(0, 0)], 0, 'right')).toEqual(at(0, 0, 13, 12));
  expect(resizedBy([at(0, 0)], 0, 'up')).toEqual(at(0, 0, 12, 11));
  expect(resizedBy([at(0, 0, 8, 8)], 0, 'left')).toBeNull();
  expect(resizedBy([at(36, 0)], 0, 'right')).toBeNull();
  expect(resizedBy([at(0, 0), at(12, 0)], 0, 'right')).toBeNull();
});

test('whatever is done with the keyboard, no tile leaves the wall or covers another', () => {
  fc.assert(
    fc.property(arrangements, directions, fc.nat(15), fc.boolean(), (places, direction, index, resize) => {
      const place = (resize ? resizedBy : movedBy)(places, index, direction);
      if (place === null) return;
      expect(hasRoom(places, place, index)).toBe(true);
      if (!resize) expect([place.w, place.h]).toEqual([places[index]?.w, places[index]?.h]);
    }),
  );
});

test('wherever the mouse draws, the tile ends up on the wall and is large enough', () => {
  const anywhere = fc.double({ min: -200, max: 200, noNaN: true });
  fc.assert(
    fc.property(anywhere, anywhere, anywhere, anywhere, (x, y, w, h) => {
      expect(tilePlace.safeParse(ontoWall({ x, y, w, h })).success).toBe(true);
    }),
  );
  expect(ontoWall(at(3.4, 3.6))).toEqual(at(3, 4));
});

describe('room for a new tile', () => {
  test('is large on an empty wall and around the point that was pointed at', () => {
    expect(roomForNew([])).toEqual(at(0, 0, 24, 24));
    expect(roomForNew([], { x: 30, y: 30 })).toEqual(at(18, 18, 24, 24));
    expect(roomForNew([], { x: 47.5, y: 0 })).toEqual(at(24, 0, 24, 24));
  });

  test('is elsewhere when there is none at the point, and nowhere when the wall is full', () => {
    expect(roomForNew([at(0, 0, 48, 24)], { x: 5, y: 5 })).toEqual(at(0, 24, 24, 24));
    expect(roomForNew([at(0, 0, WALL_STEPS, WALL_STEPS)])).toBeNull();
  });

  test('never covers a tile', () => {
    fc.assert(
      fc.property(arrangements, fc.nat(47), fc.nat(47), (places, x, y) => {
        const room = roomForNew(places, { x, y });
        if (room !== null) expect(hasRoom(places, room)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
