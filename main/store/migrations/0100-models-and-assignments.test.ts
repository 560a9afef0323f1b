import type Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { databaseAt, migrateTo, uuid } from '../testing/fixtures';

function migrated(): Database.Database {
  const db = databaseAt(70);
  db.prepare(
    `INSERT INTO devices (id, name, rtsp_url, transport, is_active, recording, created_us, updated_us)
     VALUES (?, 'Gate', 'rtsp://192.0.2.1/1', 'tcp', 1, 1, 0, 0)`,
  ).run(uuid(1));
  migrateTo(db, 100);
  db.prepare(
    `INSERT INTO ai_models (model_id, name, version, created_us, updated_us) VALUES ('people', 'P', '1', 0, 0)`,
  ).run();
  return db;
}

const row = {
  ...{ id: uuid(5), camera_id: uuid(1), model_id: 'people', enabled: 1, desired_fps: 5, priority: null },
  ...{ parameters: null, rules: '{}', created_us: 0, updated_us: 0 },
} as const;
const insert = (db: Database.Database, more: object = {}) =>
  db
    .prepare(
      `INSERT INTO ai_model_assignments VALUES
       (@id, @camera_id, @model_id, @enabled, @desired_fps, @priority, @parameters, @rules, @created_us, @updated_us)`,
    )
    .run({ ...row, ...more });

test('keeps the cameras', () => {
  expect(migrated().prepare('SELECT name FROM devices').pluck().all()).toEqual(['Gate']);
});

describe('invariants', () => {
  test.each([
    [{ id: 'x' }, 'id_is_uuid'],
    [{ camera_id: uuid(9) }, 'FOREIGN KEY'],
    [{ model_id: 'other' }, 'FOREIGN KEY'],
    [{ desired_fps: 0 }, 'fps_range'],
    [{ desired_fps: 31 }, 'fps_range'],
    [{ priority: 101 }, 'priority_range'],
    [{ parameters: '[]' }, 'parameters_are_object'],
    [{ rules: 'no json' }, 'malformed JSON'],
    [{ rules: '1' }, 'rules_are_object'],
  ])('%j breaks %s', (more, constraint) => {
    expect(() => insert(migrated(), more)).toThrow(constraint);
  });

  test('a camera has a model once', () => {
    const db = migrated();
    insert(db);
    expect(() => insert(db, { id: uuid(6) })).toThrow('UNIQUE');
  });

  test.each(['', 'Upper', '-dash', 'a/b', '..', 'x'.repeat(49)])('%j is no model id', (id) => {
    expect(() =>
      migrated()
        .prepare(
          'INSERT INTO ai_models (model_id, name, version, created_us, updated_us) VALUES (?, ?, ?, 0, 0)',
        )
        .run(id, 'n', '1'),
    ).toThrow('ai_models_id_form');
  });
});
