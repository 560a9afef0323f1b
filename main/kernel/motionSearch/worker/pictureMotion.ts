import { MOTION_BYTES, MOTION_COLUMNS, MOTION_ROWS } from '../../../../contract/motionGrid';

/** Blocks of a cell along each side. */
const FINE = 4;
/** Pictures are grey and have one pixel for each block. */
export const SCAN_WIDTH = MOTION_COLUMNS * FINE;
export const SCAN_HEIGHT = MOTION_ROWS * FINE;
export const SCAN_BYTES = SCAN_WIDTH * SCAN_HEIGHT;

/** Least difference of a block's mean that counts, luma steps: the medium sensitivity of detection. */
const LEAST = 10;
/** Noise of the picture (median of the differences) times this is no motion. */
const NOISE_FACTOR = 6;
/** More than this is not noise but another picture, luma steps. */
const MOST_NOISE = 24;
/** Blocks of a cell that must move: a single one is noise. */
const BLOCKS_OF_CELL = 2;
/** A larger share of blocks at once is another picture, or light. */
const GLOBAL_SHARE = 0.6;

/**
 * Where something moved between pictures that follow each other. The thresholds are those of native/src/frames/motion;
 * that one compares with a learnt background, which pictures a second apart are too few for.
 * @param previous the picture before the first one; null: the first one is only looked at
 * @returns a mask of the grid for each picture: what changed since the one before; and the last picture
 */
export function pictureMotion(
  previous: Uint8Array | null,
  pictures: Uint8Array,
): { masks: Uint8Array; last: Uint8Array | null } {
  const count = Math.floor(pictures.length / SCAN_BYTES);
  const masks = new Uint8Array(count * MOTION_BYTES);
  let before = previous;
  for (let index = 0; index < count; index++) {
    const now = pictures.subarray(index * SCAN_BYTES, (index + 1) * SCAN_BYTES);
    if (before !== null)
      maskOf(before, now, masks.subarray(index * MOTION_BYTES, (index + 1) * MOTION_BYTES));
    before = now;
  }
  return { masks, last: before === null ? null : before.slice() };
}

function maskOf(before: Uint8Array, now: Uint8Array, mask: Uint8Array): void {
  const differences = differencesOf(before, now);
  const noise = Math.min(medianOf(differences) * NOISE_FACTOR, MOST_NOISE);
  const least = Math.max(LEAST, noise);
  let many = 0;
  for (const each of differences) if (each > least) many++;
  if (many > GLOBAL_SHARE * SCAN_BYTES) return;
  for (let row = 0; row < MOTION_ROWS; row++)
    for (let column = 0; column < MOTION_COLUMNS; column++) {
      let blocks = 0;
      for (let y = 0; y < FINE; y++)
        for (let x = 0; x < FINE; x++)
          if ((differences[(row * FINE + y) * SCAN_WIDTH + column * FINE + x] ?? 0) > least) blocks++;
      const cell = row * MOTION_COLUMNS + column;
      if (blocks >= BLOCKS_OF_CELL) mask[cell >> 3] = (mask[cell >> 3] ?? 0) | (1 << (cell & 7));
    }
}

/** Of each block, luma steps; what light that came on everywhere adds, or multiplies, is taken off. */
function differencesOf(before: Uint8Array, now: Uint8Array): Int16Array {
  let sumNow = 0;
  let sumBefore = 0;
  for (let i = 0; i < SCAN_BYTES; i++) {
    sumNow += now[i] ?? 0;
    sumBefore += before[i] ?? 0;
  }
  const gain = sumBefore > 0 ? sumNow / sumBefore : 1;
  const offset = new Int16Array(SCAN_BYTES);
  const gained = new Int16Array(SCAN_BYTES);
  for (let i = 0; i < SCAN_BYTES; i++) {
    offset[i] = (now[i] ?? 0) - (before[i] ?? 0);
    gained[i] = Math.round((now[i] ?? 0) - (before[i] ?? 0) * gain);
  }
  const [offsetMiddle, gainedMiddle] = [medianOf(offset), medianOf(gained)];
  for (let i = 0; i < SCAN_BYTES; i++)
    offset[i] = Math.min(
      Math.abs((offset[i] ?? 0) - offsetMiddle),
      Math.abs((gained[i] ?? 0) - gainedMiddle),
    );
  return offset;
}

const medianOf = (values: Int16Array): number => values.slice().sort()[values.length >> 1] ?? 0;
