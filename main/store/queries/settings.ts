import type Database from 'better-sqlite3';
import { VasError } from '../../base/errors';
import type { UserRow } from '../types';
import type { ReadPart, WritePart } from './part';

export function settingReads(
  db: Database.Database,
): ReadPart<'sqliteVersion' | 'localUser' | 'getSetting' | 'listSettings'> {
  const user = db.prepare<[], UserRow>('SELECT id, name, role FROM users ORDER BY created_us, id LIMIT 1');
  const version = db.prepare<[], string>('SELECT sqlite_version()').pluck();
  const one = db.prepare<[string], string>('SELECT value FROM settings WHERE key = ?').pluck();
  const all = db.prepare<[], [string, string]>('SELECT key, value FROM settings ORDER BY key').raw();
  return {
    sqliteVersion: () => version.get() ?? '',
    localUser() {
      const row = user.get();
      if (!row) throw new VasError('internal', 'The database has no user. Restore a backup of vas.db.');
      return row;
    },
    getSetting: (key) => one.get(key) ?? null,
    listSettings: () => Object.fromEntries(all.all()),
  };
}

export function settingWrites(db: Database.Database): WritePart<'setSetting' | 'setSettings'> {
  const set = db.prepare<[string, string, number]>(
    `INSERT INTO settings (key, value, updated_us) VALUES (?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_us = excluded.updated_us`,
  );
  const setAll = db.transaction((values: Readonly<Record<string, string>>, nowUs: number): void => {
    for (const [key, value] of Object.entries(values)) set.run(key, value, nowUs);
  });
  return {
    setSetting: (key, value, nowUs) => void set.run(key, value, nowUs),
    setSettings: (values, nowUs) => setAll.immediate(values, nowUs),
  };
}
