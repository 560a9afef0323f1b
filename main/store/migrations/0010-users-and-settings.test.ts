import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { NOW_US, databaseAt, uuid } from '../testing/fixtures';
import { migrate } from '../worker/migrate';
import { usersAndSettings } from './0010-users-and-settings';

test('makes one operator with a random UUID and the name of the person', () => {
  const [first, second] = [databaseAt(10), databaseAt(10)].map((db) =>
    db.prepare<[], Record<string, unknown>>('SELECT * FROM users').all(),
  );
  expect(first).toEqual([
    {
      id: expect.stringMatching(
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      ) as string,
      name: 'alex',
      role: 'operator',
      created_us: NOW_US,
    },
  ]);
  expect(second?.[0]?.id).not.toBe(first?.[0]?.id);
});

test.each([
  ['   ', 'operator'],
  [' Alex  ', 'Alex'],
  ['x'.repeat(400), 'x'.repeat(255)],
])('takes the name %j as %j', (userName, name) => {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  migrate(db, [usersAndSettings], { nowUs: 1, userName });
  expect(db.prepare('SELECT name FROM users').pluck().get()).toBe(name);
});

test('holds its invariants', () => {
  const db = databaseAt(10);
  const user = db.prepare('INSERT INTO users (id, name, role, created_us) VALUES (?, ?, ?, ?)');
  expect(() => user.run('not-a-uuid', 'x', 'operator', 1)).toThrow('users_id_is_uuid');
  expect(() => user.run(uuid(1).replace('8', 'A'), 'x', 'operator', 1)).toThrow('users_id_is_uuid');
  expect(() => user.run(uuid(1), '', 'operator', 1)).toThrow('users_name_length');
  expect(() => user.run(uuid(1), 'x', 'admin', 1)).toThrow('users_role_is_known');
  expect(() => user.run(uuid(1), 'x', 'operator', -1)).toThrow('users_created_us_range');
  expect(() => user.run(uuid(1), 'x', 'operator', 1.5)).toThrow('cannot store REAL');
  const setting = db.prepare('INSERT INTO settings (key, value, updated_us) VALUES (?, ?, ?)');
  expect(() => setting.run('', 'x', 1)).toThrow('settings_key_length');
  setting.run('a', 'x', 1);
  expect(() => setting.run('a', 'y', 1)).toThrow('UNIQUE');
});
