import { open, readdir, rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import { messageOf } from '../../base/errors';
import type { Logger } from '../../base/logger';
import { identify } from '../process/procStat';

/** Where rings are (seed 003). */
export const RING_FOLDER = '/dev/shm';
const PREFIX = 'vas_frames_';
const PAGE = 4096;
/** Share of the shared memory's file system that all rings together may take. */
const SHARE = 0.5;

/** @param cameraId lower-case UUID */
export function ringPath(cameraId: string, folder = RING_FOLDER): string {
  if (!/^[0-9a-z-]{1,63}$/.test(cameraId)) throw new RangeError('not a camera id');
  return path.join(folder, PREFIX + cameraId);
}

/** Bytes of a ring for NV12 pictures of this size (docs/frames.md). */
export function ringBytes(capacity: number, width: number, height: number): number {
  const pixels = width * height + 2 * Math.ceil(width / 2) * Math.ceil(height / 2);
  return PAGE + capacity * (PAGE + Math.ceil(pixels / PAGE) * PAGE);
}

/** Most bytes that all rings together may take: half of the shared memory there is. */
export async function defaultBudget(folder = RING_FOLDER): Promise<number> {
  const { blocks, bsize } = await statfs(folder);
  return Math.floor(blocks * bsize * SHARE);
}

/** What is granted to the rings of all cameras; a ring is only made when its share fits. */
export class RingBudget {
  readonly #total: number;
  readonly #granted = new Map<string, number>();

  /** @param total bytes */
  constructor(total: number) {
    this.#total = total;
  }

  get free(): number {
    return this.#total - [...this.#granted.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  /** Replaces what the camera had. @returns false, and nothing is granted, when it does not fit */
  grant(cameraId: string, bytes: number): boolean {
    this.release(cameraId);
    if (bytes > this.free) return false;
    this.#granted.set(cameraId, bytes);
    return true;
  }

  release(cameraId: string): void {
    this.#granted.delete(cameraId);
  }
}

/**
 * Removes rings whose writer is gone: a crash leaves them, and they would look like a camera that stopped (INV-33).
 * Reads only the writer's identity, without the addon.
 * @returns the files that were removed
 */
export async function sweepRings(log: Logger, folder = RING_FOLDER): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const removed: string[] = [];
  for (const name of names.filter((each) => each.startsWith(PREFIX))) {
    const file = path.join(folder, name);
    try {
      if (await hasWriter(file)) continue;
      await rm(file, { force: true });
      removed.push(file);
    } catch (error) {
      log.warn({ file, reason: messageOf(error) }, 'a left-over frame ring cannot be removed');
    }
  }
  if (removed.length > 0) log.warn({ removed }, 'removed frame rings that a crash left behind');
  return removed;
}

/** Offsets of the ring header (native/src/frames/layout.h). */
const PID_AT = 48;
const START_TICKS_AT = 56;

async function hasWriter(file: string): Promise<boolean> {
  const header = Buffer.alloc(64);
  const handle = await open(file, 'r');
  try {
    // A ring that is being made has no writer in it yet; it is not ours to remove while its maker runs, and the
    // one instance that sweeps is not making any.
    if ((await handle.read(header, 0, header.length, 0)).bytesRead < header.length) return false;
  } finally {
    await handle.close();
  }
  const pid = Number(header.readBigUInt64LE(PID_AT));
  const startTicks = Number(header.readBigUInt64LE(START_TICKS_AT));
  const identity = Number.isSafeInteger(pid) && pid > 0 ? await identify(pid) : null;
  return identity !== null && identity.startTicks === startTicks;
}
