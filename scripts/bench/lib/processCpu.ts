import { readFileSync, readdirSync } from 'node:fs';

/** Clock ticks a second of /proc/<pid>/stat: USER_HZ, 100 on every Linux architecture we run on. */
const TICKS_PER_SECOND = 100;

interface Usage {
  readonly kind: string;
  /** User and system time so far, seconds. */
  readonly seconds: number;
}

/** CPU time of processes at one moment, by pid and start time. */
export type CpuSample = ReadonlyMap<string, Usage>;

interface Entry {
  readonly pid: number;
  readonly ppid: number;
  readonly key: string;
  readonly seconds: number;
}

/** CPU time of a process and of all its descendants. */
export function sampleTree(rootPid: number): CpuSample {
  const entries = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readEntry(Number(name)))
    .filter((entry) => entry !== null);
  const family = new Set([rootPid]);
  for (let size = 0; size !== family.size;) {
    size = family.size;
    for (const entry of entries) if (family.has(entry.ppid)) family.add(entry.pid);
  }
  const members = entries.filter((entry) => family.has(entry.pid));
  return new Map(members.map((entry) => [entry.key, { kind: kindOf(entry.pid), seconds: entry.seconds }]));
}

/**
 * Seconds of CPU used between two samples, by kind of process. A process that began in between counts from its
 * start; of one that ended in between what it used since the first sample is unknown and left out.
 */
export function usedBetween(before: CpuSample, after: CpuSample): Map<string, number> {
  const used = new Map<string, number>();
  for (const [key, { kind, seconds }] of after)
    used.set(kind, (used.get(kind) ?? 0) + seconds - (before.get(key)?.seconds ?? 0));
  return used;
}

export function total(used: ReadonlyMap<string, number>): number {
  return [...used.values()].reduce((sum, seconds) => sum + seconds, 0);
}

function readEntry(pid: number): Entry | null {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, 'latin1');
    // Fields after the name, which may itself hold spaces and brackets: state is the third of the file.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const seconds = (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
    return { pid, ppid: Number(fields[1]), key: `${String(pid)}@${fields[19] ?? ''}`, seconds };
  } catch {
    return null; // ended meanwhile
  }
}

/** Chromium's process type, or the program's name. */
function kindOf(pid: number): string {
  try {
    const line = readFileSync(`/proc/${String(pid)}/cmdline`, 'latin1');
    const type = /--type=([\w-]+)/.exec(line)?.[1];
    const service = /--utility-sub-type=([\w.]+)/.exec(line)?.[1]?.replace('.mojom', '');
    if (type !== undefined) return service === undefined ? type : `${type} ${service}`;
    const program = (line.split('\0')[0] ?? '').split('/').at(-1) ?? '';
    return program === 'electron' ? 'main' : program;
  } catch {
    return 'ended';
  }
}
