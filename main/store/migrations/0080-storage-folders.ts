import { DEFAULT_FOLDER_ID } from '../defaultFolder';
import type { Migration } from './migration';

const SQL = `
CREATE TABLE storage_folders (
  -- Lower-case UUID; also stands in the identity file inside the folder.
  id TEXT NOT NULL PRIMARY KEY
    CONSTRAINT storage_folders_id_is_uuid CHECK (length(id) = 36 AND id NOT GLOB '*[^0-9a-f-]*'),
  -- Absolute; null for the recordings folder inside the data folder, which moves with it.
  path TEXT UNIQUE CONSTRAINT storage_folders_path_length CHECK (length(path) BETWEEN 2 AND 1024),
  -- 1: new recordings go here.
  is_current INTEGER NOT NULL CONSTRAINT storage_folders_is_current_is_bool CHECK (is_current IN (0, 1)),
  -- Microseconds since the epoch, UTC.
  created_us INTEGER NOT NULL CONSTRAINT storage_folders_created_us_range CHECK (created_us >= 0)
) STRICT;

CREATE UNIQUE INDEX storage_folders_one_current ON storage_folders (is_current) WHERE is_current = 1;
CREATE UNIQUE INDEX storage_folders_one_default ON storage_folders (path IS NULL) WHERE path IS NULL;

-- The folder that holds the file; path is relative to it.
ALTER TABLE segments ADD COLUMN folder_id TEXT NOT NULL DEFAULT '${DEFAULT_FOLDER_ID}' REFERENCES storage_folders (id);

-- Retention: oldest first of one folder, with their sizes.
CREATE INDEX segments_folder_end ON segments (folder_id, end_us, bytes);

-- Kept by triggers, as recording_totals.
CREATE TABLE storage_folder_totals (
  -- The folder.
  folder_id TEXT NOT NULL PRIMARY KEY REFERENCES storage_folders (id) ON DELETE CASCADE,
  -- How many segments it holds.
  segments INTEGER NOT NULL CONSTRAINT storage_folder_totals_segments_range CHECK (segments >= 0),
  -- Sum of their sizes.
  bytes INTEGER NOT NULL CONSTRAINT storage_folder_totals_bytes_range CHECK (bytes >= 0)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER storage_folder_totals_begin AFTER INSERT ON storage_folders BEGIN
  INSERT INTO storage_folder_totals (folder_id, segments, bytes) VALUES (NEW.id, 0, 0);
END;
CREATE TRIGGER storage_folder_totals_add AFTER INSERT ON segments BEGIN
  UPDATE storage_folder_totals SET segments = segments + 1, bytes = bytes + NEW.bytes WHERE folder_id = NEW.folder_id;
END;
CREATE TRIGGER storage_folder_totals_subtract AFTER DELETE ON segments BEGIN
  UPDATE storage_folder_totals SET segments = segments - 1, bytes = bytes - OLD.bytes WHERE folder_id = OLD.folder_id;
END;
CREATE TRIGGER storage_folder_totals_move AFTER UPDATE OF folder_id ON segments BEGIN
  UPDATE storage_folder_totals SET segments = segments - 1, bytes = bytes - OLD.bytes WHERE folder_id = OLD.folder_id;
  UPDATE storage_folder_totals SET segments = segments + 1, bytes = bytes + NEW.bytes WHERE folder_id = NEW.folder_id;
END;
`;

export const storageFolders: Migration = {
  number: 80,
  name: 'storage-folders',
  up(db, { nowUs }) {
    db.exec(SQL);
    db.prepare('INSERT INTO storage_folders (id, path, is_current, created_us) VALUES (?, NULL, 1, ?)').run(
      DEFAULT_FOLDER_ID,
      nowUs,
    );
    db.prepare(
      `UPDATE storage_folder_totals SET segments = (SELECT count(*) FROM segments),
         bytes = (SELECT ifnull(sum(bytes), 0) FROM segments)`,
    ).run();
  },
};
