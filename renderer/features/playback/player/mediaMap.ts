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
  const end = part.wall + part.seconds * 1000;
  const inside = (wall - part.wall) / 1000;
  if (wall < end) return { kind: 'media', seconds: part.media + inside };
  const next = parts[low];
  if (next === undefined) return { kind: 'after' };
  if (next.wall - end <= JOINT) return { kind: 'media', seconds: next.media };
  return { kind: 'gap', from: end, to: next.wall };
}

/** The wall clock of a place on the player's time line, milliseconds; null outside of it. */
export function wallAt(parts: readonly MappedPart[], media: number): number | null {
  const part = parts.findLast((one) => one.media <= media + 0.001);
  return part === undefined ? null : part.wall + (media - part.media) * 1000;
}
