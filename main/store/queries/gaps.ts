import type Database from 'better-sqlite3';
import type { GapRow } from '../types';
import type { ReadPart, WritePart } from './part';

export function gapReads(db: Database.Database): ReadPart<'findGaps'> {
  const find = db.prepare<{ cameraId: string; fromUs: number; toUs: number; limit: number }, GapRow>(
    `SELECT camera_id AS cameraId, start_us AS startUs, end_us AS endUs, reason FROM recording_gaps
     WHERE camera_id = @cameraId AND start_us < @toUs AND ifnull(end_us, @toUs) > @fromUs
     ORDER BY start_us LIMIT @limit`,
  );
  return {
    findGaps: (cameraIds, fromUs, toUs, limit = -1) =>
      cameraIds.flatMap((cameraId) => find.all({ cameraId, fromUs, toUs, limit })),
  };
}

export function gapWrites(db: Database.Database): WritePart<'replaceGaps' | 'forgetOldGaps'> {
  const clear = db.prepare<[string, number]>(
    'DELETE FROM recording_gaps WHERE camera_id = ? AND (end_us IS NULL OR start_us >= ?)',
  );
  const add = db.prepare<GapRow>(
    `INSERT INTO recording_gaps (camera_id, start_us, end_us, reason) VALUES (@cameraId, @startUs, @endUs, @reason)`,
  );
  // What is older than a camera's oldest footage tells nothing any more.
  const prune = db.prepare(
    `DELETE FROM recording_gaps WHERE end_us <= (SELECT start_us FROM segments
       WHERE segments.camera_id = recording_gaps.camera_id ORDER BY start_us LIMIT 1)`,
  );
  const replace = db.transaction((cameraId: string, fromUs: number, gaps: readonly GapRow[]): void => {
    clear.run(cameraId, fromUs);
    for (const gap of gaps) add.run(gap);
  });
  return {
    replaceGaps: (cameraId, fromUs, gaps) => replace.immediate(cameraId, fromUs, gaps),
    forgetOldGaps: () => prune.run().changes,
  };
}
