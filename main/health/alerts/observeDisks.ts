import type { Observation, Presence } from './types';

export interface DiskSpace {
  readonly subject: 'recordings' | 'data';
  readonly freeBytes: number;
  readonly totalBytes: number;
  /** What retention keeps free; 0 where nothing does. */
  readonly floorBytes: number;
}

const MIB = 1024 ** 2;

/**
 * Retention keeps a disk of recordings at its floor: that is how it is all the time. Only far below it
 * something else fills the disk, or there is nothing left to give up.
 */
const RAISE_SHARE = 0.5;
const CLEAR_SHARE = 0.75;
/** Where nothing is given up the database and snapshots need this, bytes, or a twentieth of a small disk. */
const DATA_BYTES = 512 * MIB;

export function observeDisk({ subject, freeBytes, totalBytes, floorBytes }: DiskSpace): Observation {
  const wanted = floorBytes > 0 ? floorBytes : Math.min(2 * DATA_BYTES, totalBytes / 10);
  let presence: Presence = 'unknown';
  if (freeBytes < wanted * RAISE_SHARE) presence = 'present';
  else if (freeBytes >= wanted * CLEAR_SHARE) presence = 'absent';
  return {
    kind: 'disk-nearly-full',
    cameraId: null,
    subject,
    presence,
    detail: { free_bytes: freeBytes, total_bytes: totalBytes },
  };
}
