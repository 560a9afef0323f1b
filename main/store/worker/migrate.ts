import type Database from 'better-sqlite3';
import { VasError } from '../../base/errors';
import type { Migration, MigrationContext } from '../migrations/migration';
import { toWire } from './errors';
import { APPLICATION_ID } from './inspect';

const LEDGER = `
CREATE TABLE IF NOT EXISTS schema_migrations (
  -- As in the migration's file name; the largest one is PRAGMA user_version.
  number INTEGER NOT NULL PRIMARY KEY,
  -- What it does, as in the file name.
  name TEXT NOT NULL,
  -- Microseconds since the epoch, UTC.
  applied_us INTEGER NOT NULL
) STRICT;
`;

/** Schema version of an open database. */
export function versionOf(db: Database.Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/**
 * Those of `migrations` that `db` does not have yet, lowest number first. One below its version is among them when the
 * build that wrote it did not know that one: each stands for itself, so that it can follow later.
 * @throws VasError conflict when something was done to it that is not known here
 */
export function pendingMigrations(
  db: Database.Database,
  migrations: readonly Migration[],
): readonly Migration[] {
  const applied = appliedMigrations(db);
  const known = new Map(migrations.map(({ number, name }) => [number, name]));
  const strange = applied.filter(({ number, name }) => known.get(number) !== name);
  const isUnrecorded = versionOf(db) !== (applied.at(-1)?.number ?? 0);
  if (strange.length > 0 || isUnrecorded)
    throw new VasError(
      'conflict',
      `The database was made by another edition of the application: its migrations (${list(applied)}) are not those known here (${list(migrations)}). Use the application that made it.`,
    );
  const done = new Set(applied.map(({ number }) => number));
  return migrations.filter(({ number }) => !done.has(number));
}

/**
 * Brings `db` to the newest version, each step in a transaction of its own: what succeeded stays.
 * @throws VasError naming the step that failed
 */
export function migrate(
  db: Database.Database,
  migrations: readonly Migration[],
  context: MigrationContext,
): void {
  // Unenforced while tables are rebuilt, as SQLite's procedure for altering tables wants; checked below.
  db.pragma('foreign_keys = OFF');
  try {
    for (const migration of pendingMigrations(db, migrations)) apply(db, migration, context);
  } finally {
    db.pragma('foreign_keys = ON');
  }
}

function apply(db: Database.Database, migration: Migration, context: MigrationContext): void {
  const before = versionOf(db);
  try {
    db.transaction(() => {
      db.exec(LEDGER);
      db.pragma(`application_id = ${APPLICATION_ID}`);
      migration.up(db, context);
      db.prepare('INSERT INTO schema_migrations (number, name, applied_us) VALUES (?, ?, ?)').run(
        migration.number,
        migration.name,
        context.nowUs,
      );
      const broken = db.pragma('foreign_key_check') as unknown[];
      if (broken.length > 0) throw new VasError('internal', `${broken.length} references would be broken`);
      db.pragma(`user_version = ${Math.max(before, migration.number)}`);
    }).immediate();
  } catch (error) {
    const { kind, message, details } = toWire(error);
    throw new VasError(
      kind,
      `Upgrading the database to version ${migration.number} (${migration.name}) failed: ${message} It is still at version ${before}.`,
      { cause: error, details },
    );
  }
}

interface Applied {
  readonly number: number;
  readonly name: string;
}

function appliedMigrations(db: Database.Database): readonly Applied[] {
  const exists = db
    .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migrations'")
    .get();
  if (!exists) return [];
  return db.prepare('SELECT number, name FROM schema_migrations ORDER BY number').all() as Applied[];
}

function list(applied: readonly Applied[]): string {
  return applied.map(({ number, name }) => `${number} ${name}`).join(', ') || 'none';
}
