import type Database from 'better-sqlite3';
import { VasError } from '../../base/errors';
import type { ExpiryLimit, ExpirySummary, StorageFolderRow } from '../types';
import { sqliteCode } from '../worker/errors';
import { isLocked } from './footageLocks';
import type { ReadPart, WritePart } from './part';

type RawFolder = Omit<StorageFolderRow, 'isCurrent'> & { readonly isCurrent: number };

export function storageFolderReads(
  db: Database.Database,
): ReadPart<'listStorageFolders' | 'expiryCutoff' | 'expirySummary'> {
  const edge = (order: 'ASC' | 'DESC') =>
    `(SELECT end_us FROM segments WHERE folder_id = storage_folders.id ORDER BY end_us ${order} LIMIT 1)`;
  const list = db.prepare<[], RawFolder>(
    `SELECT id, path, is_current AS isCurrent, created_us AS createdUs, segments, bytes,
       ${edge('ASC')} AS oldestUs, ${edge('DESC')} AS newestUs
     FROM storage_folders JOIN storage_folder_totals ON folder_id = id ORDER BY created_us, id`,
  );
  const byAge = db.prepare<[string], { endUs: number; bytes: number }>(
    `SELECT end_us AS endUs, bytes FROM segments WHERE folder_id IN (SELECT value FROM json_each(?)) ORDER BY end_us`,
  );
  const anyLock = db
    .prepare<[number], number>(
      'SELECT EXISTS (SELECT 1 FROM footage_locks WHERE released_us IS NULL AND ifnull(until_us, 9e18) > ?)',
    )
    .pluck();
  const unlockedByAge = db.prepare<[string, number], { endUs: number; bytes: number }>(
    `SELECT end_us AS endUs, bytes FROM segments
     WHERE folder_id IN (SELECT value FROM json_each(?)) AND NOT ${isLocked('?')} ORDER BY end_us`,
  );
  const lockedSummary = db.prepare<[string, number, number], { segments: number; bytes: number }>(
    `SELECT count(*) AS segments, ifnull(sum(bytes), 0) AS bytes
     FROM segments WHERE folder_id = ? AND end_us <= ? AND ${isLocked('?')}`,
  );
  const summary = db.prepare<
    [string, number],
    { segments: number; bytes: number; fromUs: number | null; toUs: number | null }
  >(
    `SELECT count(*) AS segments, ifnull(sum(bytes), 0) AS bytes, min(end_us) AS fromUs, max(end_us) AS toUs
     FROM segments WHERE folder_id = ? AND end_us <= ?`,
  );
  return {
    listStorageFolders: () => list.all().map((raw) => ({ ...raw, isCurrent: raw.isCurrent === 1 })),
    expiryCutoff(folderIds, atLeastBytes, nowUs) {
      let bytes = 0;
      let endUs: number | null = null;
      if (atLeastBytes <= 0) return null;
      const ids = JSON.stringify(folderIds);
      const rows = anyLock.get(nowUs) === 1 ? unlockedByAge.iterate(ids, nowUs) : byAge.iterate(ids);
      for (const row of rows) {
        bytes += row.bytes;
        endUs = row.endUs;
        if (bytes >= atLeastBytes) break;
      }
      return endUs;
    },
    expirySummary(limits: readonly ExpiryLimit[], nowUs: number) {
      let total: ExpirySummary = { segments: 0, bytes: 0, fromUs: null, toUs: null };
      for (const { folderId, untilUs } of limits) {
        const part = summary.get(folderId, untilUs);
        if (!part || part.segments === 0) continue;
        const locked = anyLock.get(nowUs) === 1 ? lockedSummary.get(folderId, untilUs, nowUs) : undefined;
        total = {
          segments: total.segments + part.segments - (locked?.segments ?? 0),
          bytes: total.bytes + part.bytes - (locked?.bytes ?? 0),
          fromUs: Math.min(total.fromUs ?? Infinity, part.fromUs ?? Infinity),
          toUs: Math.max(total.toUs ?? 0, part.toUs ?? 0),
        };
      }
      return total;
    },
  };
}

export function storageFolderWrites(
  db: Database.Database,
): WritePart<'addStorageFolder' | 'setCurrentStorageFolder' | 'removeStorageFolder'> {
  const add = db.prepare<[string, string, number]>(
    'INSERT INTO storage_folders (id, path, is_current, created_us) VALUES (?, ?, 0, ?)',
  );
  const none = db.prepare('UPDATE storage_folders SET is_current = 0 WHERE is_current = 1');
  const one = db.prepare<[string]>('UPDATE storage_folders SET is_current = 1 WHERE id = ?');
  const remove = db.prepare<[string]>(
    'DELETE FROM storage_folders WHERE id = ? AND path IS NOT NULL AND is_current = 0',
  );
  const setCurrent = db.transaction((id: string): void => {
    none.run();
    if (one.run(id).changes === 0) throw new VasError('not_found', 'There is no such folder for recordings.');
  });
  return {
    addStorageFolder(id, path, nowUs) {
      try {
        add.run(id, path, nowUs);
      } catch (error) {
        if (sqliteCode(error) !== 'SQLITE_CONSTRAINT_UNIQUE') throw error;
        throw new VasError('conflict', `${path} is a folder for recordings already.`, { cause: error });
      }
    },
    setCurrentStorageFolder: (id) => setCurrent.immediate(id),
    removeStorageFolder(id) {
      try {
        if (remove.run(id).changes > 0) return;
      } catch (error) {
        if (sqliteCode(error) !== 'SQLITE_CONSTRAINT_FOREIGNKEY') throw error;
        throw new VasError(
          'conflict',
          'There are recordings in this folder. It goes when they have expired.',
          {
            cause: error,
          },
        );
      }
      throw new VasError(
        'conflict',
        'This folder cannot be removed from the list: it is in use or not there.',
      );
    },
  };
}
