import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { VasError } from '../../base/errors';
import { temporaryFolder } from '../testing/fixtures';
import { fromWire } from '../wire';
import { toWire } from './errors';

function wireOf(run: () => unknown): ReturnType<typeof toWire> {
  try {
    run();
  } catch (error) {
    return toWire(error);
  }
  throw new Error('did not throw');
}

function memory(sql: string): Database.Database {
  const db = new Database(':memory:');
  onTestFinished(() => void db.close());
  db.exec(sql);
  return db;
}

test('a full disk is unavailable, with SQLite meeting its page limit for real', () => {
  const db = memory('CREATE TABLE t (x BLOB); PRAGMA max_page_count = 3');
  const error = wireOf(() => db.prepare('INSERT INTO t VALUES (zeroblob(100000))').run());
  expect(error).toMatchObject({ kind: 'unavailable', details: { code: 'SQLITE_FULL' } });
  expect(error.message).toContain('Free some space');
});

test('a locked database is unavailable', async () => {
  const file = `${await temporaryFolder()}/x.db`;
  const [one, two] = [new Database(file), new Database(file, { timeout: 0 })];
  onTestFinished(() => void one.close());
  onTestFinished(() => void two.close());
  one.exec('BEGIN EXCLUSIVE');
  expect(wireOf(() => two.exec('CREATE TABLE t (x)'))).toMatchObject({
    kind: 'unavailable',
    message: expect.stringContaining('locked by another program') as string,
  });
});

test('writing on a reading connection is unavailable', () => {
  const db = memory('CREATE TABLE t (x); PRAGMA query_only = ON');
  expect(wireOf(() => db.exec('INSERT INTO t VALUES (1)'))).toMatchObject({
    kind: 'unavailable',
    message: expect.stringContaining('read-only') as string,
  });
});

test('constraints: unique is a conflict, a missing reference not_found, the rest invalid', () => {
  const db = memory(`PRAGMA foreign_keys = ON;
    CREATE TABLE p (id INTEGER PRIMARY KEY, u TEXT UNIQUE, n TEXT CONSTRAINT n_short CHECK (length(n) < 3));
    CREATE TABLE c (p INTEGER REFERENCES p (id));
    INSERT INTO p VALUES (1, 'a', 'b');`);
  expect(wireOf(() => db.exec("INSERT INTO p VALUES (2, 'a', 'b')")).kind).toBe('conflict');
  expect(wireOf(() => db.exec("INSERT INTO p VALUES (1, 'c', 'b')")).kind).toBe('conflict');
  expect(wireOf(() => db.exec('INSERT INTO c VALUES (7)')).kind).toBe('not_found');
  expect(wireOf(() => db.exec("INSERT INTO p VALUES (3, 'c', 'long')"))).toMatchObject({
    kind: 'invalid',
    message: expect.stringContaining('n_short') as string,
  });
});

test.each([
  ['SQLITE_IOERR_FSYNC', 'unavailable', 'Check the disk'],
  ['SQLITE_READONLY_DBMOVED', 'unavailable', 'read-only'],
  ['SQLITE_CORRUPT_INDEX', 'unavailable', 'damaged'],
  ['SQLITE_NOTADB', 'unavailable', 'not a database'],
  ['SQLITE_BUSY_SNAPSHOT', 'unavailable', 'locked'],
  ['SQLITE_CANTOPEN_ISDIR', 'unavailable', 'could not be opened'],
  ['SQLITE_CONSTRAINT_TRIGGER', 'conflict', 'Not possible: text $& of SQLite.'],
  ['SQLITE_ERROR', 'internal', 'text $& of SQLite'],
])('%s is %s', (code, kind, text) => {
  const error = toWire(new Database.SqliteError('text $& of SQLite', code));
  expect(error).toMatchObject({ kind, details: { code } });
  expect(error.message).toContain(text);
});

test('a VasError survives the crossing, anything else is internal', () => {
  const error = fromWire(toWire(new VasError('not_found', 'gone', { details: { id: 'x' } })));
  expect(error).toBeInstanceOf(VasError);
  expect(error).toMatchObject({ kind: 'not_found', message: 'gone', details: { id: 'x' } });
  expect(toWire(new TypeError('oops'))).toEqual({ kind: 'internal', message: 'The store failed: oops' });
});
