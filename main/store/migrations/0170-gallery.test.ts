import { describe, expect, test } from 'vitest';
import { databaseAt, insertCamera, migrateTo, NOW_US, uuid } from '../testing/fixtures';

function migrated() {
  const db = databaseAt(100);
  const camera = insertCamera(db, 1);
  const user = String(db.prepare('SELECT id FROM users').pluck().get());
  db.prepare(
    `INSERT INTO snapshots (id, device_id, file, timestamp_us, source, bytes, width, height, user_id, created_us)
     VALUES (?, ?, 'a.jpg', ?, 'live', 1, 1, 1, ?, ?)`,
  ).run(uuid(5), camera, NOW_US, user, NOW_US);
  db.prepare(
    `INSERT INTO bookmarks (id, device_id, center_us, start_us, end_us, video_file, thumbnail_file, label, source,
       duration_seconds, bytes, user_id, created_us, updated_us)
     VALUES (?, ?, ?, ?, ?, 'a.mp4', NULL, 'Gate', 'live', 1, 1, ?, ?, ?)`,
  ).run(uuid(6), camera, NOW_US, NOW_US, NOW_US + 1, user, NOW_US, NOW_US);
  migrateTo(db, 170);
  return db;
}

test('keeps what was captured before', () => {
  const db = migrated();
  expect(db.prepare('SELECT id, label, notes, updated_us FROM snapshots').raw().get()).toEqual([
    ...[uuid(5), null, null, 0],
  ]);
  expect(db.prepare('SELECT id, label, notes FROM bookmarks').raw().get()).toEqual([uuid(6), 'Gate', null]);
});

describe('invariants', () => {
  test.each([
    ['UPDATE snapshots SET label = ?', 'x'.repeat(256), 'snapshots_label_length'],
    ['UPDATE snapshots SET notes = ?', 'x'.repeat(4001), 'snapshots_notes_length'],
    ['UPDATE bookmarks SET notes = ?', 'x'.repeat(4001), 'bookmarks_notes_length'],
    ["INSERT INTO capture_tags VALUES ('a', ?)", '', 'capture_tags_length'],
    ["INSERT INTO capture_tags VALUES ('a', ?)", 'x'.repeat(65), 'capture_tags_length'],
  ])('%s', (sql, value, constraint) => {
    const db = migrated();
    expect(() => db.prepare(sql).run(value)).toThrow(constraint);
  });

  test('a tag differs by more than its case, and goes with its capture', () => {
    const db = migrated();
    const tag = db.prepare('INSERT INTO capture_tags VALUES (?, ?)');
    tag.run(uuid(5), 'Theft');
    expect(() => tag.run(uuid(5), 'THEFT')).toThrow('UNIQUE');
    tag.run(uuid(6), 'theft');
    db.prepare('DELETE FROM snapshots').run();
    expect(db.prepare('SELECT capture_id FROM capture_tags').pluck().all()).toEqual([uuid(6)]);
    db.prepare('DELETE FROM bookmarks').run();
    expect(db.prepare('SELECT count(*) FROM capture_tags').pluck().get()).toBe(0);
  });
});
