import type { FootagePiece } from '../media/footage';
import type { Span } from '../playback/spans';

/** Stretches of one file, microseconds of wall clock. */
export interface Stretch {
  readonly piece: FootagePiece;
  readonly fromUs: number;
  readonly toUs: number;
}

/** What is left beside known seconds and is shorter is their edge, and no pair of pictures, microseconds. */
const LEAST_US = 1_500_000;

/** Parts of the pieces within a range of which nothing is known. @param known whole seconds in time order */
export function unknownOf(
  pieces: readonly FootagePiece[],
  range: { readonly fromUs: number; readonly toUs: number },
  known: readonly Span[],
): Stretch[] {
  const stretches: Stretch[] = [];
  for (const piece of pieces) {
    let from = Math.max(piece.startUs, range.fromUs);
    const end = Math.min(piece.endUs, range.toUs);
    let least = 1;
    const add = (toUs: number): void => {
      if (toUs - from >= least) stretches.push({ piece, fromUs: from, toUs });
    };
    for (const [knownFrom, knownTo] of known) {
      if (knownTo <= from) continue;
      if (knownFrom >= end) break;
      least = LEAST_US;
      add(knownFrom);
      from = Math.max(from, knownTo);
    }
    add(end);
  }
  return stretches;
}
