import type { Migration } from './migration';

/** What people write on snapshots and bookmarks, and both in the order of the moment that they show. */
const SQL = `
-- Given by the operator.
ALTER TABLE snapshots ADD COLUMN label TEXT CONSTRAINT snapshots_label_length CHECK (length(label) <= 255);
ALTER TABLE snapshots ADD COLUMN notes TEXT CONSTRAINT snapshots_notes_length CHECK (length(notes) <= 4000);
-- Last change of what is written on it, microseconds since the epoch, UTC; 0: never.
ALTER TABLE snapshots ADD COLUMN updated_us INTEGER NOT NULL DEFAULT 0
  CONSTRAINT snapshots_updated_us_range CHECK (updated_us >= 0);
ALTER TABLE bookmarks ADD COLUMN notes TEXT CONSTRAINT bookmarks_notes_length CHECK (length(notes) <= 4000);

CREATE TABLE capture_tags (
  -- Of a snapshot or a bookmark; goes with it.
  capture_id TEXT NOT NULL,
  -- Two that differ in case only are one.
  tag TEXT NOT NULL COLLATE NOCASE CONSTRAINT capture_tags_length CHECK (length(tag) BETWEEN 1 AND 64),
  PRIMARY KEY (capture_id, tag)
) STRICT, WITHOUT ROWID;

CREATE INDEX capture_tags_tag ON capture_tags (tag, capture_id);

CREATE TRIGGER snapshots_tags_go AFTER DELETE ON snapshots
BEGIN DELETE FROM capture_tags WHERE capture_id = OLD.id; END;
CREATE TRIGGER bookmarks_tags_go AFTER DELETE ON bookmarks
BEGIN DELETE FROM capture_tags WHERE capture_id = OLD.id; END;

CREATE INDEX snapshots_moment ON snapshots (timestamp_us DESC, id);
CREATE INDEX bookmarks_moment ON bookmarks (center_us DESC, id);
DROP INDEX bookmarks_center;
`;

export const gallery: Migration = {
  number: 170,
  name: 'gallery',
  up: (db) => void db.exec(SQL),
};
