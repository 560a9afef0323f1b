import type Database from 'better-sqlite3';
import { VasError } from '../../base/errors';
import type { SnapshotRow } from '../types';
import type { ReadPart, WritePart } from './part';

// Deleted cameras are joined too: history keeps its names.
const SELECT = `SELECT s.id, s.device_id AS deviceId, d.name AS deviceName, s.file, s.timestamp_us AS timestampUs,
  s.source, s.bytes, s.width, s.height, s.user_id AS userId, s.created_us AS createdUs
  FROM snapshots s JOIN devices d ON d.id = s.device_id`;
const PAGE = 'ORDER BY s.created_us DESC, s.id LIMIT ? OFFSET ?';

const oneOf = (db: Database.Database) => db.prepare<[string], SnapshotRow>(`${SELECT} WHERE s.id = ?`);

export function snapshotReads(db: Database.Database): ReadPart<'listSnapshots' | 'getSnapshot'> {
  const all = db.prepare<[number, number], SnapshotRow>(`${SELECT} ${PAGE}`);
  const ofDevice = db.prepare<[string, number, number], SnapshotRow>(
    `${SELECT} WHERE s.device_id = ? ${PAGE}`,
  );
  const count = db.prepare<[], number>('SELECT count(*) FROM snapshots').pluck();
  const countOfDevice = db
    .prepare<[string], number>('SELECT count(*) FROM snapshots WHERE device_id = ?')
    .pluck();
  const one = oneOf(db);
  return {
    listSnapshots: ({ deviceId, offset, limit }) =>
      deviceId === undefined
        ? { rows: all.all(limit, offset), total: count.get() ?? 0 }
        : { rows: ofDevice.all(deviceId, limit, offset), total: countOfDevice.get(deviceId) ?? 0 },
    getSnapshot: (id) => one.get(id) ?? null,
  };
}

export function snapshotWrites(db: Database.Database): WritePart<'insertSnapshot' | 'deleteSnapshot'> {
  const add = db.prepare(
    `INSERT INTO snapshots (id, device_id, file, timestamp_us, source, bytes, width, height, user_id, created_us)
     VALUES (@id, @deviceId, @file, @timestampUs, @source, @bytes, @width, @height, @userId, @createdUs)`,
  );
  const remove = db.prepare<[string]>('DELETE FROM snapshots WHERE id = ?');
  const one = oneOf(db);
  return {
    insertSnapshot(row) {
      add.run(row);
      const inserted = one.get(row.id);
      if (!inserted) throw new VasError('internal', 'The snapshot was stored but cannot be read back.');
      return inserted;
    },
    /** Deleting what is gone is not an error. */
    deleteSnapshot: (id) => void remove.run(id),
  };
}
