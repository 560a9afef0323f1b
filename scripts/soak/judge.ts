import type { FaultKind, PlannedFault } from './plan';

/** A fault as it really happened; times in milliseconds since the Unix epoch. */
export interface HappenedFault extends PlannedFault {
  readonly beganMs: number;
  /** When its cause was over. */
  readonly endedMs: number;
}

/** A stretch of footage, milliseconds since the Unix epoch. */
export interface Footage {
  readonly startMs: number;
  readonly endMs: number;
}

export interface Gap extends Footage {
  readonly camera: number;
  /** The fault that explains it, null when none does. */
  readonly fault: HappenedFault | null;
  /** From the end of the fault's cause until footage went on. */
  readonly recoveryMs: number | null;
}

/** Kinds during which recording goes on untouched. */
const HARMLESS: ReadonlySet<FaultKind> = new Set(['sfu-killed', 'page-killed', 'container-killed']);
/** Less than a key-frame interval and the rounding of its ends is no gap. */
const LEAST_GAP_MS = 1_200;
/** How much before its cause footage may end: what was still on its way when a process was killed. */
const BEFORE_MS = 3_000;
/** A full disk may cost one segment, which is a minute long, and retention gives up footage to make room. */
const BEFORE_FULL_DISK_MS = 65_000;

/** How much after its cause a gap may begin: a camera that comes back with another picture is looked at anew. */
const AFTER_MS = 10_000;

export interface GapRules {
  /** Milliseconds after a fault's cause is over within which footage must go on. */
  readonly recoverWithinMs: number;
}

/** Gaps of one camera's footage, each with the fault that explains it. */
export function findGaps(
  camera: number,
  footage: readonly Footage[],
  faults: readonly HappenedFault[],
  rules: GapRules,
): Gap[] {
  const sorted = [...footage].sort((a, b) => a.startMs - b.startMs);
  const mine = faults.filter((fault) => fault.camera === camera || fault.camera === null);
  const gaps: Gap[] = [];
  let endMs = sorted[0]?.endMs ?? 0;
  for (const next of sorted.slice(1)) {
    if (next.startMs - endMs > LEAST_GAP_MS) {
      const gap = { camera, startMs: endMs, endMs: next.startMs };
      const last = lastExplaining(gap, mine, rules);
      gaps.push({
        ...gap,
        fault: last,
        recoveryMs: last ? Math.max(0, gap.endMs - last.endedMs) : null,
      });
    }
    endMs = Math.max(endMs, next.endMs);
  }
  return gaps;
}

/**
 * The fault that a gap ends with, when every moment of it lies within reach of a fault: what is recorded between two
 * faults may be lost to the second one. Null when a moment is left that none explains.
 */
function lastExplaining(
  gap: Footage,
  faults: readonly HappenedFault[],
  rules: GapRules,
): HappenedFault | null {
  const harmful = faults
    .filter(({ kind }) => !HARMLESS.has(kind))
    .map((fault) => ({
      fault,
      fromMs: fault.beganMs - (fault.kind === 'disk-full' ? BEFORE_FULL_DISK_MS : BEFORE_MS),
      untilMs: fault.endedMs + rules.recoverWithinMs,
    }))
    .sort((a, b) => b.untilMs - a.untilMs);
  let last = harmful.find(
    ({ fault, fromMs }) => fromMs <= gap.startMs && gap.startMs <= fault.endedMs + AFTER_MS,
  );
  while (last && last.untilMs < gap.endMs) {
    const { untilMs } = last;
    last = harmful.find((next) => next.fromMs <= untilMs && next.untilMs > untilMs);
  }
  return last?.fault ?? null;
}

/** Two stretches of footage of one camera that say they are of the same time. */
export interface Overlap {
  readonly camera: number;
  readonly first: Footage;
  readonly second: Footage;
}

/**
 * Less than a picture lasts, milliseconds. Footage that was seen and then lost to a full disk left its place to what
 * came after it, which is dated anew.
 */
const OVERLAP_MS = 20;

/** Neighbours that overlap by more than `toleranceMs`. */
export function findOverlaps(
  camera: number,
  footage: readonly Footage[],
  toleranceMs = OVERLAP_MS,
): Overlap[] {
  const sorted = [...footage].sort((a, b) => a.startMs - b.startMs);
  return sorted.flatMap((first, index) => {
    const second = sorted[index + 1];
    return second && first.endMs - second.startMs > toleranceMs ? [{ camera, first, second }] : [];
  });
}

/** What a tile showed at one moment. */
export interface TileSample {
  readonly atMs: number;
  readonly camera: number;
  readonly state: string;
  /** Pictures presented so far; starts anew with each video element. */
  readonly frames: number;
}

/** Times in which a tile said `live` while its picture stood still for longer than `limitMs`. */
export function frozenUnsignalled(samples: readonly TileSample[], limitMs: number): TileSample[] {
  const found: TileSample[] = [];
  const moved = new Map<number, TileSample>();
  const told = new Set<number>();
  for (const sample of [...samples].sort((a, b) => a.atMs - b.atMs)) {
    const last = moved.get(sample.camera);
    if (!last || sample.state !== 'live' || last.state !== 'live' || sample.frames !== last.frames) {
      moved.set(sample.camera, sample);
      told.delete(sample.camera);
    } else if (sample.atMs - last.atMs > limitMs && !told.has(sample.camera)) {
      // Once for each time.
      told.add(sample.camera);
      found.push(sample);
    }
  }
  return found;
}

/** Growth by the hour of what was measured, by the least squares; NaN for fewer than three points. */
export function slopePerHour(points: readonly { readonly atMs: number; readonly value: number }[]): number {
  if (points.length < 3) return NaN;
  const meanX = points.reduce((sum, { atMs }) => sum + atMs, 0) / points.length;
  const meanY = points.reduce((sum, { value }) => sum + value, 0) / points.length;
  let above = 0;
  let below = 0;
  for (const { atMs, value } of points) {
    above += (atMs - meanX) * (value - meanY);
    below += (atMs - meanX) ** 2;
  }
  return below === 0 ? NaN : (above / below) * 3_600_000;
}
