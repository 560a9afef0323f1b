import { messageOf, VasError } from '../../../base/errors';
import type { Logger } from '../../../base/logger';
import type { SegmentRow, Store } from '../../../store/types';
import type { StorageFolder, StorageFolders } from './storageFolders';

/** Rows that a step takes away: the index is busy with it for some milliseconds, and recording goes on between. */
const BATCH = 200;

/** What was given up with a folder. */
export interface GivenUp {
  /** Absolute, of the folder. */
  readonly path: string;
  readonly segments: number;
  readonly bytes: number;
}

export interface GiveUpContext {
  readonly folders: StorageFolders;
  readonly store: Store;
  /** Folders that are recorded into now. */
  readonly written: () => readonly StorageFolder[];
  /** Called with what has no row any more. */
  readonly onGone: (rows: readonly SegmentRow[]) => void;
  /** The application ends: what is left stays for the next time. */
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/**
 * Takes a former folder whose disk will not come back from the list, and its recordings, locked ones too, out of the
 * index; they leave gaps (AR-6). No file is touched: where the disk is, retention decides. A disk that comes back
 * meanwhile ends it.
 * @throws VasError not_found; conflict for a folder that is there, that is the one for new recordings, or written
 */
export async function giveUpFolder(context: GiveUpContext, id: string): Promise<GivenUp> {
  const { folders, store, onGone, signal, log } = context;
  await folders.load();
  const folder = folders.all.find((one) => one.id === id);
  if (!folder) throw new VasError('not_found', 'There is no such folder for recordings.');
  const { path } = folder;
  refuseWhereNeeded(context, folder);
  await refuseWhereThere(folders, folder);
  // Before the first: nothing else tells what was begun should the application end meanwhile.
  log.warn({ folder: path }, 'a folder that is missing is given up with its recordings');
  let [segments, bytes] = [0, 0];
  try {
    for (;;) {
      signal.throwIfAborted();
      const rows = await store.read.oldestSegments({ folderId: id, limit: BATCH });
      if (rows.length === 0) break;
      await refuseWhereThere(folders, folder);
      refuseWhereNeeded(context, folder);
      await store.write.deleteSegments(rows.map((row) => row.id));
      onGone(rows);
      segments += rows.length;
      bytes += rows.reduce((sum, row) => sum + row.bytes, 0);
    }
    await store.write.forgetTombstonesIn(id);
    await folders.remove(id);
    await store.write.forgetOldGaps();
  } catch (error) {
    log.error({ folder: path, segments, bytes, reason: messageOf(error) }, 'a folder was given up in part');
    if (segments === 0 || !(error instanceof VasError)) throw error;
    throw new VasError(error.kind, `${error.message} ${String(segments)} recordings are given up already.`, {
      cause: error,
    });
  }
  log.warn({ folder: path, segments, bytes }, 'a folder that is missing was given up');
  return { path, segments, bytes };
}

function refuseWhereNeeded({ folders, written }: GiveUpContext, folder: StorageFolder): void {
  if (folder.isDefault || folder === folders.current)
    throw new VasError('conflict', 'New recordings go into this folder. Record into another folder first.');
  refuseWhereWritten(written(), folder.id);
}

/** @throws VasError conflict */
export function refuseWhereWritten(written: readonly StorageFolder[], id: string): void {
  if (written.some((folder) => folder.id === id))
    throw new VasError('conflict', 'This folder is still being recorded into. Try again in a minute.');
}

async function refuseWhereThere(folders: StorageFolders, folder: StorageFolder): Promise<void> {
  if ((await folders.state(folder)) !== 'ready') return;
  throw new VasError(
    'conflict',
    'This folder is connected: its recordings can be played and go by the rules.',
  );
}
