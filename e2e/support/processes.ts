import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import path from 'node:path';

/** One process as /proc shows it. Pid and start time together never name another process. */
export interface ProcessEntry {
  readonly pid: number;
  readonly ppid: number;
  readonly pgid: number;
  /** Clock ticks since the machine's start. */
  readonly startTicks: string;
  readonly zombie: boolean;
  readonly name: string;
  readonly commandLine: string;
}

function read(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    // Ended meanwhile, or a kernel thread.
    return '';
  }
}

function entryOf(pid: string): ProcessEntry | null {
  const stat = read(`/proc/${pid}/stat`);
  const nameEnd = stat.lastIndexOf(')');
  if (nameEnd < 0) return null;
  const fields = stat.slice(nameEnd + 2).split(' ');
  return {
    pid: Number(pid),
    ppid: Number(fields[1]),
    pgid: Number(fields[2]),
    startTicks: fields[19] ?? '',
    zombie: fields[0] === 'Z',
    name: stat.slice(stat.indexOf('(') + 1, nameEnd),
    commandLine: read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim(),
  };
}

/** Every process of the machine. */
export function allProcesses(): ProcessEntry[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(entryOf)
    .filter((entry) => entry !== null);
}

/**
 * Descendants and process group of `rootPid`, without itself, and every process whose arguments or
 * environment name `marker`: so orphans are found after their parent has gone.
 */
export function familyOf(rootPid: number, marker: string): ProcessEntry[] {
  const all = allProcesses();
  const family = new Set([rootPid]);
  for (let grown = true; grown;) {
    grown = false;
    for (const entry of all) {
      if (family.has(entry.pid) || !family.has(entry.ppid)) continue;
      family.add(entry.pid);
      grown = true;
    }
  }
  return all.filter(
    (entry) =>
      entry.pid !== rootPid &&
      entry.pid !== process.pid &&
      (family.has(entry.pid) ||
        entry.pgid === rootPid ||
        entry.commandLine.includes(marker) ||
        environmentOf(entry.pid).includes(marker)),
  );
}

/** Environment of a process of ours as one string, empty when it is gone. */
export function environmentOf(pid: number): string {
  return read(`/proc/${String(pid)}/environ`);
}

/** Whether this very process still runs; a zombie has ended. */
export function stillRuns(entry: Pick<ProcessEntry, 'pid' | 'startTicks'>): boolean {
  const now = entryOf(String(entry.pid));
  return now !== null && now.startTicks === entry.startTicks && !now.zombie;
}

/** Processes of a family that remain after a parent has not yet collected them. */
export function zombiesOf(rootPid: number): ProcessEntry[] {
  return allProcesses().filter((entry) => entry.ppid === rootPid && entry.zombie);
}

/** What the descriptors of a process point to, e.g. `socket:[123]` or a path. */
export function descriptorsOf(pid: number): string[] {
  const folder = `/proc/${String(pid)}/fd`;
  try {
    return readdirSync(folder).map((fd) => {
      try {
        return readlinkSync(path.join(folder, fd));
      } catch {
        return 'gone';
      }
    });
  } catch {
    return [];
  }
}

/** Our shared memory that any of these processes has mapped, sorted; nobody else's. */
export function sharedMemoryOf(pids: readonly number[]): string[] {
  const maps = pids.map((pid) => read(`/proc/${String(pid)}/maps`)).join('');
  return [...new Set([...maps.matchAll(/\/dev\/shm\/vas\S+/g)].map(([name]) => name))].sort();
}

/** Pids that hold a POSIX or flock lock on any of these files. */
export function lockHolders(files: readonly string[]): { pid: number; file: string }[] {
  const byInode = new Map<string, string>();
  for (const file of files) {
    try {
      const { ino, dev } = statSync(file, { bigint: true });
      byInode.set(`${String(dev)}:${String(ino)}`, file);
    } catch {
      // Removed meanwhile: then nobody holds it.
    }
  }
  const held: { pid: number; file: string }[] = [];
  for (const line of read('/proc/locks').split('\n')) {
    // "1: POSIX  ADVISORY  WRITE 3548 08:01:1837 128 128"
    const match = /\s(-?\d+)\s+([0-9a-f]+):([0-9a-f]+):(\d+)\s/.exec(line);
    if (!match) continue;
    const [, pid, major, minor, inode] = match;
    const file = byInode.get(`${String(deviceNumber(major ?? '0', minor ?? '0'))}:${inode ?? ''}`);
    if (file !== undefined) held.push({ pid: Number(pid), file });
  }
  return held;
}

/** The kernel's encoding of a device number, as stat(2) returns it. */
function deviceNumber(major: string, minor: string): bigint {
  const high = BigInt(`0x${major}`);
  const low = BigInt(`0x${minor}`);
  return ((high & 0xfffn) << 8n) | (low & 0xffn) | ((low & ~0xffn) << 12n);
}
