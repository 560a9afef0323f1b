import type { FootagePiece } from '../media/footage';

/** A closed segment that has no row (yet): on its way into the archive, or in the buffer. */
export interface HeldPiece {
  /** Of the row it gets; a buffered one never gets it. */
  readonly segmentId: string;
  readonly startUs: number;
  readonly endUs: number;
  readonly videoCodec: string;
  readonly buffered: boolean;
  /** Monotonic clock when it was closed, microseconds. */
  readonly closedAtUs: number;
  /** Where it is now. */
  file(): string;
  /** To be called when the file of a buffered one is gone. */
  removed(): void;
}

export function footageOf(piece: HeldPiece): FootagePiece {
  return {
    file: piece.file(),
    startUs: piece.startUs,
    endUs: piece.endUs,
    open: false,
    videoCodec: piece.videoCodec,
  };
}
