import type { FixedKind, TilePlace } from '../../../../contract/layouts';
import { WALL_STEPS } from '../../../../contract/layouts';

/** `columns` by `columns` tiles of the same size, row by row. */
function even(columns: number): TilePlace[] {
  const size = WALL_STEPS / columns;
  return Array.from({ length: columns * columns }, (_none, index) => ({
    ...{ x: (index % columns) * size, y: Math.floor(index / columns) * size },
    ...{ w: size, h: size },
  }));
}

/** A large tile in the upper left corner, small ones down the right edge and along the lower one. */
function oneLarge(columns: number): TilePlace[] {
  const size = WALL_STEPS / columns;
  const large = WALL_STEPS - size;
  const at = (x: number, y: number) => ({ x, y, w: size, h: size });
  const steps = Array.from({ length: columns - 1 }, (_none, index) => index * size);
  return [
    { x: 0, y: 0, w: large, h: large },
    ...steps.map((y) => at(large, y)),
    ...steps.map((x) => at(x, large)),
    at(large, large),
  ];
}

/** Where the tiles of the layouts with fixed places lie. */
export const FIXED_PLACES: Readonly<Record<FixedKind, readonly TilePlace[]>> = {
  '1': even(1),
  '2x2': even(2),
  '3x3': even(3),
  '4x4': even(4),
  '1+5': oneLarge(3),
  '1+7': oneLarge(4),
};

export type Direction = 'left' | 'right' | 'up' | 'down';

/** Turned and mirrored so that every direction becomes "right". */
function towardsRight(place: TilePlace, direction: Direction): TilePlace {
  const { x, y, w, h } = place;
  switch (direction) {
    case 'right':
      return place;
    case 'left':
      return { x: WALL_STEPS - x - w, y, w, h };
    case 'down':
      return { x: y, y: x, w: h, h: w };
    case 'up':
      return { x: WALL_STEPS - y - h, y: x, w: h, h: w };
  }
}

/**
 * The tile that an arrow key leads to: the nearest one in that direction, first among those beside the
 * tile, then among all; the one of the upper or left end decides between equals.
 * @returns `from` itself when there is no tile in that direction
 */
export function neighbour(places: readonly TilePlace[], from: number, direction: Direction): number {
  const start = places[from];
  if (start === undefined) return from;
  const here = towardsRight(start, direction);
  let best = from;
  let least = Infinity;
  places.forEach((place, index) => {
    const there = towardsRight(place, direction);
    const distance = there.x - (here.x + here.w);
    if (index === from || distance < 0) return;
    const beside = Math.max(there.y - (here.y + here.h) + 1, here.y - (there.y + there.h) + 1, 0);
    const cost = (beside > 0 ? WALL_STEPS * WALL_STEPS : 0) + (distance + 2 * beside) * WALL_STEPS + there.y;
    if (cost >= least) return;
    least = cost;
    best = index;
  });
  return best;
}

/** Tiles from the upper left to the lower right, in which Tab goes through them: index of each in turn. */
export function readingOrder(places: readonly TilePlace[]): number[] {
  return places
    .map((place, index) => ({ place, index }))
    .sort((a, b) => a.place.y - b.place.y || a.place.x - b.place.x || a.index - b.index)
    .map(({ index }) => index);
}

export function samePlace(a: TilePlace, b: TilePlace): boolean {
  return a.x === b.x && a.y === b.y && a.w === b.w && a.h === b.h;
}
