import type { Migration } from './migration';

/**
 * Roles, passwords and rights for cameras; and the audit log, to which rows can only be added.
 * The table of users is rebuilt, since its rule for roles has to go (SQLite's procedure for altering tables).
 */
const USERS = `
CREATE TABLE users_rebuilt (
  -- Lower-case UUID, random, made at creation.
  id TEXT NOT NULL PRIMARY KEY
    CONSTRAINT users_id_is_uuid CHECK (length(id) = 36 AND id NOT GLOB '*[^0-9a-f-]*'),
  -- Shown to people, and what they sign in with. Of the local operator: the name the operating system knew.
  name TEXT NOT NULL CONSTRAINT users_name_length CHECK (length(name) BETWEEN 1 AND 255),
  role TEXT NOT NULL
    CONSTRAINT users_role_is_known CHECK (role IN ('administrator', 'operator', 'viewer')),
  -- Argon2id in its usual encoding; null: nobody can sign in as this user.
  password TEXT CONSTRAINT users_password_is_argon2id
    CHECK (password LIKE '$argon2id$%' AND length(password) <= 512),
  -- all: every camera there is and will be, as the role allows; chosen: those in user_cameras.
  access TEXT NOT NULL DEFAULT 'all' CONSTRAINT users_access_is_known CHECK (access IN ('all', 'chosen')),
  is_disabled INTEGER NOT NULL DEFAULT 0 CONSTRAINT users_is_disabled_flag CHECK (is_disabled IN (0, 1)),
  -- Wrong passwords since the last right one, and when the last of them was given.
  failed_count INTEGER NOT NULL DEFAULT 0 CONSTRAINT users_failed_count_range CHECK (failed_count >= 0),
  failed_us INTEGER CONSTRAINT users_failed_us_range CHECK (failed_us >= 0),
  -- Microseconds since the epoch, UTC.
  signed_in_us INTEGER CONSTRAINT users_signed_in_us_range CHECK (signed_in_us >= 0),
  created_us INTEGER NOT NULL CONSTRAINT users_created_us_range CHECK (created_us >= 0),
  -- Tombstone: what the user did keeps the name.
  deleted_us INTEGER CONSTRAINT users_deleted_us_range CHECK (deleted_us >= 0),
  CONSTRAINT users_deleted_without_password CHECK (deleted_us IS NULL OR password IS NULL)
) STRICT;
INSERT INTO users_rebuilt (id, name, role, created_us) SELECT id, name, 'administrator', created_us FROM users;
DROP TABLE users;
ALTER TABLE users_rebuilt RENAME TO users;
CREATE UNIQUE INDEX users_name ON users (name COLLATE NOCASE) WHERE deleted_us IS NULL;

CREATE TABLE user_cameras (
  user_id TEXT NOT NULL REFERENCES users (id),
  device_id TEXT NOT NULL REFERENCES devices (id),
  live INTEGER NOT NULL CONSTRAINT user_cameras_live_flag CHECK (live IN (0, 1)),
  playback INTEGER NOT NULL CONSTRAINT user_cameras_playback_flag CHECK (playback IN (0, 1)),
  export INTEGER NOT NULL CONSTRAINT user_cameras_export_flag CHECK (export IN (0, 1)),
  PRIMARY KEY (user_id, device_id)
) STRICT, WITHOUT ROWID;
`;

const AUDIT = `
CREATE TABLE audit_log (
  -- 1, 2, 3 ... without gaps.
  seq INTEGER NOT NULL PRIMARY KEY CONSTRAINT audit_log_seq_range CHECK (seq >= 1),
  -- Microseconds since the epoch, UTC.
  time_us INTEGER NOT NULL CONSTRAINT audit_log_time_us_range CHECK (time_us >= 0),
  -- Null where there is no such user: a sign-in with an unknown name.
  user_id TEXT,
  user_name TEXT NOT NULL CONSTRAINT audit_log_user_name_length CHECK (length(user_name) <= 255),
  action TEXT NOT NULL
    CONSTRAINT audit_log_action_is_word CHECK (length(action) BETWEEN 1 AND 80 AND action NOT GLOB '*[^A-Za-z0-9.-]*'),
  object_kind TEXT,
  object_id TEXT,
  -- JSON array of camera ids.
  cameras TEXT NOT NULL CONSTRAINT audit_log_cameras_are_json CHECK (json_type(cameras) = 'array'),
  -- JSON object. Never a secret.
  detail TEXT NOT NULL CONSTRAINT audit_log_detail_is_json CHECK (json_type(detail) = 'object'),
  outcome TEXT NOT NULL CONSTRAINT audit_log_outcome_is_known CHECK (outcome IN ('done', 'refused', 'failed')),
  -- Hash of the row before; of the first row 64 zeros.
  previous TEXT NOT NULL CONSTRAINT audit_log_previous_is_hash CHECK (length(previous) = 64),
  -- SHA-256 over the canonical content and the previous hash (main/store/auditChain.ts).
  hash TEXT NOT NULL CONSTRAINT audit_log_hash_is_hash CHECK (length(hash) = 64)
) STRICT;
CREATE INDEX audit_log_user ON audit_log (user_id, seq);
CREATE INDEX audit_log_action ON audit_log (action, seq);
CREATE INDEX audit_log_time ON audit_log (time_us);

-- For finding the entries of a camera; what is true stands in audit_log.
CREATE TABLE audit_cameras (
  device_id TEXT NOT NULL,
  seq INTEGER NOT NULL REFERENCES audit_log (seq),
  PRIMARY KEY (device_id, seq)
) STRICT, WITHOUT ROWID;

-- The last row, so that rows cut off at the end are noticed.
CREATE TABLE audit_head (
  id INTEGER NOT NULL PRIMARY KEY CONSTRAINT audit_head_is_one CHECK (id = 1),
  seq INTEGER NOT NULL,
  hash TEXT NOT NULL
) STRICT;
INSERT INTO audit_head VALUES (1, 0, '${'0'.repeat(64)}');

CREATE TRIGGER audit_log_not_changed BEFORE UPDATE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;
CREATE TRIGGER audit_log_not_deleted BEFORE DELETE ON audit_log
BEGIN SELECT RAISE(ABORT, 'the audit log is never shortened'); END;
CREATE TRIGGER audit_log_in_order BEFORE INSERT ON audit_log
WHEN NEW.seq <> (SELECT seq + 1 FROM audit_head) OR NEW.previous <> (SELECT hash FROM audit_head)
BEGIN SELECT RAISE(ABORT, 'an audit entry does not follow the last one'); END;
CREATE TRIGGER audit_log_head AFTER INSERT ON audit_log
BEGIN UPDATE audit_head SET seq = NEW.seq, hash = NEW.hash; END;
`;

/** Setting: how people are known. Absent until somebody has chosen. */
const MODE = 'users.mode';

export const usersAndAudit: Migration = {
  number: 140,
  name: 'users-and-audit',
  up(db, { nowUs }) {
    // A workstation that was used before goes on as it was: without signing in.
    const isUsed = db.prepare('SELECT 1 FROM schema_migrations WHERE applied_us <> ? LIMIT 1').get(nowUs);
    db.exec(USERS);
    db.exec(AUDIT);
    if (isUsed)
      db.prepare('INSERT OR IGNORE INTO settings (key, value, updated_us) VALUES (?, ?, ?)').run(
        MODE,
        'single',
        nowUs,
      );
  },
};
