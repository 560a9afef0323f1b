import path from 'node:path';
import { messageOf } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { MediaWorker } from './mediaWorker';

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether text can be the id of a capture: only such text is looked up or becomes part of a path. */
export function isCaptureId(text: string): boolean {
  return UUID.test(text);
}

/**
 * Removes what a crash left in a folder of captures: half-written files, and whole ones without a row, which
 * nobody has ever been shown.
 * @param startedUs files that are younger than this belong to captures of this run, microseconds
 */
export async function removeLeftovers(options: {
  folder: string;
  worker: MediaWorker;
  log: Logger;
  startedUs: number;
  hasRow: (id: string) => Promise<boolean>;
}): Promise<number> {
  const { folder, worker, log } = options;
  const leftovers: string[] = [];
  for (const file of await worker.run('listTree', folder)) {
    const id = file.path.slice(0, 36);
    if (!isCaptureId(id) || file.modifiedUs >= options.startedUs) continue;
    if (file.path.endsWith('.tmp') || !(await options.hasRow(id)))
      leftovers.push(path.join(folder, file.path));
  }
  await worker.run('removeDurably', leftovers, null);
  if (leftovers.length > 0) log.warn({ folder, files: leftovers.length }, 'unfinished captures were removed');
  return leftovers.length;
}

/** Removes files whose capture failed; what cannot be removed is found at the next start. */
export async function discard(worker: MediaWorker, log: Logger, files: readonly string[]): Promise<void> {
  try {
    await worker.run('removeDurably', files, null);
  } catch (error) {
    log.warn({ files, reason: messageOf(error) }, 'files of a failed capture stay behind');
  }
}
