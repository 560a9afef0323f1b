import { readFile } from 'node:fs/promises';

/** Identifies a process beyond its pid: pids are reused, a pid with its start time is not. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks since the boot, field 22 of /proc/<pid>/stat. */
  readonly startTicks: number;
  /** The kernel's id of this boot. */
  readonly bootId: string;
}

let bootIdPromise: Promise<string | null> | null = null;

function bootId(): Promise<string | null> {
  bootIdPromise ??= readFile('/proc/sys/kernel/random/boot_id', 'utf8').then(
    (text) => text.trim(),
    () => null,
  );
  return bootIdPromise;
}

/** The identity of a running process; null when there is none (zombies do not run) or no /proc. */
export async function identify(pid: number): Promise<ProcessIdentity | null> {
  const boot = await bootId();
  if (boot === null) return null;
  let stat: string;
  try {
    stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
  // The name in parentheses may hold anything, so fields are counted from its end: state is field 3.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const startTicks = Number(fields[19]);
  if (fields[0] === 'Z' || fields[0] === 'X' || !Number.isSafeInteger(startTicks)) return null;
  return { pid, startTicks, bootId: boot };
}

/**
 * How a process ended that nobody has waited for yet (a zombie), or that is gone altogether; null while it runs,
 * and where there is no /proc.
 * @param startTicks of the process that is meant: pids are reused
 */
export async function endOf(
  pid: number,
  startTicks: number,
): Promise<{ readonly code: number | null; readonly signal: number | null } | null> {
  if ((await bootId()) === null) return null;
  let stat: string;
  try {
    stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return { code: null, signal: null };
  }
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (Number(fields[19]) !== startTicks) return { code: null, signal: null };
  if (fields[0] !== 'Z' && fields[0] !== 'X') return null;
  // As waitpid(2) gives it, field 52; 0 where it is not ours to know.
  const status = Number(fields[49]);
  const signal = status & 0x7f;
  return signal === 0 ? { code: status >> 8, signal: null } : { code: null, signal };
}

/** Whether the very process still runs. */
export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  const now = await identify(identity.pid);
  return now !== null && now.startTicks === identity.startTicks && now.bootId === identity.bootId;
}
