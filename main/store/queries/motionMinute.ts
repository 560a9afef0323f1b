import { MOTION_BYTES, sharedCells } from '../../../contract/motionGrid';
import type { MotionMinuteRow } from '../types';

const ENTRY_BYTES = 1 + MOTION_BYTES;
const ALL = new Uint8Array(MOTION_BYTES).fill(0xff);

/** What is known of one second: a mask, empty where nothing moved. */
export type SecondsOfMinute = Map<number, Uint8Array>;

/** The seconds that were watched, ascending. */
export function secondsOf(row: Pick<MotionMinuteRow, 'known' | 'data'>): SecondsOfMinute {
  const seconds: SecondsOfMinute = new Map();
  for (let second = 0; second < 60; second++)
    if ((row.known[second >> 3] ?? 0) & (1 << (second & 7)))
      seconds.set(second, new Uint8Array(MOTION_BYTES));
  for (let at = 0; at + ENTRY_BYTES <= row.data.length; at += ENTRY_BYTES) {
    const second = row.data[at] ?? 60;
    if (second < 60) seconds.set(second, row.data.subarray(at + 1, at + ENTRY_BYTES));
  }
  return seconds;
}

export interface PackedMinute {
  readonly known: Uint8Array;
  readonly data: Uint8Array;
  readonly knownSeconds: number;
  readonly movingSeconds: number;
  readonly peak: number;
}

/** @param seconds 0 to 59 */
export function packSeconds(seconds: ReadonlyMap<number, Uint8Array>): PackedMinute {
  const known = new Uint8Array(8);
  const moving: [number, Uint8Array][] = [];
  let peak = 0;
  for (const [second, mask] of [...seconds].sort(([a], [b]) => a - b)) {
    known[second >> 3] = (known[second >> 3] ?? 0) | (1 << (second & 7));
    const cells = sharedCells(mask, ALL);
    peak = Math.max(peak, cells);
    if (cells > 0) moving.push([second, mask]);
  }
  const data = new Uint8Array(moving.length * ENTRY_BYTES);
  for (const [index, [second, mask]] of moving.entries()) {
    data[index * ENTRY_BYTES] = second;
    data.set(mask, index * ENTRY_BYTES + 1);
  }
  return { known, data, peak, knownSeconds: seconds.size, movingSeconds: moving.length };
}

/** Both are true: a second that was watched twice has the motion of both. */
export function mergeSeconds(into: SecondsOfMinute, more: ReadonlyMap<number, Uint8Array>): SecondsOfMinute {
  for (const [second, mask] of more) {
    const present = into.get(second);
    into.set(second, present ? present.map((byte, index) => byte | (mask[index] ?? 0)) : mask);
  }
  return into;
}
