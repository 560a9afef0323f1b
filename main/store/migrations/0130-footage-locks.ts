import type { Migration } from './migration';

const SQL = `
-- Footage that retention must leave alone. Released ones stay as history.
CREATE TABLE footage_locks (
  -- Lower-case UUID.
  id TEXT NOT NULL PRIMARY KEY
    CONSTRAINT footage_locks_id_is_uuid CHECK (length(id) = 36 AND id NOT GLOB '*[^0-9a-f-]*'),
  -- What was locked; events and bookmarks were resolved to their time.
  source TEXT NOT NULL CONSTRAINT footage_locks_source CHECK (source IN ('range', 'event', 'bookmark')),
  -- Id of the event or bookmark; null for a range.
  source_id TEXT CONSTRAINT footage_locks_source_id CHECK ((source_id IS NULL) = (source = 'range')),
  -- [start, end), microseconds since the epoch, UTC.
  start_us INTEGER NOT NULL CONSTRAINT footage_locks_start_us_range CHECK (start_us >= 0),
  end_us INTEGER NOT NULL,
  reason TEXT NOT NULL CONSTRAINT footage_locks_reason_length CHECK (length(reason) BETWEEN 1 AND 500),
  created_by TEXT NOT NULL REFERENCES users (id),
  created_us INTEGER NOT NULL CONSTRAINT footage_locks_created_us_range CHECK (created_us >= 0),
  -- Ends by itself then; null: never.
  until_us INTEGER CONSTRAINT footage_locks_until_us_range CHECK (until_us >= 0),
  -- When and by whom it was let go; null while it holds.
  released_us INTEGER,
  released_by TEXT REFERENCES users (id),
  CONSTRAINT footage_locks_end_after_start CHECK (end_us > start_us),
  CONSTRAINT footage_locks_release CHECK ((released_us IS NULL) = (released_by IS NULL))
) STRICT;

CREATE INDEX footage_locks_created ON footage_locks (created_us);

CREATE TABLE footage_lock_cameras (
  -- The camera.
  camera_id TEXT NOT NULL REFERENCES devices (id),
  -- The lock.
  lock_id TEXT NOT NULL REFERENCES footage_locks (id),
  PRIMARY KEY (camera_id, lock_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX footage_lock_cameras_lock ON footage_lock_cameras (lock_id);

CREATE TRIGGER footage_locks_keep_what_they_hold BEFORE UPDATE OF id, source, source_id, start_us, end_us, reason,
  created_by, created_us ON footage_locks BEGIN
  SELECT RAISE(ABORT, 'what a lock holds, why and for whom never changes');
END;
CREATE TRIGGER footage_locks_stay_released BEFORE UPDATE ON footage_locks WHEN OLD.released_us IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'a lock that was released stays released');
END;
`;

export const footageLocks: Migration = {
  number: 130,
  name: 'footage-locks',
  up: (db) => void db.exec(SQL),
};
