import type Database from 'better-sqlite3';
import { closeSync, fsyncSync, openSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { VasError, messageOf } from '../../base/errors';

/** Copies kept beside the database. */
const KEEP = 2;

/**
 * Copies the whole database, log included, to `<file>.before-<version>` before it is migrated to `version`,
 * and removes all but the newest two such copies. A copy holds the sealed passwords of its day.
 * @returns the path of the copy
 * @throws VasError unavailable when it cannot be written; the migration must not start then
 */
export function backupBefore(db: Database.Database, file: string, version: number): string {
  const target = `${file}.before-${version}`;
  const unfinished = `${target}.part`;
  try {
    rmSync(unfinished, { force: true });
    // Created first: SQLite would give it the permissions of the umask.
    closeSync(openSync(unfinished, 'wx', 0o600));
    db.prepare('VACUUM INTO ?').run(unfinished);
    sync(unfinished);
    renameSync(unfinished, target);
    if (process.platform !== 'win32') sync(path.dirname(file));
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw new VasError(
      'unavailable',
      `The database must be upgraded, but the copy ${target} could not be written first (${messageOf(error)}). ` +
        'Nothing was changed: make room in the data folder and start again.',
      { cause: error },
    );
  }
  removeOld(file);
  return target;
}

function sync(target: string): void {
  const fd = openSync(target, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function removeOld(file: string): void {
  const prefix = `${path.basename(file)}.before-`;
  const copies = readdirSync(path.dirname(file))
    .filter((name) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)))
    .sort((a, b) => Number(b.slice(prefix.length)) - Number(a.slice(prefix.length)));
  for (const name of copies.slice(KEEP)) rmSync(path.join(path.dirname(file), name), { force: true });
}
