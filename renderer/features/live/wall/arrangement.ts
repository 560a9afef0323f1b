import type { TilePlace } from '../../../../contract/layouts';
import { LEAST_STEPS, overlap, WALL_STEPS } from '../../../../contract/layouts';
import type { Direction } from './places';

/** Edge lengths of a new tile, the largest that has room is taken. */
const NEW_SIZES = [24, 16, 12, LEAST_STEPS] as const;

const STEP: Readonly<Record<Direction, { readonly x: number; readonly y: number }>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
};

const onWall = ({ x, y, w, h }: TilePlace) =>
  x >= 0 && y >= 0 && w >= LEAST_STEPS && h >= LEAST_STEPS && x + w <= WALL_STEPS && y + h <= WALL_STEPS;

/** Whether a tile may lie there: on the wall, large enough and covering no other one. */
export function hasRoom(places: readonly TilePlace[], place: TilePlace, except = -1): boolean {
  return onWall(place) && places.every((other, index) => index === except || !overlap(place, other));
}

/**
 * One step further in a direction, or past the tiles that are in the way.
 * @returns null when there is no room in that direction
 */
export function movedBy(places: readonly TilePlace[], index: number, direction: Direction): TilePlace | null {
  const from = places[index];
  if (from === undefined) return null;
  for (let far = 1; far < WALL_STEPS; far++) {
    const place = { ...from, x: from.x + STEP[direction].x * far, y: from.y + STEP[direction].y * far };
    if (!onWall(place)) return null;
    if (hasRoom(places, place, index)) return place;
  }
  return null;
}

/**
 * The right (`left`: narrower, `right`: wider) or lower edge one step further.
 * @returns null when the tile would be too small or cover another one
 */
export function resizedBy(
  places: readonly TilePlace[],
  index: number,
  direction: Direction,
): TilePlace | null {
  const from = places[index];
  if (from === undefined) return null;
  const place = { ...from, w: from.w + STEP[direction].x, h: from.h + STEP[direction].y };
  return hasRoom(places, place, index) ? place : null;
}

/** Drawn with the mouse: the place nearest to the wish that is on the wall and large enough. */
export function ontoWall({ x, y, w, h }: TilePlace): TilePlace {
  const size = (steps: number) => Math.min(WALL_STEPS, Math.max(LEAST_STEPS, Math.round(steps)));
  const [width, height] = [size(w), size(h)];
  const start = (at: number, length: number) => Math.min(WALL_STEPS - length, Math.max(0, Math.round(at)));
  return { x: start(x, width), y: start(y, height), w: width, h: height };
}

/**
 * Room for a new tile: the largest square that has room, around a point (in steps) if one is given and
 * there is any room there, otherwise the uppermost.
 * @returns null when there is no room on the wall
 */
export function roomForNew(
  places: readonly TilePlace[],
  point: { readonly x: number; readonly y: number } | null = null,
): TilePlace | null {
  return (point === null ? null : largest(places, point)) ?? largest(places, null);
}

function largest(places: readonly TilePlace[], point: { x: number; y: number } | null): TilePlace | null {
  for (const size of NEW_SIZES) {
    let best: TilePlace | null = null;
    let least = Infinity;
    for (let y = 0; y + size <= WALL_STEPS; y++)
      for (let x = 0; x + size <= WALL_STEPS; x++) {
        if (point !== null && !(x <= point.x && point.x < x + size && y <= point.y && point.y < y + size))
          continue;
        const place = { x, y, w: size, h: size };
        const cost = point === null ? 0 : Math.abs(x + size / 2 - point.x) + Math.abs(y + size / 2 - point.y);
        if (cost >= least || !hasRoom(places, place)) continue;
        best = place;
        least = cost;
      }
    if (best !== null) return best;
  }
  return null;
}
