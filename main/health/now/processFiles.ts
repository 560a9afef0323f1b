import { readFileSync } from 'node:fs';

/** Clock ticks a second of /proc/<pid>/stat: USER_HZ, 100 on every Linux architecture we run on. */
const TICKS_PER_SECOND = 100;
const PAGE_BYTES = 4096;

export interface ProcessUsage {
  /** Clock ticks since boot at which it began: tells a pid that was used again from the one before. */
  readonly startTicks: number;
  /** User and system time so far. */
  readonly cpuSeconds: number;
  /** Resident, shared parts included. */
  readonly memoryBytes: number;
  /** Written to files and pipes so far; null where the kernel does not tell. */
  readonly writtenBytes: number | null;
}

/** Of a running process; null when it has ended, or where there is no /proc. Never waits for a disk. */
export function processUsage(pid: number, withWritten: boolean): ProcessUsage | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${String(pid)}/stat`, 'latin1');
  } catch {
    return null;
  }
  // The name in parentheses may hold anything, so fields are counted from its end: state is field 3.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return {
    startTicks: Number(fields[19]),
    cpuSeconds: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND,
    memoryBytes: Number(fields[21]) * PAGE_BYTES,
    writtenBytes: withWritten ? writtenBytes(pid) : null,
  };
}

function writtenBytes(pid: number): number | null {
  try {
    const io = readFileSync(`/proc/${String(pid)}/io`, 'latin1');
    const found = /^wchar: (\d+)$/m.exec(io)?.[1];
    return found === undefined ? null : Number(found);
  } catch {
    return null;
  }
}
