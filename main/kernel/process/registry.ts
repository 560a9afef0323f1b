import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { messageOf } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { ProcessIdentity } from './procStat';
import { identify, isAlive } from './procStat';

/** Children that are remembered on disk, so that the next start can end what a crash left behind. */
export interface ChildRegistry {
  remember(pid: number, label: string): void;
  forget(pid: number): void;
  /** Every child that runs now, for health. */
  running(): { readonly pid: number; readonly label: string }[];
  /** Resolves when the file says what is running. */
  flushed(): Promise<void>;
}

interface Entry extends ProcessIdentity {
  readonly label: string;
}

/** How long the sweep waits for a killed process, milliseconds. */
const SWEEP_PATIENCE_MS = 2000;

/** @param file the run file, in the data folder; written whole and renamed */
export function createChildRegistry(file: string, log: Logger): ChildRegistry {
  const labels = new Map<number, string>();
  const entries = new Map<number, Entry>();
  let dirty = false;
  let writing: Promise<void> | null = null;

  async function write(): Promise<void> {
    while (dirty) {
      dirty = false;
      for (const [pid, label] of labels) {
        if (entries.has(pid)) continue;
        const identity = await identify(pid);
        // It may have ended, and its pid may even be another's, while the file was read.
        if (identity && labels.get(pid) === label) entries.set(pid, { ...identity, label });
      }
      try {
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(`${file}.new`, JSON.stringify([...entries.values()]), { mode: 0o600 });
        await rename(`${file}.new`, file);
      } catch (error) {
        log.warn({ reason: messageOf(error) }, 'the list of child processes cannot be written');
      }
    }
    writing = null;
  }

  const touch = (): void => {
    dirty = true;
    writing ??= write();
  };

  return {
    remember(pid, label) {
      labels.set(pid, label);
      entries.delete(pid);
      touch();
    },
    forget(pid) {
      labels.delete(pid);
      entries.delete(pid);
      touch();
    },
    running: () => [...labels].map(([pid, label]) => ({ pid, label })),
    async flushed() {
      while (writing) await writing;
    },
  };
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const { pid, startTicks, bootId, label } = value as Record<string, unknown>;
  return (
    Number.isSafeInteger(pid) &&
    (pid as number) > 1 &&
    Number.isSafeInteger(startTicks) &&
    typeof bootId === 'string' &&
    typeof label === 'string'
  );
}

/**
 * Kills children that a crashed instance left behind: only processes whose pid, start time and boot are those
 * of the run file, so never somebody else's. Call it once, before the first child is started and after
 * the single-instance lock is held.
 * @returns the processes that were killed
 */
export async function sweepChildren(file: string, log: Logger): Promise<{ pid: number; label: string }[]> {
  let stored: unknown;
  try {
    stored = JSON.parse(await readFile(file, 'utf8'));
  } catch {
    return [];
  }
  const killed: { pid: number; label: string }[] = [];
  for (const entry of Array.isArray(stored) ? stored.filter(isEntry) : []) {
    if (!(await isAlive(entry))) continue;
    try {
      process.kill(entry.pid, 'SIGKILL');
    } catch (error) {
      log.warn({ pid: entry.pid, reason: messageOf(error) }, 'a left-over child cannot be ended');
      continue;
    }
    for (let waited = 0; waited < SWEEP_PATIENCE_MS && (await isAlive(entry)); waited += 20) await delay(20);
    log.warn({ pid: entry.pid, child: entry.label }, 'ended a child that a crash left behind');
    killed.push({ pid: entry.pid, label: entry.label });
  }
  await rm(file, { force: true });
  return killed;
}
