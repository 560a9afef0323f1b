// Pictures for tests of rings and of the tap.
import { createHash, randomUUID } from 'node:crypto';
import path from 'node:path';
import type { PublishedFrame } from '..';

/** Where rings are in tests: shared memory, under a name that only tests use. */
export function ringPath(): string {
  return path.join('/dev/shm', `vas_test_frames_${randomUUID()}`);
}

export function nv12Bytes(width: number, height: number): number {
  return width * height + 2 * Math.ceil(width / 2) * Math.ceil(height / 2);
}

/** Reproducible noise. */
export function noise(width: number, height: number, seed: number): PublishedFrame {
  let state = seed;
  const data = Uint8Array.from({ length: nv12Bytes(width, height) }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state >>> 24;
  });
  return { data, width, height, ptsUs: seed * 1000, wallUs: 1e15 + seed, matrix: 'bt709', range: 'limited' };
}

export function digest(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** The code of the error that `work` throws; null when it throws none. */
export function codeOf(work: () => unknown): string | null {
  try {
    work();
  } catch (error) {
    return (error as { code?: string }).code ?? `no code: ${String(error)}`;
  }
  return null;
}
