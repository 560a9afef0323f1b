import Database from 'better-sqlite3';
import { VasError } from '../../base/errors';

/** How long SQLite waits for a lock before SQLITE_BUSY, milliseconds. Ours are held for far less. */
const BUSY_TIMEOUT_MS = 5_000;
/** Page cache, KiB: the writer touches the newest pages only, a reader whole days of an index. */
const WRITER_CACHE_KIB = 8_192;
const READER_CACHE_KIB = 16_384;
/** Pages of 4 KiB in the log before a commit copies them back: about 8 MiB. */
const WAL_AUTOCHECKPOINT_PAGES = 2_000;
/** The log file shrinks to this after a checkpoint, bytes. */
const JOURNAL_SIZE_LIMIT = 16 * 1024 * 1024;

/**
 * The one connection that writes.
 * @throws VasError unavailable where write-ahead logging is impossible (network file systems)
 */
export function openWriter(file: string): Database.Database {
  const db = new Database(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    if (db.pragma('journal_mode = WAL', { simple: true }) !== 'wal')
      throw new VasError(
        'unavailable',
        'The data folder is on a file system that the database cannot use safely (no write-ahead log). Choose a folder on a local disk.',
      );
    // FULL, not NORMAL: a segment row is the only witness that a recorded file is evidence and not debris.
    // After a power cut the row must be there when its insertion was acknowledged (architecture, Storage).
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    // An erased password is overwritten with zeros, not only unlinked.
    db.pragma('secure_delete = ON');
    db.pragma(`cache_size = -${WRITER_CACHE_KIB}`);
    db.pragma(`wal_autocheckpoint = ${WAL_AUTOCHECKPOINT_PAGES}`);
    db.pragma(`journal_size_limit = ${JOURNAL_SIZE_LIMIT}`);
    db.pragma('temp_store = MEMORY');
    db.pragma('trusted_schema = OFF');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** A connection that cannot write: opened read-only, and told so a second time. */
export function openReader(file: string): Database.Database {
  const db = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  try {
    db.pragma('query_only = ON');
    db.pragma(`cache_size = -${READER_CACHE_KIB}`);
    db.pragma('temp_store = MEMORY');
    db.pragma('trusted_schema = OFF');
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Refreshes the planner's statistics, moves the log into the database and closes. The readers are closed before. */
export function closeWriter(db: Database.Database): void {
  try {
    db.pragma('optimize');
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.close();
  }
}

/**
 * Empties the log, so that what was erased does not live on there. Best effort: a reader in the middle of a
 * long query keeps its pages, and a full disk all of them; they go with the next checkpoint.
 */
export function scrubLog(db: Database.Database): void {
  // Inside a larger transaction: its end does it.
  if (db.inTransaction) return;
  db.pragma('busy_timeout = 100');
  try {
    db.pragma('wal_checkpoint(TRUNCATE)');
  } catch {
    // What was asked for is committed: to say that it failed would be wrong.
  } finally {
    db.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  }
}
