import type Database from 'better-sqlite3';
import { VasError } from '../../base/errors';
import type { HandlersOf } from '../protocol';
import type { EventCursor, EventReads, EventWrites } from './types';

/** An event further than this from another shares no snapshot or clip with it, microseconds. */
const SHARED_WITHIN_US = 60_000_000;

interface Old {
  readonly seq: number;
  readonly camera: number;
  readonly timestampUs: number;
  readonly snapshotId: string | null;
  readonly clipId: string | null;
}

type Media = 'snapshotId' | 'clipId';

/** Old events go in batches of one transaction each; the trigger of the table lets nothing else remove any. */
export function expiryWrites(
  db: Database.Database,
): Pick<HandlersOf<EventWrites>, 'beginExpiry' | 'expireEvents'> {
  const begin = db.prepare<[string, number, number]>(
    'INSERT INTO event_expiries (user_id, before_us, at_us, deleted) VALUES (?, ?, ?, 0)',
  );
  const runOf = db.prepare<[number], { beforeUs: number; deleted: number }>(
    'SELECT before_us AS beforeUs, deleted FROM event_expiries WHERE id = ?',
  );
  // Null is what the trigger asks for; only this transaction ever sees it.
  const setDeleted = db.prepare<[number | null, number]>(
    'UPDATE event_expiries SET deleted = ? WHERE id = ?',
  );
  const oldest = db.prepare<[number, number], Old>(
    `SELECT e.seq, e.camera, e.timestamp_us AS timestampUs, t.snapshot_id AS snapshotId, t.clip_id AS clipId
     FROM event_rows e LEFT JOIN event_triggers t ON t.seq = e.seq
     WHERE e.timestamp_us < ? ORDER BY e.timestamp_us, e.seq LIMIT ?`,
  );
  const removals = ['event_tags', 'event_triggers', 'event_reviews', 'event_rows'].map((table) =>
    db.prepare<[number]>(`DELETE FROM ${table} WHERE seq = ?`),
  );
  const usedBy = (column: string) =>
    db
      .prepare<[number, number, number, string], number>(
        `SELECT 1 FROM event_rows e JOIN event_triggers t ON t.seq = e.seq
         WHERE e.camera = ? AND e.timestamp_us BETWEEN ? AND ? AND t.${column} = ? LIMIT 1`,
      )
      .pluck();
  const users = { snapshotId: usedBy('snapshot_id'), clipId: usedBy('clip_id') };

  /** Media of the removed events that no event shows any more. */
  const unused = (gone: readonly Old[], kind: Media): string[] => {
    const owners = new Map(gone.flatMap((old) => (old[kind] === null ? [] : [[old[kind], old]])));
    return [...owners].flatMap(([id, { camera, timestampUs: at }]) =>
      users[kind].get(camera, at - SHARED_WITHIN_US, at + SHARED_WITHIN_US, id) === undefined ? [id] : [],
    );
  };

  const expire = db.transaction((run: number, most: number) => {
    const known = runOf.get(run);
    if (known === undefined) throw new VasError('not_found', 'There is no such expiry of events.');
    setDeleted.run(null, run);
    const gone = oldest.all(known.beforeUs, most);
    for (const { seq } of gone) for (const removal of removals) removal.run(seq);
    setDeleted.run(known.deleted + gone.length, run);
    return {
      removed: gone.length,
      snapshotIds: unused(gone, 'snapshotId'),
      clipIds: unused(gone, 'clipId'),
    };
  });

  return {
    beginExpiry: (beforeUs, userId, nowUs) => Number(begin.run(userId, beforeUs, nowUs).lastInsertRowid),
    expireEvents: (run, most) => expire.immediate(run, most),
  };
}

export function expiryReads(
  db: Database.Database,
): Pick<HandlersOf<EventReads>, 'countOlder' | 'lastExpiry'> {
  const from = 'FROM event_rows WHERE (timestamp_us, seq) > (?, ?) AND timestamp_us < ?';
  const nth = db.prepare<[number, number, number, number], EventCursor>(
    `SELECT timestamp_us AS timestampUs, seq ${from} ORDER BY timestamp_us, seq LIMIT 1 OFFSET ?`,
  );
  const rest = db.prepare<[number, number, number], number>(`SELECT count(*) ${from}`).pluck();
  const last = db.prepare<[], { userId: string; beforeUs: number; atUs: number; removed: number }>(
    `SELECT user_id AS userId, before_us AS beforeUs, at_us AS atUs, deleted AS removed
     FROM event_expiries WHERE deleted IS NOT NULL ORDER BY id DESC LIMIT 1`,
  );
  return {
    countOlder(beforeUs, most, after = { timestampUs: -1, seq: -1 }) {
      const span = [after.timestampUs, after.seq, beforeUs] as const;
      const next = nth.get(...span, most - 1) ?? null;
      return { count: next === null ? (rest.get(...span) ?? 0) : most, next };
    },
    lastExpiry: () => last.get() ?? null,
  };
}
