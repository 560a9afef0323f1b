/**
 * The grid in which motion is told: 32 columns by 18 rows of cells over the whole picture, whatever its size. A mask
 * has one bit for each cell, row by row, least significant bit first; as text it is hexadecimal, byte by byte.
 */
export const MOTION_COLUMNS = 32;
export const MOTION_ROWS = 18;
export const MOTION_CELLS = MOTION_COLUMNS * MOTION_ROWS;
export const MOTION_BYTES = MOTION_CELLS / 8;

type Polygon = readonly (readonly [number, number])[];

/** Even-odd rule. */
function contains(polygon: Polygon, x: number, y: number): boolean {
  let inside = false;
  polygon.forEach(([ax, ay], index) => {
    const [bx, by] = polygon[(index + polygon.length - 1) % polygon.length] ?? [ax, ay];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  });
  return inside;
}

/** Points of a cell, along each side, that are looked at; a thin area still gets the cells it runs through. */
const POINTS = 4;

/**
 * The cells that areas touch.
 * @param areas corners as shares of the picture; no area at all means the whole picture
 * @param left out cells that lie wholly in one of these are left out
 */
export function cellsOf(areas: readonly Polygon[], leftOut: readonly Polygon[] = []): Uint8Array {
  const mask = new Uint8Array(MOTION_BYTES);
  for (let cell = 0; cell < MOTION_CELLS; cell++) {
    const points = pointsOf(cell);
    const wanted = areas.length === 0 || areas.some((area) => points.some(([x, y]) => contains(area, x, y)));
    const hidden = leftOut.some((area) => points.every(([x, y]) => contains(area, x, y)));
    if (wanted && !hidden) mask[cell >> 3] = (mask[cell >> 3] ?? 0) | (1 << (cell & 7));
  }
  return mask;
}

function pointsOf(cell: number): [number, number][] {
  const column = cell % MOTION_COLUMNS;
  const row = Math.floor(cell / MOTION_COLUMNS);
  return Array.from({ length: POINTS * POINTS }, (_, index) => [
    (column + ((index % POINTS) + 0.5) / POINTS) / MOTION_COLUMNS,
    (row + (Math.floor(index / POINTS) + 0.5) / POINTS) / MOTION_ROWS,
  ]);
}

export function motionMaskToText(mask: Uint8Array): string {
  return [...mask].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** @param text 144 hexadecimal digits, as the schema of the channel makes sure */
export function motionMaskOf(text: string): Uint8Array {
  return Uint8Array.from({ length: MOTION_BYTES }, (_, index) =>
    Number.parseInt(text.slice(2 * index, 2 * index + 2), 16),
  );
}

/** How many cells two masks share. */
export function sharedCells(a: Uint8Array, b: Uint8Array): number {
  let count = 0;
  for (let index = 0; index < MOTION_BYTES; index++)
    for (let bits = (a[index] ?? 0) & (b[index] ?? 0); bits !== 0; bits &= bits - 1) count++;
  return count;
}
