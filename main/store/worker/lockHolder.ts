import Database from 'better-sqlite3';
import { closeSync, openSync } from 'node:fs';
import { VasError } from '../../base/errors';
import { sqliteCode } from './errors';

/** An instance that is just closing (a restart of the application) gets this long, milliseconds. */
const PATIENCE_MS = 500;

/**
 * Takes an exclusive lock on `file` and holds it until the returned connection is closed or the process ends,
 * however it ends: the lock is the operating system's. Nothing is ever written to the file.
 * @throws VasError conflict when another process, or another holder in this one, has it
 */
export function holdLock(file: string, patienceMs = PATIENCE_MS): Database.Database {
  // SQLite would create it with the permissions of the umask.
  createPrivate(file);
  const db = new Database(file, { timeout: patienceMs });
  try {
    db.pragma('locking_mode = EXCLUSIVE');
    // No journal file beside it: nothing is written that could be rolled back.
    db.pragma('journal_mode = MEMORY');
    db.exec('BEGIN EXCLUSIVE');
    return db;
  } catch (error) {
    db.close();
    const code = sqliteCode(error);
    if (code?.startsWith('SQLITE_BUSY') === true || code?.startsWith('SQLITE_LOCKED') === true)
      throw new VasError('conflict', 'already open');
    throw error;
  }
}

function createPrivate(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    // It exists: leave it alone, this process may hold the lock already.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
