import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import { messageOf } from '../../base/errors';
import type { Logger } from '../../base/logger';

/** How exactly the end of a run that nobody saw is known, milliseconds. */
const REFRESH_MS = 20_000;

export interface AliveNote extends Disposable {
  /** When the run before was last seen alive, microseconds, if it did not end by itself; null if it did. */
  readonly uncleanEndUs: number | null;
  /** Removes the note: this run ends as it should. */
  dispose(): Promise<void>;
}

/** A file that exists while the application runs, with the time at which it was last seen running. */
export async function openAliveNote(file: string, clock: Clock, log: Logger): Promise<AliveNote> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const uncleanEndUs = await readNote(file);
  let pending: Promise<void> = Promise.resolve();
  let isEnded = false;
  const write = () => {
    pending = pending.then(async () => {
      if (isEnded) return;
      try {
        await writeFile(`${file}.new`, String(clock.wallUs()), { mode: 0o600 });
        await rename(`${file}.new`, file);
      } catch (error) {
        log.warn({ reason: messageOf(error) }, 'the note of being alive cannot be written');
      }
    });
    return pending;
  };
  await write();
  const timer = clock.every(REFRESH_MS, () => void write());
  return {
    uncleanEndUs,
    async dispose() {
      isEnded = true;
      timer.cancel();
      await pending;
      await rm(file, { force: true });
    },
  };
}

/** Null when there is none. One that cannot be read was cut off by a power loss: its own time will do. */
async function readNote(file: string): Promise<number | null> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return null;
  }
  const us = Number(text);
  return /^\d{1,16}$/.test(text) && Number.isSafeInteger(us) ? us : 0;
}
