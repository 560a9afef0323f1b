import type Database from 'better-sqlite3';
import { closeSync, openSync } from 'node:fs';
import { VasError, messageOf } from '../../base/errors';
import { migrations } from '../migrations';
import type { Migration } from '../migrations/migration';
import type { MigrationReport, WorkerSetup } from '../protocol';
import { backupBefore } from './backup';
import { openReader, openWriter } from './connection';
import { sqliteCode } from './errors';
import { inspect, sizeOf } from './inspect';
import { migrate, pendingMigrations, versionOf } from './migrate';

/** Up to this size the whole structure of a database is checked when it is opened, bytes: some 20 ms. */
const CHECKED_BYTES = 16 * 1024 * 1024;

export interface OpenedWriter {
  readonly db: Database.Database;
  readonly migrated: MigrationReport | null;
}

/**
 * Opens the database for writing: inspected first, copied before it is migrated.
 * @param steps the migrations to bring it to; tests pass fewer or failing ones
 * @throws VasError unavailable (damaged, disk), conflict (newer or foreign database)
 */
export function openForWriting(
  setup: Extract<WorkerSetup, { role: 'writer' }>,
  steps: readonly Migration[] = migrations,
): OpenedWriter {
  const { file } = setup;
  if (!setup.first) return { db: openWriter(file), migrated: null };
  const supported = steps.at(-1)?.number ?? 0;
  const { version, exists } = inspect(file, supported);
  // SQLite would create it with the permissions of the umask; log and index inherit the file's.
  if (!exists) closeSync(openSync(file, 'a', 0o600));
  else checkStructure(file);
  const db = openWriter(file);
  try {
    let migrated: MigrationReport | null = null;
    if (pendingMigrations(db, steps).length > 0) {
      const backup = exists ? backupBefore(db, file, supported) : null;
      migrate(db, steps, setup);
      migrated = { from: version, to: versionOf(db), backup };
    }
    return { db, migrated };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Damage is found now rather than in the middle of a recording; large databases find it when they meet it. */
function checkStructure(file: string): void {
  if (sizeOf(file) > CHECKED_BYTES) return;
  let db: Database.Database | null = null;
  try {
    // Reading only: a writing connection would move the log into a damaged file when it closes.
    db = openReader(file);
    const finding: unknown = db.pragma('quick_check(1)', { simple: true });
    if (finding !== 'ok') throw damaged(file, String(finding));
  } catch (error) {
    throw sqliteCode(error)?.startsWith('SQLITE_CORRUPT') === true ? damaged(file, messageOf(error)) : error;
  } finally {
    db?.close();
  }
}

function damaged(file: string, finding: string): VasError {
  return new VasError(
    'unavailable',
    `The database ${file} is damaged (${finding}). Nothing was changed: keep a copy of the data folder and restore a backup of the file.`,
    { details: { file, code: 'SQLITE_CORRUPT' } },
  );
}
