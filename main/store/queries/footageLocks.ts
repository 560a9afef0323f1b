import type Database from 'better-sqlite3';
import { VasError } from '../../base/errors';
import type { FootageLockFilter, FootageLockRow } from '../types';
import type { ReadPart, WritePart } from './part';

/**
 * SQL that is true for a row of `segments` that a lock holds.
 * @param now SQL of the present, microseconds since the epoch
 */
export const isLocked = (now: string): string =>
  `EXISTS (SELECT 1 FROM footage_lock_cameras held JOIN footage_locks l ON l.id = held.lock_id
     WHERE held.camera_id = segments.camera_id AND l.start_us < segments.end_us AND l.end_us > segments.start_us
       AND l.released_us IS NULL AND ifnull(l.until_us, 9e18) > ${now})`;

/** SQL of the present, for where nobody gives it. */
export const SQL_NOW_US = `CAST(unixepoch('subsec') * 1000000 AS INTEGER)`;

type RawLock = Omit<FootageLockRow, 'cameraIds'> & { readonly cameraIds: string };

const SELECT = `SELECT l.id, l.source, l.source_id AS sourceId, l.start_us AS startUs, l.end_us AS endUs, l.reason,
    l.created_by AS createdBy, maker.name AS createdByName, l.created_us AS createdUs, l.until_us AS untilUs,
    l.released_us AS releasedUs, l.released_by AS releasedBy, releaser.name AS releasedByName,
    (SELECT json_group_array(camera_id) FROM footage_lock_cameras WHERE lock_id = l.id) AS cameraIds,
    (SELECT ifnull(sum(segments.bytes), 0) FROM footage_lock_cameras held CROSS JOIN segments
       ON segments.camera_id = held.camera_id AND segments.start_us < l.end_us
         AND segments.start_us >= ifnull((SELECT max(start_us) FROM segments before
           WHERE before.camera_id = held.camera_id AND before.start_us <= l.start_us), 0)
         AND segments.end_us > l.start_us
     WHERE held.lock_id = l.id) AS bytes
  FROM footage_locks l JOIN users maker ON maker.id = l.created_by
  LEFT JOIN users releaser ON releaser.id = l.released_by`;

const shaped = (raw: RawLock): FootageLockRow => ({
  ...raw,
  cameraIds: JSON.parse(raw.cameraIds) as string[],
});

const oneOf = (db: Database.Database) => db.prepare<[string], RawLock>(`${SELECT} WHERE l.id = ?`);

export function footageLockReads(
  db: Database.Database,
): ReadPart<'listFootageLocks' | 'getFootageLock' | 'lockedBytes'> {
  const WHERE = `WHERE (@cameras IS NULL OR EXISTS (SELECT 1 FROM footage_lock_cameras c
      WHERE c.lock_id = l.id AND c.camera_id IN (SELECT value FROM json_each(@cameras))))
    AND l.start_us < ifnull(@toUs, 9e18) AND l.end_us > ifnull(@fromUs, -1)
    AND (@activeAtUs IS NULL OR (l.released_us IS NULL AND ifnull(l.until_us, 9e18) > @activeAtUs))`;
  type Bound = {
    cameras: string | null;
    fromUs: number | null;
    toUs: number | null;
    activeAtUs: number | null;
  };
  const page = db.prepare<Bound & { offset: number; limit: number }, RawLock>(
    `${SELECT} ${WHERE} ORDER BY l.created_us DESC, l.id LIMIT @limit OFFSET @offset`,
  );
  const count = db.prepare<Bound, number>(`SELECT count(*) FROM footage_locks l ${WHERE}`).pluck();
  const bytes = db
    .prepare<[number], number>(
      `SELECT ifnull(sum(bytes), 0) FROM segments WHERE id IN (
         SELECT segments.id FROM footage_locks l
         JOIN footage_lock_cameras c ON c.lock_id = l.id
         JOIN segments ON segments.camera_id = c.camera_id AND segments.start_us < l.end_us
           AND segments.start_us >= ifnull((SELECT max(start_us) FROM segments before
             WHERE before.camera_id = c.camera_id AND before.start_us <= l.start_us), 0)
           AND segments.end_us > l.start_us
         WHERE l.released_us IS NULL AND ifnull(l.until_us, 9e18) > ?)`,
    )
    .pluck();
  const one = oneOf(db);
  return {
    listFootageLocks({ cameraIds, fromUs, toUs, activeAtUs, offset, limit }: FootageLockFilter) {
      const bound: Bound = {
        cameras: cameraIds === undefined ? null : JSON.stringify(cameraIds),
        ...{ fromUs: fromUs ?? null, toUs: toUs ?? null, activeAtUs: activeAtUs ?? null },
      };
      return { rows: page.all({ ...bound, offset, limit }).map(shaped), total: count.get(bound) ?? 0 };
    },
    getFootageLock(id) {
      const raw = one.get(id);
      return raw ? shaped(raw) : null;
    },
    lockedBytes: (nowUs) => bytes.get(nowUs) ?? 0,
  };
}

export function footageLockWrites(
  db: Database.Database,
): WritePart<'addFootageLock' | 'extendFootageLock' | 'releaseFootageLock'> {
  const add = db.prepare(
    `INSERT INTO footage_locks (id, source, source_id, start_us, end_us, reason, created_by, created_us, until_us)
     VALUES (@id, @source, @sourceId, @startUs, @endUs, @reason, @createdBy, @createdUs, @untilUs)`,
  );
  const addCamera = db.prepare<[string, string]>(
    'INSERT INTO footage_lock_cameras (camera_id, lock_id) VALUES (?, ?)',
  );
  const holds = db.prepare<[string, number], number>(
    'SELECT 1 FROM footage_locks WHERE id = ? AND released_us IS NULL AND ifnull(until_us, 9e18) > ?',
  );
  const extend = db.prepare<[number | null, string]>('UPDATE footage_locks SET until_us = ? WHERE id = ?');
  const release = db.prepare<[number, string, string]>(
    'UPDATE footage_locks SET released_us = ?, released_by = ? WHERE id = ?',
  );
  const one = oneOf(db);
  const mustGet = (id: string): FootageLockRow => {
    const raw = one.get(id);
    if (!raw) throw new VasError('not_found', 'There is no such lock.', { details: { id } });
    return shaped(raw);
  };
  /** @throws VasError not_found, conflict when it holds nothing any more */
  const mustHold = (id: string, nowUs: number): void => {
    mustGet(id);
    if (holds.get(id, nowUs) === undefined)
      throw new VasError('conflict', 'This lock has ended. Lock the footage again, as long as it is there.');
  };
  const addAll = db.transaction((lock: Parameters<StoreAdd>[0]): FootageLockRow => {
    const { cameraIds, ...row } = lock;
    add.run(row);
    for (const cameraId of new Set(cameraIds)) addCamera.run(cameraId, lock.id);
    return mustGet(lock.id);
  });
  return {
    addFootageLock: (lock) => addAll.immediate(lock),
    extendFootageLock(id, untilUs, nowUs) {
      mustHold(id, nowUs);
      extend.run(untilUs, id);
      return mustGet(id);
    },
    releaseFootageLock(id, userId, nowUs) {
      mustHold(id, nowUs);
      release.run(nowUs, userId, id);
      return mustGet(id);
    },
  };
}

type StoreAdd = WritePart<'addFootageLock'>['addFootageLock'];
