import Database from 'better-sqlite3';
import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { migrations } from '../migrations';
import type { Migration } from '../migrations/migration';
import { deviceReads } from '../queries/devices';
import { NEWEST, NOW_US, insertCamera, temporaryFolder } from '../testing/fixtures';
import { closeWriter } from './connection';
import { versionOf } from './migrate';
import { openForWriting } from './open';

let folder = '';
let file = '';
beforeEach(async () => {
  folder = await temporaryFolder();
  file = path.join(folder, 'vas.db');
});

const open = (steps?: readonly Migration[]) =>
  openForWriting(
    { role: 'writer', database: 'vas', file, first: true, userName: 'alex', nowUs: NOW_US },
    steps,
  );

const content = (name: string): string => readFileSync(name).toString('base64');

const upTo = (number: number) => migrations.filter((migration) => migration.number <= number);

function create(steps = migrations): void {
  closeWriter(open(steps).db);
}

/** The database with a row only in its log, as a killed process leaves it. */
function leaveLog(sql: string): void {
  const { db } = open();
  db.exec(sql);
  copyFileSync(file, `${file}.kept`);
  copyFileSync(`${file}-wal`, `${file}-wal.kept`);
  closeWriter(db);
  copyFileSync(`${file}.kept`, file);
  copyFileSync(`${file}-wal.kept`, `${file}-wal`);
}

describe('a new database', () => {
  test('is private, in WAL, fully synchronous, and leaves one file when closed', () => {
    const { db, migrated } = open();
    expect(migrated).toEqual({ from: 0, to: NEWEST, backup: null });
    for (const name of ['vas.db', 'vas.db-wal', 'vas.db-shm'])
      expect(statSync(path.join(folder, name)).mode & 0o777).toBe(0o600);
    const pragma = (name: string): unknown => db.pragma(name, { simple: true });
    expect(
      ['journal_mode', 'synchronous', 'foreign_keys', 'secure_delete', 'busy_timeout'].map(pragma),
    ).toEqual(['wal', 2, 1, 1, 5000]);
    closeWriter(db);
    expect(readdirSync(folder)).toEqual(['vas.db']);
  });

  test('is completed when its creation was interrupted', () => {
    writeFileSync(file, '');
    create();
    const bare = new Database(path.join(folder, 'bare.db'));
    bare.pragma('journal_mode = WAL');
    bare.close();
    copyFileSync(path.join(folder, 'bare.db'), file);
    const { db, migrated } = open();
    expect(migrated).toEqual({ from: 0, to: NEWEST, backup: null });
    closeWriter(db);
  });
});

describe('migrating an existing database', () => {
  test('keeps a copy of what was before, with its data and its log', () => {
    const { db: old } = open(upTo(20));
    insertCamera(old, 1);
    closeWriter(old);
    const { db, migrated } = open();
    expect(migrated).toEqual({ from: 20, to: NEWEST, backup: `${file}.before-${NEWEST}` });
    expect(deviceReads(db).listDevices().total).toBe(1);
    closeWriter(db);
    expect(statSync(`${file}.before-${NEWEST}`).mode & 0o777).toBe(0o600);
    const copy = new Database(`${file}.before-${NEWEST}`, { readonly: true });
    expect(versionOf(copy)).toBe(20);
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(copy.prepare('SELECT name FROM devices').pluck().all()).toEqual(['Camera 1']);
    copy.close();
  });

  test('keeps the last two copies', () => {
    for (const number of [10, 20, 30, 40]) create(upTo(number));
    expect(readdirSync(folder).sort()).toEqual(['vas.db', 'vas.db.before-30', 'vas.db.before-40']);
  });

  test('makes no copy when there is nothing to do', () => {
    create();
    create();
    expect(readdirSync(folder)).toEqual(['vas.db']);
  });

  test('does not begin without its copy', () => {
    create(upTo(30));
    const before = content(file);
    // A folder in the place of the copy: the rename fails, as it would on a full disk earlier.
    const target = path.join(folder, `vas.db.before-${NEWEST}`);
    expect(() => {
      mkdirSync(target);
      open();
    }).toThrow(
      expect.objectContaining({ kind: 'unavailable', message: expect.stringContaining(target) as string }),
    );
    expect(content(file)).toBe(before);
  });
});

describe('a database that is not ours to open', () => {
  test('a newer one is refused, named with both versions, and not touched', () => {
    create();
    const db = new Database(file);
    db.pragma('user_version = 1230');
    db.close();
    const before = content(file);
    expect(() => open()).toThrow(
      expect.objectContaining({
        kind: 'conflict',
        message: expect.stringMatching(
          new RegExp(`vas\\.db has version 1230.* up to ${NEWEST}.* use the newer application`, 's'),
        ) as string,
        details: { file, version: 1230, supported: NEWEST },
      }),
    );
    expect(content(file)).toBe(before);
    expect(readdirSync(folder)).toEqual(['vas.db']);
  });

  test('a newer one whose version is only in its log is refused; neither file changes', () => {
    leaveLog(`PRAGMA user_version = ${NEWEST + 10}`);
    const before = [content(file), content(`${file}-wal`)];
    expect(() => open()).toThrow(expect.objectContaining({ kind: 'conflict' }));
    expect([content(file), content(`${file}-wal`)]).toEqual(before);
  });

  test("another application's is refused and not touched", () => {
    const db = new Database(file);
    db.exec('CREATE TABLE notes (x)');
    db.close();
    const before = content(file);
    expect(() => open()).toThrow(
      expect.objectContaining({
        kind: 'conflict',
        message: expect.stringContaining('another application') as string,
      }),
    );
    expect(content(file)).toBe(before);
  });
});

test('what a killed process left in the log is there', () => {
  leaveLog("INSERT INTO settings VALUES ('a', 'b', 1)");
  const { db } = open();
  expect(db.prepare('SELECT value FROM settings').pluck().all()).toEqual(['b']);
  closeWriter(db);
});

describe('a damaged database is unavailable, said clearly, never changed or deleted', () => {
  const refused = expect.objectContaining({
    kind: 'unavailable',
    message: expect.stringMatching(/vas\.db.*(damaged|not a database)/) as string,
  }) as Error;

  test.each([
    ['text in its place', () => writeFileSync(file, 'x'.repeat(5000))],
    ['a few bytes', () => writeFileSync(file, 'x')],
    ['cut short', () => (create(), truncateSync(file, 3 * 4096))],
    [
      'pages overwritten',
      () => {
        create();
        const bytes = readFileSync(file);
        bytes.fill(0xa5, 4096, bytes.length);
        writeFileSync(file, bytes);
      },
    ],
  ])('%s', (_name, damage) => {
    damage();
    const before = content(file);
    expect(() => open()).toThrow(refused);
    expect(content(file)).toBe(before);
  });

  test('a log without its database', () => {
    leaveLog(`PRAGMA user_version = ${NEWEST}`);
    truncateSync(file, 0);
    const before = content(`${file}-wal`);
    expect(() => open()).toThrow(expect.objectContaining({ kind: 'unavailable' }));
    expect(content(`${file}-wal`)).toBe(before);
  });
});
