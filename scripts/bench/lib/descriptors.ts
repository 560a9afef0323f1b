import { readdirSync, readlinkSync } from 'node:fs';

export const countOf = (kinds: Readonly<Record<string, number>>): number =>
  Object.values(kinds).reduce((all, one) => all + one, 0);

/**
 * How many descriptors of each kind a process has: files by name, everything else by kind.
 * @throws Error ENOENT when there is no such process
 */
export function descriptorsOf(pid: number): Record<string, number> {
  const kinds: Record<string, number> = {};
  for (const number of readdirSync(`/proc/${String(pid)}/fd`)) {
    try {
      const kind = readlinkSync(`/proc/${String(pid)}/fd/${number}`).replace(/:\[\d+\]$/, '');
      kinds[kind] = (kinds[kind] ?? 0) + 1;
    } catch {
      // Closed meanwhile.
    }
  }
  return kinds;
}
