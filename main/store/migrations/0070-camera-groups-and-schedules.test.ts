import type Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { databaseAt, insertCamera, migrateTo, uuid } from '../testing/fixtures';

function withCamera(version: number): Database.Database {
  const db = databaseAt(version);
  insertCamera(db, 1);
  return db;
}

const addGroup = (db: Database.Database, id: string, name: string) =>
  db.prepare('INSERT INTO camera_groups VALUES (?, ?, 1, 1)').run(id, name);

test('keeps the cameras there were; they are in no group and always recorded', () => {
  const db = withCamera(40);
  migrateTo(db, 70);
  expect(db.prepare('SELECT name FROM devices').pluck().all()).toEqual(['Camera 1']);
  for (const table of ['camera_groups', 'camera_group_members', 'recording_schedules', 'camera_faults'])
    expect(db.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0);
});

describe('invariants', () => {
  test('names of groups are unique whatever their case, and of a length', () => {
    const db = withCamera(70);
    addGroup(db, uuid(7), 'Gates');
    expect(() => addGroup(db, uuid(8), 'GATES')).toThrow('UNIQUE');
    expect(() => addGroup(db, uuid(8), '')).toThrow('camera_groups_name_length');
    expect(() => addGroup(db, uuid(8), 'x'.repeat(65))).toThrow('camera_groups_name_length');
    expect(() => addGroup(db, 'UPPER', 'Doors')).toThrow('camera_groups_id_is_uuid');
  });

  test('a camera is a member once, and of groups that exist; a group takes its memberships with it', () => {
    const db = withCamera(70);
    addGroup(db, uuid(7), 'Gates');
    const join = db.prepare('INSERT INTO camera_group_members VALUES (?, ?)');
    join.run(uuid(7), uuid(1));
    expect(() => join.run(uuid(7), uuid(1))).toThrow('UNIQUE');
    expect(() => join.run(uuid(8), uuid(1))).toThrow('FOREIGN KEY');
    expect(() => join.run(uuid(7), uuid(2))).toThrow('FOREIGN KEY');
    db.prepare('DELETE FROM camera_groups').run();
    expect(db.prepare('SELECT count(*) FROM camera_group_members').pluck().get()).toBe(0);
  });

  test.each(['', '1'.repeat(335), '1'.repeat(337), '2'.repeat(336)])('a week is not %j', (week) => {
    const db = withCamera(70);
    expect(() => db.prepare('INSERT INTO recording_schedules VALUES (?, ?)').run(uuid(1), week)).toThrow(
      'recording_schedules_week_form',
    );
  });
});
