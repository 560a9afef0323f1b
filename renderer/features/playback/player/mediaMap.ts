import { LARGEST_SLEW } from '../../../../contract/slew';

/** A stretch of media time and the wall clock it was recorded at. */
export interface MappedPart {
  /** Milliseconds since the epoch. */
  readonly wall: number;
  /** Seconds on the player's time line. */
  readonly media: number;
  readonly seconds: number;
}

export type Located =
  | { readonly kind: 'media'; readonly seconds: number }
  /** Between two parts. */
  | { readonly kind: 'gap'; readonly from: number; readonly to: number }
  | { readonly kind: 'before' }
  | { readonly kind: 'after' };

/** Parts follow each other to the millisecond; up to this between two of them is no gap, milliseconds. */
const JOINT = 500;
/** Parts begin at whole milliseconds. */
const ROUNDED = 1;

/** Milliseconds of wall clock that a part takes: up to the next one, where that only is the slewing of the clock. */
function wallLength(part: MappedPart, next: MappedPart | undefined): number {
  const length = part.seconds * 1000;
  if (next === undefined) return length;
  const taken = next.wall - part.wall;
  return Math.abs(taken - length) <= length * LARGEST_SLEW + ROUNDED ? taken : length;
}

/** Where a moment lies on the player's time line. @param parts in order of time */
export function locate(parts: readonly MappedPart[], wall: number): Located {
  let low = 0;
  let high = parts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((parts[middle]?.wall ?? 0) <= wall) low = middle + 1;
    else high = middle;
  }
  const part = parts[low - 1];
  if (part === undefined) return { kind: 'before' };
  const next = parts[low];
  const length = wallLength(part, next);
  const end = part.wall + length;
  const inside = (wall - part.wall) / length;
  if (wall < end) return { kind: 'media', seconds: part.media + inside * part.seconds };
  if (next === undefined) return { kind: 'after' };
  if (next.wall - end <= JOINT) return { kind: 'media', seconds: next.media };
  return { kind: 'gap', from: end, to: next.wall };
}

/** The wall clock of a place on the player's time line, milliseconds; null outside of it. */
export function wallAt(parts: readonly MappedPart[], media: number): number | null {
  const index = parts.findLastIndex((one) => one.media <= media + 0.001);
  const part = parts[index];
  if (part === undefined) return null;
  const perSecond = part.seconds > 0 ? wallLength(part, parts[index + 1]) / part.seconds : 1000;
  return part.wall + (media - part.media) * perSecond;
}
