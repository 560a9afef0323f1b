/** From, to (exclusive); any unit. */
export type Span = readonly [from: number, to: number];

export interface Coverage {
  /** In order, apart by more than the gap that is bridged. */
  readonly recorded: Span[];
  /** Parts of them that hold gaps. */
  readonly sparse: Span[];
}

interface Piece {
  readonly startUs: number;
  readonly endUs: number;
  readonly coveredUs: number;
}

/** Segments follow each other to the millisecond; up to this between two of them is no gap, microseconds. */
const JOINT_US = 250_000;

/**
 * Joins pieces of recorded time to stretches that a time line draws.
 * @param bridgeUs gaps up to this are too short to be seen; what is bridged counts as sparse
 */
export function coverageOf(pieces: readonly Piece[], bridgeUs: number): Coverage {
  const recorded: [number, number][] = [];
  const sparse: [number, number][] = [];
  const mark = (from: number, to: number): void => {
    const last = sparse.at(-1);
    if (last && from - last[1] <= bridgeUs) last[1] = Math.max(last[1], to);
    else sparse.push([from, to]);
  };
  for (const { startUs, endUs, coveredUs } of pieces) {
    const last = recorded.at(-1);
    const gap = last ? startUs - last[1] : Number.POSITIVE_INFINITY;
    if (last && gap <= Math.max(JOINT_US, bridgeUs)) {
      if (gap > JOINT_US) mark(last[1], startUs);
      last[1] = Math.max(last[1], endUs);
    } else recorded.push([startUs, endUs]);
    if (endUs - startUs - coveredUs > JOINT_US) mark(startUs, endUs);
  }
  return { recorded, sparse };
}

/** Joins spans in order of their beginning where at most `bridge` lies between them. */
export function joined(spans: readonly Span[], bridge: number): Span[] {
  const result: [number, number][] = [];
  for (const [from, to] of spans) {
    const last = result.at(-1);
    if (last && from - last[1] <= bridge) last[1] = Math.max(last[1], to);
    else result.push([from, to]);
  }
  return result;
}

/** Divides a range into `count` spans of the same length. */
export function divided(from: number, to: number, count: number): Span[] {
  const at = (index: number): number => Math.round(from + ((to - from) * index) / count);
  return Array.from({ length: count }, (_none, index) => [at(index), at(index + 1)] as const).filter(
    ([start, end]) => end > start,
  );
}
