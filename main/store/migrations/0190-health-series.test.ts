import type Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { databaseAt } from '../testing/fixtures';

function migrated(): Database.Database {
  const db = databaseAt(190);
  db.prepare(`INSERT INTO health_layouts VALUES (1, '["cpu_percent"]')`).run();
  return db;
}

const insert = (db: Database.Database, more: object = {}) =>
  db
    .prepare('INSERT INTO health_minutes VALUES (@at_s, @layout_id, @samples)')
    .run({ at_s: 1_800_000_000, layout_id: 1, samples: Buffer.alloc(4), ...more });

test('a minute is kept once', () => {
  const db = migrated();
  insert(db);
  expect(() => insert(db)).toThrow('UNIQUE');
});

test.each([
  [{ at_s: 1_800_000_001 }, 'at_s_is_minute'],
  [{ at_s: -60 }, 'at_s_is_minute'],
  [{ layout_id: 7 }, 'FOREIGN KEY'],
  [{ samples: Buffer.alloc(3) }, 'samples_are_floats'],
])('%j breaks %s', (more, constraint) => {
  expect(() => insert(migrated(), more)).toThrow(constraint);
});

test('names are a list', () => {
  expect(() => migrated().prepare(`INSERT INTO health_layouts VALUES (2, '{}')`).run()).toThrow(
    'names_are_list',
  );
});
