import { createHash } from 'node:crypto';

/** What a camera's chain begins with. */
export const CHAIN_GENESIS = '0'.repeat(64);

/** What a chain value vouches for. */
export interface Sealed {
  /** SHA-256 of the file, lower-case hexadecimal. */
  readonly sha256: string;
  readonly cameraId: string;
  /** Microseconds since the epoch. */
  readonly startUs: number;
  readonly endUs: number;
}

/**
 * Chain value of a segment (AR-7): SHA-256 over the lines below, each ended by a line feed, lower-case hexadecimal.
 * @param previous chain value of the segment that was added before, `CHAIN_GENESIS` for the first
 */
export function chainValue(previous: string, { sha256, cameraId, startUs, endUs }: Sealed): string {
  const lines = ['vas-segment-chain-1', previous, sha256, cameraId, String(startUs), String(endUs)];
  return createHash('sha256')
    .update(lines.map((line) => `${line}\n`).join(''))
    .digest('hex');
}
