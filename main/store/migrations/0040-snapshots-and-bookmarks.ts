import type { Migration } from './migration';

/** Columns of the reference (reference-system 0.6: snapshots, bookmarks), times as integers. */
const SQL = `
CREATE TABLE snapshots (
  -- Lower-case UUID.
  id TEXT NOT NULL PRIMARY KEY
    CONSTRAINT snapshots_id_is_uuid CHECK (length(id) = 36 AND id NOT GLOB '*[^0-9a-f-]*'),
  -- The camera shown; may be deleted by now.
  device_id TEXT NOT NULL REFERENCES devices (id),
  -- File name inside the snapshots folder.
  file TEXT NOT NULL UNIQUE CONSTRAINT snapshots_file_is_name CHECK (
    length(file) BETWEEN 1 AND 255 AND instr(file, '/') = 0 AND instr(file, char(92)) = 0),
  -- The moment shown, microseconds since the epoch, UTC.
  timestamp_us INTEGER NOT NULL CONSTRAINT snapshots_timestamp_us_range CHECK (timestamp_us >= 0),
  -- Taken from the newest picture or from the archive.
  source TEXT NOT NULL CONSTRAINT snapshots_source_is_known CHECK (source IN ('live', 'historical')),
  -- Size of the file.
  bytes INTEGER NOT NULL CONSTRAINT snapshots_bytes_range CHECK (bytes >= 0),
  -- Pixels.
  width INTEGER NOT NULL CONSTRAINT snapshots_width_range CHECK (width > 0),
  -- Pixels.
  height INTEGER NOT NULL CONSTRAINT snapshots_height_range CHECK (height > 0),
  -- Who took it.
  user_id TEXT NOT NULL REFERENCES users (id),
  -- When it was taken, microseconds since the epoch, UTC.
  created_us INTEGER NOT NULL CONSTRAINT snapshots_created_us_range CHECK (created_us >= 0)
) STRICT;

-- Newest first, the id decides between equals.
CREATE INDEX snapshots_created ON snapshots (created_us DESC, id);
CREATE INDEX snapshots_device_created ON snapshots (device_id, created_us DESC, id);

CREATE TABLE bookmarks (
  -- Lower-case UUID.
  id TEXT NOT NULL PRIMARY KEY
    CONSTRAINT bookmarks_id_is_uuid CHECK (length(id) = 36 AND id NOT GLOB '*[^0-9a-f-]*'),
  -- The camera shown; may be deleted by now.
  device_id TEXT NOT NULL REFERENCES devices (id),
  -- The moment asked for, microseconds since the epoch, UTC.
  center_us INTEGER NOT NULL CONSTRAINT bookmarks_center_us_range CHECK (center_us >= 0),
  -- First picture that the clip really holds, microseconds since the epoch, UTC.
  start_us INTEGER NOT NULL CONSTRAINT bookmarks_start_us_range CHECK (start_us >= 0),
  -- End of what the clip really holds, exclusive, microseconds since the epoch, UTC.
  end_us INTEGER NOT NULL,
  -- File name of the clip inside the bookmarks folder.
  video_file TEXT NOT NULL UNIQUE CONSTRAINT bookmarks_video_file_is_name CHECK (
    length(video_file) BETWEEN 1 AND 255 AND instr(video_file, '/') = 0 AND instr(video_file, char(92)) = 0),
  -- File name of the thumbnail inside the bookmarks folder; null when none could be made.
  thumbnail_file TEXT UNIQUE CONSTRAINT bookmarks_thumbnail_file_is_name CHECK (
    length(thumbnail_file) BETWEEN 1 AND 255
    AND instr(thumbnail_file, '/') = 0 AND instr(thumbnail_file, char(92)) = 0),
  -- Given by the operator.
  label TEXT CONSTRAINT bookmarks_label_length CHECK (length(label) <= 255),
  -- Taken from the newest pictures or from the archive.
  source TEXT NOT NULL CONSTRAINT bookmarks_source_is_known CHECK (source IN ('live', 'historical')),
  -- Length of the clip.
  duration_seconds REAL NOT NULL CONSTRAINT bookmarks_duration_range CHECK (duration_seconds > 0),
  -- Size of the clip.
  bytes INTEGER NOT NULL CONSTRAINT bookmarks_bytes_range CHECK (bytes >= 0),
  -- Who took it.
  user_id TEXT NOT NULL REFERENCES users (id),
  -- When it was taken, microseconds since the epoch, UTC.
  created_us INTEGER NOT NULL CONSTRAINT bookmarks_created_us_range CHECK (created_us >= 0),
  -- Last change of the label, microseconds since the epoch, UTC.
  updated_us INTEGER NOT NULL CONSTRAINT bookmarks_updated_us_range CHECK (updated_us >= 0),
  CONSTRAINT bookmarks_end_after_start CHECK (end_us > start_us)
) STRICT;

CREATE INDEX bookmarks_created ON bookmarks (created_us DESC, id);
CREATE INDEX bookmarks_device_created ON bookmarks (device_id, created_us DESC, id);
CREATE INDEX bookmarks_center ON bookmarks (center_us);
`;

export const snapshotsAndBookmarks: Migration = {
  number: 40,
  name: 'snapshots-and-bookmarks',
  up: (db) => void db.exec(SQL),
};
