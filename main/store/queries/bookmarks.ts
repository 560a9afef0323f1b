import type Database from 'better-sqlite3';
import { VasError } from '../../base/errors';
import type { BookmarkRow } from '../types';
import { SQL_NOW_US } from './footageLocks';
import type { ReadPart, WritePart } from './part';

// Deleted cameras are joined too: history keeps its names.
const SELECT = `SELECT b.id, b.device_id AS deviceId, d.name AS deviceName, b.center_us AS centerUs,
  b.start_us AS startUs, b.end_us AS endUs, b.video_file AS videoFile, b.thumbnail_file AS thumbnailFile,
  b.label, b.source, b.duration_seconds AS duration, b.bytes, b.user_id AS userId,
  b.created_us AS createdUs, b.updated_us AS updatedUs
  FROM bookmarks b JOIN devices d ON d.id = b.device_id`;
const PAGE = 'ORDER BY b.created_us DESC, b.id LIMIT ? OFFSET ?';

const oneOf = (db: Database.Database) => db.prepare<[string], BookmarkRow>(`${SELECT} WHERE b.id = ?`);

export function bookmarkReads(
  db: Database.Database,
): ReadPart<'listBookmarks' | 'getBookmark' | 'bookmarksBetween'> {
  const all = db.prepare<[number, number], BookmarkRow>(`${SELECT} ${PAGE}`);
  const ofDevice = db.prepare<[string, number, number], BookmarkRow>(
    `${SELECT} WHERE b.device_id = ? ${PAGE}`,
  );
  const count = db.prepare<[], number>('SELECT count(*) FROM bookmarks').pluck();
  const countOfDevice = db
    .prepare<[string], number>('SELECT count(*) FROM bookmarks WHERE device_id = ?')
    .pluck();
  const one = oneOf(db);
  const between = db.prepare<{ deviceId: string; fromUs: number; toUs: number; limit: number }, BookmarkRow>(
    `${SELECT} WHERE b.device_id = @deviceId AND b.start_us < @toUs AND b.end_us > @fromUs
     ORDER BY b.center_us LIMIT @limit`,
  );
  return {
    bookmarksBetween: (deviceId, fromUs, toUs, limit) => between.all({ deviceId, fromUs, toUs, limit }),
    listBookmarks: ({ deviceId, offset, limit }) =>
      deviceId === undefined
        ? { rows: all.all(limit, offset), total: count.get() ?? 0 }
        : { rows: ofDevice.all(deviceId, limit, offset), total: countOfDevice.get(deviceId) ?? 0 },
    getBookmark: (id) => one.get(id) ?? null,
  };
}

export function bookmarkWrites(
  db: Database.Database,
): WritePart<'insertBookmark' | 'updateBookmarkLabel' | 'deleteBookmark'> {
  const add = db.prepare(
    `INSERT INTO bookmarks (id, device_id, center_us, start_us, end_us, video_file, thumbnail_file, label, source,
       duration_seconds, bytes, user_id, created_us, updated_us)
     VALUES (@id, @deviceId, @centerUs, @startUs, @endUs, @videoFile, @thumbnailFile, @label, @source,
       @duration, @bytes, @userId, @createdUs, @updatedUs)`,
  );
  const label = db.prepare<[string | null, number, string]>(
    'UPDATE bookmarks SET label = ?, updated_us = ? WHERE id = ?',
  );
  const remove = db.prepare<[string]>('DELETE FROM bookmarks WHERE id = ?');
  const locked = db.prepare<[string], number>(
    `SELECT 1 FROM footage_locks WHERE source = 'bookmark' AND source_id = ? AND released_us IS NULL
       AND ifnull(until_us, 9e18) > ${SQL_NOW_US}`,
  );
  const one = oneOf(db);
  const mustGet = (id: string): BookmarkRow => {
    const row = one.get(id);
    if (!row) throw new VasError('not_found', 'There is no such bookmark.', { details: { id } });
    return row;
  };
  return {
    insertBookmark(row) {
      add.run(row);
      return mustGet(row.id);
    },
    updateBookmarkLabel(id, text, nowUs) {
      label.run(text, nowUs, id);
      return mustGet(id);
    },
    /** Deleting what is gone is not an error. */
    deleteBookmark(id) {
      if (locked.get(id) !== undefined)
        throw new VasError('conflict', 'This bookmark is locked as evidence. Release its lock first.');
      remove.run(id);
    },
  };
}
