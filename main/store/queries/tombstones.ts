import type Database from 'better-sqlite3';
import type { SegmentLoss, TombstoneRow } from '../types';
import { isLocked } from './footageLocks';
import type { ReadPart, WritePart } from './part';
import { chainsOf } from './segmentSeals';

export function tombstoneReads(db: Database.Database): ReadPart<'listTombstones'> {
  const list = db.prepare<{ cameraId: string | null; limit: number }, TombstoneRow>(
    `SELECT id, camera_id AS cameraId, folder_id AS folderId, path, bytes, noted_us AS notedUs
     FROM segment_tombstones WHERE camera_id = ifnull(@cameraId, camera_id) LIMIT @limit`,
  );
  return {
    listTombstones: ({ cameraId, limit }) => list.all({ cameraId: cameraId ?? null, limit }),
  };
}

/** Deletion: the row becomes a tombstone, the file goes, its absence is on disk, the tombstone goes (AR-4). */
export function tombstoneWrites(
  db: Database.Database,
): WritePart<'burySegments' | 'forgetTombstones' | 'forgetTombstonesIn' | 'deleteSegments'> {
  const chains = chainsOf(db);
  const bury = db.prepare<{ id: string; reason: SegmentLoss; nowUs: number }>(
    `INSERT INTO segment_tombstones (id, camera_id, folder_id, path, bytes, noted_us)
     SELECT id, camera_id, folder_id, path, bytes, @nowUs FROM segments
     WHERE id = @id AND NOT (@reason = 'retention' AND ${isLocked('@nowUs')})`,
  );
  const remove = db.prepare<[string]>('DELETE FROM segments WHERE id = ?');
  // Retention's footage has had its time; what is lost otherwise leaves a gap (AR-6), one for all that follow each other.
  const joinGap = db.prepare<[string]>(
    `UPDATE recording_gaps SET end_us = segment.end_us
     FROM (SELECT camera_id, start_us, end_us FROM segments WHERE id = ?) AS segment
     WHERE recording_gaps.camera_id = segment.camera_id AND reason = 'lost'
       AND recording_gaps.end_us = segment.start_us
       AND recording_gaps.start_us = (SELECT max(gap.start_us) FROM recording_gaps AS gap
         WHERE gap.camera_id = segment.camera_id AND gap.start_us < segment.start_us)`,
  );
  const noteGap = db.prepare<[string]>(
    `INSERT OR IGNORE INTO recording_gaps (camera_id, start_us, end_us, reason)
     SELECT camera_id, start_us, end_us, 'lost' FROM segments WHERE id = ?`,
  );
  const take = (id: string, reason: SegmentLoss): void => {
    chains.cut(id, reason);
    if (reason !== 'retention' && joinGap.run(id).changes === 0) noteGap.run(id);
    remove.run(id);
  };
  const forget = db.prepare<[string]>('DELETE FROM segment_tombstones WHERE id = ?');
  const forgetIn = db.prepare<[string]>('DELETE FROM segment_tombstones WHERE folder_id = ?');

  const buryAll = db.transaction((ids: readonly string[], reason: SegmentLoss, nowUs: number): string[] =>
    ids.filter((id) => {
      if (bury.run({ id, reason, nowUs }).changes === 0) return false;
      take(id, reason);
      return true;
    }),
  );
  const forgetAll = db.transaction((ids: readonly string[]): void => {
    for (const id of ids) forget.run(id);
  });
  const removeAll = db.transaction((ids: readonly string[], reason: SegmentLoss): void => {
    for (const id of ids) take(id, reason);
  });

  return {
    burySegments: (ids, reason, nowUs) => buryAll.immediate(ids, reason, nowUs),
    forgetTombstones: (ids) => forgetAll.immediate(ids),
    forgetTombstonesIn: (folderId) => void forgetIn.run(folderId),
    deleteSegments: (ids, reason = 'lost') => removeAll.immediate(ids, reason),
  };
}
