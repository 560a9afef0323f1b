import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { CpuSample } from '../lib/processCpu';
import { sampleTree } from '../lib/processCpu';

/** CPU of processes and all their descendants. */
export function sampleAll(pids: readonly number[]): CpuSample {
  return new Map(pids.flatMap((pid) => [...sampleTree(pid)]));
}

/** Memory of them, each shared page counted once over all who share it (PSS), MiB. */
export function memoryOf(sample: CpuSample): number {
  let kb = 0;
  for (const key of sample.keys()) {
    const pid = key.slice(0, key.indexOf('@'));
    try {
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'latin1');
      kb += Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
    } catch {
      // It has ended, or is somebody else's.
    }
  }
  return kb / 1024;
}

export function filesBelow(folder: string): { readonly name: string; readonly bytes: number }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name, parentPath }) => ({
      name,
      bytes: statSync(path.join(parentPath, name), { throwIfNoEntry: false })?.size ?? 0,
    }));
}

/** Bytes of all files below a folder. */
export const bytesBelow = (folder: string): number =>
  filesBelow(folder).reduce((sum, { bytes }) => sum + bytes, 0);

/** Slope of a straight line through points, least squares; null with fewer than two. */
export function slope(points: readonly { readonly x: number; readonly y: number }[]): number | null {
  if (points.length < 2) return null;
  const mean = (axis: 'x' | 'y') => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [x, y] = [mean('x'), mean('y')];
  const under = points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
  return under === 0 ? null : points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0) / under;
}
