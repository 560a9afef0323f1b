import type Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { bookmarkWrites } from '../queries/bookmarks';
import { snapshotWrites } from '../queries/snapshots';
import {
  bookmark,
  databaseAt,
  insertCamera,
  insertOldSegment,
  migrateTo,
  NEWEST,
  segment,
  snapshot,
} from '../testing/fixtures';

function migrated(): { db: Database.Database; camera: string; user: string } {
  const db = databaseAt(30);
  const camera = insertCamera(db, 1);
  insertOldSegment(db, segment(camera, 0, 10));
  migrateTo(db, 40);
  return { db, camera, user: String(db.prepare('SELECT id FROM users').pluck().get()) };
}

test('keeps the segments of version 30', () => {
  const db = databaseAt(30);
  const camera = insertCamera(db, 1);
  insertOldSegment(db, segment(camera, 0, 10));
  const before = db.prepare('SELECT * FROM segments').all();
  migrateTo(db, 40);
  expect(db.prepare('SELECT * FROM segments').all()).toEqual(before);
  expect(before).toHaveLength(1);
  expect(() => insertOldSegment(db, segment(camera, 5, 15))).toThrow('overlaps');
});

describe('invariants', () => {
  test.each([
    [{ id: 'x' }, 'snapshots_id_is_uuid'],
    [{ file: '../x.jpg' }, 'snapshots_file_is_name'],
    [{ file: 'a\\x.jpg' }, 'snapshots_file_is_name'],
    [{ source: 'dream' as 'live' }, 'snapshots_source_is_known'],
    [{ bytes: -1 }, 'snapshots_bytes_range'],
    [{ width: 0 }, 'snapshots_width_range'],
    [{ deviceId: 'nobody' }, 'FOREIGN KEY'],
    [{ userId: 'nobody' }, 'FOREIGN KEY'],
  ])('snapshot: %j breaks %s', (more, constraint) => {
    const { db, camera, user } = migrated();
    expect(() => snapshotWrites(db).insertSnapshot({ ...snapshot(5, camera, user), ...more })).toThrow(
      constraint,
    );
  });

  test.each([
    [{ id: 'x' }, 'bookmarks_id_is_uuid'],
    [{ endUs: 0 }, 'bookmarks_end_after_start'],
    [{ videoFile: 'a/b.mp4' }, 'bookmarks_video_file_is_name'],
    [{ thumbnailFile: '' }, 'bookmarks_thumbnail_file_is_name'],
    [{ label: 'x'.repeat(256) }, 'bookmarks_label_length'],
    [{ source: 'dream' as 'live' }, 'bookmarks_source_is_known'],
    [{ duration: 0 }, 'bookmarks_duration_range'],
    [{ deviceId: 'nobody' }, 'FOREIGN KEY'],
    [{ userId: 'nobody' }, 'FOREIGN KEY'],
  ])('bookmark: %j breaks %s', (more, constraint) => {
    const { db, camera, user } = migrated();
    migrateTo(db, NEWEST);
    expect(() => bookmarkWrites(db).insertBookmark({ ...bookmark(5, camera, user), ...more })).toThrow(
      constraint,
    );
  });

  test('a file belongs to one row', () => {
    const { db, camera, user } = migrated();
    snapshotWrites(db).insertSnapshot(snapshot(5, camera, user));
    expect(() =>
      snapshotWrites(db).insertSnapshot({
        ...snapshot(6, camera, user),
        file: snapshot(5, camera, user).file,
      }),
    ).toThrow('UNIQUE');
  });
});
