import { readlinkSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/** Puts the calling thread behind everything that is live. Linux: priorities belong to threads there. */
export function lowerThreadPriority(): void {
  try {
    const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1));
    if (Number.isInteger(thread) && thread > 0) setPriority(thread, constants.priority.PRIORITY_LOW);
  } catch {
    // Elsewhere, or not allowed: it runs as it is.
  }
}
