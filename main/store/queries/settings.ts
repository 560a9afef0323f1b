import type Database from 'better-sqlite3';
import type { ReadPart, WritePart } from './part';

export function settingReads(
  db: Database.Database,
): ReadPart<'sqliteVersion' | 'getSetting' | 'listSettings'> {
  const version = db.prepare<[], string>('SELECT sqlite_version()').pluck();
  const one = db.prepare<[string], string>('SELECT value FROM settings WHERE key = ?').pluck();
  const all = db.prepare<[], [string, string]>('SELECT key, value FROM settings ORDER BY key').raw();
  return {
    sqliteVersion: () => version.get() ?? '',
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
