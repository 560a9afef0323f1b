import { readdir, stat, unlink } from 'node:fs/promises';
import path from 'node:path';
import type { DestinationStream } from 'pino';
import buildRollingFile from 'pino-roll';

/** Kept besides the one that is written. */
const KEPT = 14;
/** What waits for a disk that does not take it, bytes; what comes then is lost. */
const MOST_WAITING = 1 << 20;
/** How long the last lines may take, milliseconds. */
const FLUSH_MS = 1000;

export interface LogFile extends DestinationStream {
  /** Resolves when what was said is written, after a second at the latest. */
  flush(): Promise<void>;
}

/**
 * The log of the application: a new file each day or every 20 MB, the last fourteen are kept. A disk that is full or
 * refuses costs lines and nothing else: writing never throws and never waits.
 * @param complain told the first time that lines cannot be written
 */
export async function openLogFile(folder: string, complain: (reason: string) => void): Promise<LogFile> {
  await removeOld(folder);
  const file = await buildRollingFile({
    file: path.join(folder, 'vas'),
    extension: '.log',
    frequency: 'daily',
    dateFormat: 'yyyy-MM-dd',
    size: '20m',
    mkdir: true,
    // Each line at once; with nought a flush would not wait.
    minLength: 1,
    maxLength: MOST_WAITING,
    limit: { count: KEPT, removeOtherLogFiles: true },
  });
  let hasFailed = false;
  const failed = (error: unknown) => {
    if (hasFailed) return;
    hasFailed = true;
    complain(error instanceof Error ? error.message : String(error));
  };
  // Without a listener a full disk would end the process.
  file.on('error', failed);
  return {
    // Not the file itself: pino would write its fatal lines synchronously, for as long as a full disk refuses them.
    write(line) {
      try {
        file.write(line);
      } catch (error) {
        failed(error);
      }
    },
    flush: () =>
      new Promise((resolve) => {
        const late = setTimeout(resolve, FLUSH_MS);
        file.flush(() => {
          clearTimeout(late);
          resolve();
        });
      }),
  };
}

/** A workstation that is switched off each night never sees a day end: old files go when it starts. */
async function removeOld(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const files = [];
  for (const name of names) {
    if (!/^vas\..*\.log$/.test(name)) continue;
    const file = path.join(folder, name);
    const found = await stat(file).catch(() => null);
    if (found?.isFile() === true) files.push({ file, at: found.mtimeMs });
  }
  files.sort((a, b) => b.at - a.at);
  for (const { file } of files.slice(KEPT)) await unlink(file).catch(() => undefined);
}
