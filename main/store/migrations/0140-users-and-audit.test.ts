import type Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { auditReads, auditWrites } from '../queries/audit';
import { NOW_US, databaseAt, insertCamera, migrateTo, snapshot, uuid } from '../testing/fixtures';
import { migrate } from '../worker/migrate';
import { migrations } from '.';

const mode = (db: Database.Database) =>
  db.prepare("SELECT value FROM settings WHERE key = 'users.mode'").pluck().get();

test('a workstation that was used goes on without signing in; a new one is asked', () => {
  expect(mode(databaseAt(140))).toBeUndefined();
  const old = databaseAt(100);
  migrate(
    old,
    migrations.filter(({ number }) => number <= 140),
    { nowUs: NOW_US + 1, userName: 'alex' },
  );
  expect(mode(old)).toBe('single');
});

test('keeps the local operator, who becomes an administrator, and what refers to it', () => {
  const db = databaseAt(100);
  const camera = insertCamera(db, 1);
  const user = String(db.prepare('SELECT id FROM users').pluck().get());
  const row = snapshot(3, camera, user);
  db.prepare(
    `INSERT INTO snapshots (id, device_id, file, timestamp_us, source, bytes, width, height, user_id, created_us)
     VALUES (@id, @deviceId, @file, @timestampUs, @source, @bytes, @width, @height, @userId, @createdUs)`,
  ).run(row);
  migrateTo(db, 140);
  expect(db.prepare('SELECT id, name, role, access FROM users').all()).toEqual([
    { id: user, name: 'alex', role: 'administrator', access: 'all' },
  ]);
  expect(db.pragma('foreign_key_check')).toEqual([]);
  expect(() => db.prepare('DELETE FROM users').run()).toThrow('FOREIGN KEY');
});

test.each([
  ["UPDATE users SET role = 'owner'", 'role_is_known'],
  ["UPDATE users SET password = 'plain'", 'password_is_argon2id'],
  ["UPDATE users SET access = 'none'", 'access_is_known'],
  ["UPDATE users SET deleted_us = 1, password = '$argon2id$x'", 'deleted_without_password'],
  [`INSERT INTO users (id, name, role, created_us) VALUES ('${uuid(9)}', 'ALEX', 'viewer', 1)`, 'UNIQUE'],
])('%s breaks %s', (sql, constraint) => {
  expect(() => databaseAt(140).exec(sql)).toThrow(constraint);
});

test('the audit log can only grow, one after the other', () => {
  const db = databaseAt(140);
  const entry = {
    ...{ timeUs: 5, userId: null, userName: 'alex', action: 'a', objectKind: null, objectId: null },
    ...{ cameras: [uuid(1)], detail: {}, outcome: 'done' as const },
  };
  auditWrites(db).appendAudit([entry, entry]);
  expect(() => db.exec("UPDATE audit_log SET user_name = 'x'")).toThrow('never changed');
  expect(() => db.exec('DELETE FROM audit_log WHERE seq = 2')).toThrow('never shortened');
  expect(() =>
    db.exec(
      `INSERT INTO audit_log SELECT 4, time_us, user_id, user_name, action, object_kind, object_id, cameras,
         detail, outcome, hash, hash FROM audit_log WHERE seq = 2`,
    ),
  ).toThrow('does not follow');
  expect(auditReads(db).verifyAudit(null)).toMatchObject({ checked: { seq: 2 }, broken: null, isDone: true });
});
