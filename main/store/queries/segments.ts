import type Database from 'better-sqlite3';
import { VasError } from '../../base/errors';
import type { CoverageRow, GapRow, NewSegment, RecordedDay, SegmentRow } from '../types';
import { isLocked } from './footageLocks';
import type { ReadPart, WritePart } from './part';
import { chainsOf } from './segmentSeals';

const COLUMNS = `id, camera_id AS cameraId, run_id AS runId, folder_id AS folderId, path, start_us AS startUs, end_us AS endUs,
  video_codec AS videoCodec, audio_codec AS audioCodec, width, height, bytes,
  nullif(lower(hex(sha256)), '') AS sha256`;

type SegmentReads =
  | 'findSegments'
  | 'coverage'
  | 'segmentBefore'
  | 'oldestSegments'
  | 'recordedBytes'
  | 'recordedDays'
  | 'segmentByPath'
  | 'segmentPaths'
  | 'lastSegmentEnd';

/** Every query relies on segments of a camera not overlapping: in order of start they are in order of end. */
export function segmentReads(db: Database.Database): ReadPart<SegmentReads> {
  // Only the last segment that starts at or before the range can reach into it: the scan begins there.
  const overlapping = db.prepare<
    { cameraId: string; fromUs: number; toUs: number; limit: number },
    SegmentRow
  >(
    `SELECT ${COLUMNS} FROM segments
     WHERE camera_id = @cameraId
       AND start_us >= ifnull((SELECT max(start_us) FROM segments WHERE camera_id = @cameraId AND start_us <= @fromUs), 0)
       AND start_us < @toUs AND end_us > @fromUs
     ORDER BY start_us LIMIT @limit`,
  );
  // Answered by segments_camera_time alone.
  const coverage = db.prepare<
    { cameraId: string; fromUs: number; toUs: number; stepUs: number },
    CoverageRow
  >(
    `SELECT min(start_us) AS startUs, max(end_us) AS endUs, sum(end_us - start_us) AS coveredUs FROM segments
     WHERE camera_id = @cameraId
       AND start_us >= ifnull((SELECT max(start_us) FROM segments WHERE camera_id = @cameraId AND start_us <= @fromUs), 0)
       AND start_us < @toUs AND end_us > @fromUs
     GROUP BY start_us / CAST(@stepUs AS INTEGER)`,
  );
  const before = db.prepare<[string, number], SegmentRow>(
    `SELECT ${COLUMNS} FROM segments WHERE camera_id = ? AND start_us < ? ORDER BY start_us DESC LIMIT 1`,
  );
  const oldest = db.prepare<[number, number], SegmentRow>(
    `SELECT ${COLUMNS} FROM segments WHERE end_us < ? ORDER BY end_us, id LIMIT ?`,
  );
  const oldestOfCamera = db.prepare<{ cameraId: string; beforeUs: number; limit: number }, SegmentRow>(
    `SELECT ${COLUMNS} FROM segments
     WHERE camera_id = @cameraId AND start_us < @beforeUs AND end_us < @beforeUs
     ORDER BY start_us LIMIT @limit`,
  );
  const oldestOfFolder = db.prepare<[string, number, number], SegmentRow>(
    `SELECT ${COLUMNS} FROM segments WHERE folder_id = ? AND end_us < ? ORDER BY end_us, id LIMIT ?`,
  );
  const oldestUnlocked = db.prepare<[string, number, number, number], SegmentRow>(
    `SELECT ${COLUMNS} FROM segments WHERE folder_id = ? AND end_us < ? AND NOT ${isLocked('?')}
     ORDER BY end_us, id LIMIT ?`,
  );
  const bytes = db.prepare<[], number>('SELECT ifnull(sum(bytes), 0) FROM recording_totals').pluck();
  const bytesOfCamera = db
    .prepare<[string], number>('SELECT bytes FROM recording_totals WHERE camera_id = ?')
    .pluck();
  // Local days begin at quarters of an hour, and each at the offset of its own time: asked for once a quarter.
  const days = db.prepare<[string], RecordedDay>(
    `SELECT date(quarter * 900, 'unixepoch', 'localtime') AS day, sum(segments) AS segments, sum(bytes) AS bytes
     FROM (SELECT start_us / 900000000 AS quarter, count(*) AS segments, sum(bytes) AS bytes
       FROM segments WHERE camera_id = ? GROUP BY 1)
     GROUP BY 1 ORDER BY 1 DESC`,
  );
  const byPath = db.prepare<[string], SegmentRow>(`SELECT ${COLUMNS} FROM segments WHERE path = ?`);
  const paths = db
    .prepare<[string, string | null], string>(
      'SELECT path FROM segments WHERE camera_id = ? AND folder_id = ifnull(?, folder_id) ORDER BY start_us',
    )
    .pluck();
  const lastEnd = db
    .prepare<[string], number>(
      'SELECT end_us FROM segments WHERE camera_id = ? ORDER BY start_us DESC LIMIT 1',
    )
    .pluck();

  return {
    findSegments: (cameraId, fromUs, toUs, limit = -1) =>
      fromUs < toUs ? overlapping.all({ cameraId, fromUs, toUs, limit }) : [],
    coverage: (cameraId, fromUs, toUs, stepUs) =>
      fromUs < toUs ? coverage.all({ cameraId, fromUs, toUs, stepUs }) : [],
    segmentBefore: (cameraId, us) => before.get(cameraId, us) ?? null,
    oldestSegments({
      cameraId,
      folderId,
      unlockedAtUs,
      endBeforeUs: beforeUs = Number.MAX_SAFE_INTEGER,
      limit,
    }) {
      if (cameraId !== undefined) return oldestOfCamera.all({ cameraId, beforeUs, limit });
      if (folderId !== undefined && unlockedAtUs !== undefined)
        return oldestUnlocked.all(folderId, beforeUs, unlockedAtUs, limit);
      if (folderId !== undefined) return oldestOfFolder.all(folderId, beforeUs, limit);
      return oldest.all(beforeUs, limit);
    },
    recordedBytes: (cameraId) => (cameraId === undefined ? bytes.get() : bytesOfCamera.get(cameraId)) ?? 0,
    /** A segment counts for the day it starts on; newest day first. */
    recordedDays: (cameraId) => days.all(cameraId),
    segmentByPath: (path) => byPath.get(path) ?? null,
    segmentPaths: (cameraId, folderId) => paths.all(cameraId, folderId ?? null),
    lastSegmentEnd: (cameraId) => lastEnd.get(cameraId) ?? null,
  };
}

interface Span {
  readonly startUs: number;
  readonly endUs: number;
}

export function segmentWrites(db: Database.Database): WritePart<'insertSegment' | 'sealSegment'> {
  const chains = chainsOf(db);
  const SPAN = 'SELECT start_us AS startUs, end_us AS endUs FROM segments WHERE camera_id = ?';
  const before = db.prepare<[string, number], Span>(
    `${SPAN} AND start_us <= ? ORDER BY start_us DESC LIMIT 1`,
  );
  const after = db.prepare<[string, number], Span>(`${SPAN} AND start_us > ? ORDER BY start_us LIMIT 1`);
  const add = db.prepare(
    `INSERT INTO segments (id, camera_id, run_id, folder_id, path, start_us, end_us, video_codec, audio_codec, width, height, bytes)
     VALUES (@id, @cameraId, @runId, @folderId, @path, @startUs, @endUs, @videoCodec, @audioCodec, @width, @height, @bytes)`,
  );
  const gaps = db.prepare<[string, number, number], Pick<GapRow, 'startUs' | 'endUs' | 'reason'>>(
    `SELECT start_us AS startUs, end_us AS endUs, reason FROM recording_gaps
     WHERE camera_id = ? AND start_us < ? AND ifnull(end_us, 9e15) > ?`,
  );
  const dropGap = db.prepare<[string, number]>(
    'DELETE FROM recording_gaps WHERE camera_id = ? AND start_us = ?',
  );
  const addGap = db.prepare<GapRow>(
    'INSERT INTO recording_gaps (camera_id, start_us, end_us, reason) VALUES (@cameraId, @startUs, @endUs, @reason)',
  );
  /** Of what there is footage now, nothing is missing. */
  const fillGaps = ({
    cameraId,
    startUs,
    endUs,
  }: Pick<SegmentRow, 'cameraId' | 'startUs' | 'endUs'>): void => {
    for (const gap of gaps.all(cameraId, endUs, startUs)) {
      dropGap.run(cameraId, gap.startUs);
      if (gap.startUs < startUs) addGap.run({ cameraId, ...gap, endUs: startUs });
      if (gap.endUs === null || gap.endUs > endUs) addGap.run({ cameraId, ...gap, startUs: endUs });
    }
  };
  const unsealed = db.prepare<[string], Pick<SegmentRow, 'cameraId' | 'startUs' | 'endUs'>>(
    `SELECT camera_id AS cameraId, start_us AS startUs, end_us AS endUs FROM segments WHERE id = ? AND sha256 IS NULL`,
  );

  // The trigger refuses overlaps as well; here the answer says which segment is in the way.
  const insert = db.transaction(({ sha256 = null, ...segment }: NewSegment): void => {
    const { cameraId, startUs, endUs } = segment;
    const inTheWay = [before.get(cameraId, startUs), after.get(cameraId, startUs)].find(
      (other) => other !== undefined && other.startUs < endUs && other.endUs > startUs,
    );
    if (inTheWay)
      throw new VasError('conflict', 'The segment overlaps another recording of the camera.', {
        details: { cameraId, startUs, endUs, other: inTheWay },
      });
    add.run(segment);
    fillGaps(segment);
    if (sha256 !== null) chains.seal(segment.id, { sha256, cameraId, startUs, endUs });
  });
  const seal = db.transaction((id: string, sha256: string): void => {
    const segment = unsealed.get(id);
    if (segment) chains.seal(id, { ...segment, sha256 });
  });

  return {
    insertSegment: (segment) => insert.immediate(segment),
    sealSegment: (id, sha256) => seal.immediate(id, sha256),
  };
}
