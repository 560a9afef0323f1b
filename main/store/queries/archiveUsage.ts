import type Database from 'better-sqlite3';
import type { ArchiveUsageRow } from '../types';
import type { ReadPart } from './part';

export function usageReads(db: Database.Database): ReadPart<'archiveUsage'> {
  // Everything comes from the index of camera and time; a day is some 1400 segments a camera.
  const usage = db.prepare<[number], ArchiveUsageRow>(
    `SELECT d.id AS cameraId, t.bytes,
       (SELECT start_us FROM segments WHERE camera_id = d.id ORDER BY start_us LIMIT 1) AS oldestUs,
       (SELECT end_us FROM segments WHERE camera_id = d.id ORDER BY start_us DESC LIMIT 1) AS newestUs,
       ifnull(day.bytes, 0) AS dayBytes, ifnull(day.us, 0) / 1e6 AS daySeconds
     FROM devices d
     JOIN recording_totals t ON t.camera_id = d.id AND t.segments > 0
     LEFT JOIN (
       SELECT camera_id, sum(bytes) AS bytes, sum(end_us - start_us) AS us FROM segments
       WHERE camera_id IN (SELECT id FROM devices WHERE deleted_us IS NULL) AND start_us >= ?
       GROUP BY camera_id) day ON day.camera_id = d.id
     WHERE d.deleted_us IS NULL`,
  );
  return { archiveUsage: (sinceUs) => usage.all(sinceUs) };
}
