import { cellsOf, MOTION_BYTES, motionMaskToText, sharedCells } from '../../../../contract/motionGrid';
import type { Area, Point } from '../../detection/areas';
import { withoutPoint, withPoint, withPointAt } from '../../detection/areas';

export type RegionShape = 'rectangle' | 'polygon' | 'whole';

/** Where in the picture motion is searched; corners are shares of the picture. */
export interface Region {
  readonly shape: RegionShape;
  /** A rectangle's in order of its outline. Kept while the whole picture is searched. */
  readonly points: readonly Point[];
}

export const FIRST_REGION: Region = {
  shape: 'rectangle',
  points: [
    [0.35, 0.35],
    [0.65, 0.35],
    [0.65, 0.65],
    [0.35, 0.65],
  ],
};

/** A rectangle is at least so large, shares of the picture: a cell of the grid. */
const LEAST = 1 / 32;
const clamp = (value: number) => Math.min(1, Math.max(0, value));
const boundsOf = (points: readonly Point[]) => ({
  left: Math.min(...points.map(([x]) => x)),
  right: Math.max(...points.map(([x]) => x)),
  top: Math.min(...points.map(([, y]) => y)),
  bottom: Math.max(...points.map(([, y]) => y)),
});

/** The rectangle between two corners, inside the picture. */
export function rectangle([x1, y1]: Point, [x2, y2]: Point): readonly Point[] {
  const span = (one: number, other: number): readonly [number, number] => {
    const low = clamp(Math.min(one, other));
    const high = clamp(Math.max(one, other));
    return high - low >= LEAST ? [low, high] : [Math.min(low, 1 - LEAST), Math.min(low, 1 - LEAST) + LEAST];
  };
  const [left, right] = span(x1, x2);
  const [top, bottom] = span(y1, y2);
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
}

/** Another shape of the same place. */
export function reshaped(region: Region, shape: RegionShape): Region {
  if (shape !== 'rectangle') return { ...region, shape };
  const { left, right, top, bottom } = boundsOf(region.points);
  return { shape, points: rectangle([left, top], [right, bottom]) };
}

/** Moved as a whole, as far as the picture goes. */
export function moved(region: Region, [dx, dy]: Point): Region {
  const { left, right, top, bottom } = boundsOf(region.points);
  const byX = Math.min(1 - right, Math.max(-left, dx));
  const byY = Math.min(1 - bottom, Math.max(-top, dy));
  return { ...region, points: region.points.map(([x, y]) => [x + byX, y + byY] as const) };
}

/** A corner of a rectangle takes its neighbours along. */
export function withCorner(region: Region, corner: number, to: Point): Region {
  if (region.shape !== 'rectangle') return changed(region, (areas) => withPointAt(areas, 0, corner, to));
  const opposite = region.points[(corner + 2) % 4] ?? [0, 0];
  // The moving corner stops before the one that stands.
  const [x, y] = to;
  const stop = (value: number, fixed: number, isAfter: boolean) =>
    isAfter ? Math.max(value, fixed + LEAST) : Math.min(value, fixed - LEAST);
  const isRight = corner === 1 || corner === 2;
  const isLower = corner >= 2;
  return {
    ...region,
    points: rectangle([stop(x, opposite[0], isRight), stop(y, opposite[1], isLower)], opposite),
  };
}

/** A corner more or less; a rectangle has four. */
export const withMore = (region: Region, place: Point): Region =>
  region.shape === 'polygon' ? changed(region, (areas) => withPoint(areas, 0, place)) : region;
export const withFewer = (region: Region, corner: number): Region =>
  region.shape === 'polygon' ? changed(region, (areas) => withoutPoint(areas, 0, corner)) : region;

/** Between a corner and the next one. */
export function middleAfter({ points }: Region, corner: number): Point {
  const from = points[corner] ?? [0.5, 0.5];
  const to = points[(corner + 1) % points.length] ?? from;
  return [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2];
}

/** As the channel wants it, and how many cells it has. */
export function maskOf({ shape, points }: Region): { readonly text: string; readonly cells: number } {
  const mask = cellsOf(shape === 'whole' ? [] : [points]);
  return { text: motionMaskToText(mask), cells: sharedCells(mask, new Uint8Array(MOTION_BYTES).fill(0xff)) };
}

function changed(region: Region, change: (areas: readonly Area[]) => readonly Area[]): Region {
  const [area] = change([{ kind: 'zone', name: '', points: region.points }]);
  return area === undefined ? region : { ...region, points: area.points };
}
