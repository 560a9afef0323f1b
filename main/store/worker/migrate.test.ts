import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { migrations } from '../migrations';
import type { Migration } from '../migrations/migration';
import { NEWEST, NOW_US, databaseAt, device } from '../testing/fixtures';
import { deviceWrites } from '../queries/devices';
import { APPLICATION_ID } from './inspect';
import { migrate, pendingMigrations, versionOf } from './migrate';

const CONTEXT = { nowUs: NOW_US, userName: 'alex' };

test('records number, name and time, and marks the file as ours', () => {
  const db = databaseAt();
  expect(versionOf(db)).toBe(NEWEST);
  expect(db.pragma('application_id', { simple: true })).toBe(APPLICATION_ID);
  expect(db.prepare('SELECT * FROM schema_migrations').all()).toEqual(
    migrations.map(({ number, name }) => ({ number, name, applied_us: NOW_US })),
  );
  expect(pendingMigrations(db, migrations)).toEqual([]);
  migrate(db, migrations, CONTEXT);
  expect(versionOf(db)).toBe(NEWEST);
});

describe('a step that fails', () => {
  const good: Migration = {
    number: NEWEST + 10,
    name: 'good',
    up: (db) => void db.exec('CREATE TABLE good (x)'),
  };
  const bad: Migration = {
    number: NEWEST + 20,
    name: 'bad',
    up(db) {
      db.exec('CREATE TABLE half (x)');
      db.exec('CREATE TABLE half (x)');
    },
  };

  test('is rolled back whole; the steps before it stay', () => {
    const db = databaseAt();
    expect(() => migrate(db, [...migrations, good, bad], CONTEXT)).toThrow(
      new RegExp(
        `version ${NEWEST + 20} \\(bad\\) failed: .*half already exists.* still at version ${NEWEST + 10}`,
      ),
    );
    expect(versionOf(db)).toBe(NEWEST + 10);
    expect(db.prepare("SELECT name FROM sqlite_schema WHERE name IN ('good', 'half')").pluck().all()).toEqual(
      ['good'],
    );
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    migrate(db, [...migrations, good], CONTEXT);
  });

  test('cannot leave a broken reference behind', () => {
    const db = databaseAt();
    deviceWrites(db).createDevice(device(1, { sealedPassword: Buffer.of(1) }));
    const orphan: Migration = {
      number: NEWEST + 10,
      name: 'orphan',
      up: (target) => void target.exec('UPDATE device_secrets SET device_id = upper(device_id || 1)'),
    };
    expect(() => migrate(db, [...migrations, orphan], CONTEXT)).toThrow('1 references would be broken');
    expect(versionOf(db)).toBe(NEWEST);
  });
});

test('a table that others refer to can be rebuilt', () => {
  const db = databaseAt();
  deviceWrites(db).createDevice(device(1, { sealedPassword: Buffer.of(1) }));
  const rebuild: Migration = {
    number: NEWEST + 10,
    name: 'rebuild',
    up: (target) =>
      void target.exec(`
        DROP TRIGGER devices_are_never_removed;
        CREATE TABLE devices_new (id TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL) STRICT;
        INSERT INTO devices_new SELECT id, name FROM devices;
        DROP TABLE devices;
        ALTER TABLE devices_new RENAME TO devices;`),
  };
  migrate(db, [...migrations, rebuild], CONTEXT);
  expect(db.prepare('SELECT count(*) FROM device_secrets JOIN devices ON id = device_id').pluck().get()).toBe(
    1,
  );
});

test('another history is a conflict', () => {
  const db = databaseAt();
  db.prepare("UPDATE schema_migrations SET name = 'other' WHERE number = 30").run();
  expect(() => pendingMigrations(db, migrations)).toThrow(
    expect.objectContaining({ kind: 'conflict', message: expect.stringContaining('30 other') as string }),
  );
});

test('a step that an earlier build did not have yet follows later, and what is there stays', () => {
  for (const missing of [60, 120]) {
    // As that build made it: without one of the steps in the middle.
    const db = new Database(':memory:');
    migrate(
      db,
      migrations.filter(({ number }) => number !== missing && number < 150),
      CONTEXT,
    );
    deviceWrites(db).createDevice(device(1));
    expect(pendingMigrations(db, migrations)[0]?.number).toBe(missing);
    migrate(db, migrations, CONTEXT);
    expect(versionOf(db)).toBe(NEWEST);
    expect(pendingMigrations(db, migrations)).toEqual([]);
    expect(db.prepare('SELECT count(*) FROM devices').pluck().get()).toBe(1);
    expect(schemaOf(db), String(missing)).toEqual(schemaOf(databaseAt()));
  }
});

test('a version that no step has written is a conflict', () => {
  const db = databaseAt();
  db.pragma('user_version = 25');
  expect(() => pendingMigrations(db, migrations)).toThrow(expect.objectContaining({ kind: 'conflict' }));
});

function schemaOf(db: Database.Database): unknown[] {
  return db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all();
}
