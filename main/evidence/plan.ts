import type { FootagePiece, FootageSource } from '../kernel/media/footage';

/** Pieces further apart than this are a gap, microseconds: a segment ends where the next one begins. */
const GAP_US = 1_000_000;
/** One file of a package holds at most this, microseconds: what is resumed begins with a whole file. */
const SLICE_US = 300_000_000;
/** Footage is looked up in stretches of this, microseconds. */
const WINDOW_US = 3_600_000_000;

export interface Span {
  readonly fromUs: number;
  readonly toUs: number;
}

/** What of a camera goes into a package. */
export interface CameraPlan {
  readonly cameraId: string;
  /** One file each, in order. */
  readonly slices: readonly Span[];
  readonly gaps: readonly Span[];
  readonly pieces: readonly FootagePiece[];
}

/** Stretches of footage without a gap, cut to the range. */
export function runsOf(
  pieces: readonly Pick<FootagePiece, 'startUs' | 'endUs' | 'videoCodec'>[],
  range: Span,
): Span[] {
  const runs: { fromUs: number; toUs: number }[] = [];
  let codec = '';
  for (const piece of pieces) {
    const fromUs = Math.max(range.fromUs, piece.startUs);
    const toUs = Math.min(range.toUs, piece.endUs);
    if (toUs <= fromUs) continue;
    const last = runs.at(-1);
    // Another codec cannot go on in the same file.
    if (last !== undefined && piece.videoCodec === codec && fromUs - last.toUs <= GAP_US)
      last.toUs = Math.max(last.toUs, toUs);
    else runs.push({ fromUs, toUs });
    codec = piece.videoCodec;
  }
  return runs;
}

/** What of the range no run covers. */
export function gapsOf(runs: readonly Span[], { fromUs, toUs }: Span): Span[] {
  const gaps: Span[] = [];
  let at = fromUs;
  for (const run of runs) {
    if (run.fromUs - at > GAP_US) gaps.push({ fromUs: at, toUs: run.fromUs });
    at = Math.max(at, run.toUs);
  }
  if (toUs - at > GAP_US) gaps.push({ fromUs: at, toUs });
  return gaps;
}

/** A run in files. */
export function slicesOf({ fromUs, toUs }: Span): Span[] {
  const count = Math.max(1, Math.ceil((toUs - fromUs) / SLICE_US));
  return Array.from({ length: count }, (_, index) => ({
    fromUs: fromUs + index * SLICE_US,
    toUs: Math.min(toUs, fromUs + (index + 1) * SLICE_US),
  }));
}

/** All footage of a range, looked up hour by hour. */
export async function locateAll(
  footage: FootageSource,
  cameraId: string,
  range: Span,
): Promise<FootagePiece[]> {
  const found = new Map<string, FootagePiece>();
  for (let at = range.fromUs; at < range.toUs; at += WINDOW_US)
    for (const piece of await footage.locate(cameraId, at, Math.min(range.toUs, at + WINDOW_US)))
      found.set(piece.file, piece);
  return [...found.values()].sort((one, other) => one.startUs - other.startUs);
}

export async function planCamera(footage: FootageSource, cameraId: string, range: Span): Promise<CameraPlan> {
  const pieces = await locateAll(footage, cameraId, range);
  const runs = runsOf(pieces, range);
  return { cameraId, slices: runs.flatMap(slicesOf), gaps: gapsOf(runs, range), pieces };
}
