import { randomUUID } from 'node:crypto';
import type { Migration } from './migration';

const SQL = `
CREATE TABLE users (
  -- Lower-case UUID, random, made at creation.
  id TEXT NOT NULL PRIMARY KEY
    CONSTRAINT users_id_is_uuid CHECK (length(id) = 36 AND id NOT GLOB '*[^0-9a-f-]*'),
  -- Shown to people. Of the local operator: the name the operating system knew.
  name TEXT NOT NULL CONSTRAINT users_name_length CHECK (length(name) BETWEEN 1 AND 255),
  -- What the user may do. One role until roles arrive.
  role TEXT NOT NULL CONSTRAINT users_role_is_known CHECK (role = 'operator'),
  -- Microseconds since the epoch, UTC.
  created_us INTEGER NOT NULL CONSTRAINT users_created_us_range CHECK (created_us >= 0)
) STRICT;

CREATE TABLE settings (
  -- Dotted name, e.g. recording.retention_days.
  key TEXT NOT NULL PRIMARY KEY CONSTRAINT settings_key_length CHECK (length(key) BETWEEN 1 AND 128),
  -- Text; the owner of the key knows its form. Never a secret.
  value TEXT NOT NULL,
  -- Microseconds since the epoch, UTC: last change.
  updated_us INTEGER NOT NULL CONSTRAINT settings_updated_us_range CHECK (updated_us >= 0)
) STRICT, WITHOUT ROWID;
`;

export const usersAndSettings: Migration = {
  number: 10,
  name: 'users-and-settings',
  up(db, { nowUs, userName }) {
    db.exec(SQL);
    const name = userName.trim().slice(0, 255) || 'operator';
    db.prepare('INSERT INTO users (id, name, role, created_us) VALUES (?, ?, ?, ?)').run(
      randomUUID(),
      name,
      'operator',
      nowUs,
    );
  },
};
