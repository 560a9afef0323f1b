import type { AssignmentRules } from '../../../contract';

export type Point = readonly [number, number];

/** A zone or mask of an assignment; corners are shares of the picture. */
export interface Area {
  readonly kind: 'zone' | 'mask';
  /** Empty for masks. */
  readonly name: string;
  readonly points: readonly Point[];
}

/** Limits of contract/assignments.ts. */
export const MOST_AREAS = 16;
const FEWEST_POINTS = 3;
const MOST_POINTS = 64;

const clamp = (value: number) => Math.round(Math.min(1, Math.max(0, value)) * 10_000) / 10_000;
const within = ([x, y]: Point): Point => [clamp(x), clamp(y)];

export function areasOf({ zones, masks }: Pick<AssignmentRules, 'zones' | 'masks'>): Area[] {
  return [
    ...zones.map(({ name, points }) => ({ kind: 'zone' as const, name, points })),
    ...masks.map((points) => ({ kind: 'mask' as const, name: '', points })),
  ];
}

export function rulesOf(areas: readonly Area[]): Pick<AssignmentRules, 'zones' | 'masks'> {
  const points = (area: Area) => area.points.map(([x, y]) => [x, y] as [number, number]);
  return {
    zones: areas
      .filter(({ kind }) => kind === 'zone')
      .map((area) => ({ name: area.name.trim(), points: points(area) })),
    masks: areas.filter(({ kind }) => kind === 'mask').map(points),
  };
}

/** A new area in the middle of the picture, to be moved from there; the same list when there are 16 of its kind. */
export function withNew(
  areas: readonly Area[],
  kind: Area['kind'],
  nameOf: (number: number) => string,
): readonly Area[] {
  const same = areas.filter((area) => area.kind === kind);
  if (same.length >= MOST_AREAS) return areas;
  let number = same.length + 1;
  while (same.some(({ name }) => name === nameOf(number))) number++;
  const points: Point[] = [
    [0.35, 0.35],
    [0.65, 0.35],
    [0.65, 0.65],
    [0.35, 0.65],
  ];
  return [...areas, { kind, name: kind === 'zone' ? nameOf(number) : '', points }];
}

function changed(areas: readonly Area[], index: number, change: (area: Area) => Area): readonly Area[] {
  return areas.map((area, at) => (at === index ? change(area) : area));
}

export const renamed = (areas: readonly Area[], index: number, name: string): readonly Area[] =>
  changed(areas, index, (area) => ({ ...area, name }));

export const without = (areas: readonly Area[], index: number): readonly Area[] =>
  areas.filter((_, at) => at !== index);

export const withPointAt = (
  areas: readonly Area[],
  index: number,
  point: number,
  to: Point,
): readonly Area[] =>
  changed(areas, index, (area) => ({
    ...area,
    points: area.points.map((one, at) => (at === point ? within(to) : one)),
  }));

/** An area keeps three corners. */
export const withoutPoint = (areas: readonly Area[], index: number, point: number): readonly Area[] =>
  changed(areas, index, (area) =>
    area.points.length <= FEWEST_POINTS
      ? area
      : { ...area, points: area.points.filter((_, at) => at !== point) },
  );

/** A corner more, in the edge that is nearest to it. */
export const withPoint = (areas: readonly Area[], index: number, place: Point): readonly Area[] =>
  changed(areas, index, (area) => {
    if (area.points.length >= MOST_POINTS) return area;
    const after = nearestEdge(area.points, place);
    return {
      ...area,
      points: [...area.points.slice(0, after + 1), within(place), ...area.points.slice(after + 1)],
    };
  });

/** Index of the corner at which the edge nearest to a place begins. */
function nearestEdge(points: readonly Point[], place: Point): number {
  let best = { index: 0, distance: Infinity };
  points.forEach((from, index) => {
    const to = points[(index + 1) % points.length] ?? from;
    const distance = distanceToEdge(place, from, to);
    if (distance < best.distance) best = { index, distance };
  });
  return best.index;
}

function distanceToEdge([x, y]: Point, [x1, y1]: Point, [x2, y2]: Point): number {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - x1) * dx + (y - y1) * dy) / length));
  return Math.hypot(x - (x1 + along * dx), y - (y1 + along * dy));
}

/** Why the areas cannot be saved; null when they can. */
export function problemOf(areas: readonly Area[]): 'unnamed' | 'twice' | null {
  const names = areas.filter(({ kind }) => kind === 'zone').map(({ name }) => name.trim());
  if (names.includes('')) return 'unnamed';
  return new Set(names).size === names.length ? null : 'twice';
}
