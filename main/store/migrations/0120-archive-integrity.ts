import type { Migration } from './migration';

const SQL = `
-- SHA-256 of the file, and the segment's place in its camera's chain (main/store/segmentChain.ts). All three or
-- none: segments from before this version have none until the archive is checked.
ALTER TABLE segments ADD COLUMN sha256 BLOB CONSTRAINT segments_sha256_length CHECK (length(sha256) = 32);
ALTER TABLE segments ADD COLUMN chain_seq INTEGER
  CONSTRAINT segments_chain_seq_range CHECK (chain_seq > 0 AND (chain_seq IS NULL) = (sha256 IS NULL));
ALTER TABLE segments ADD COLUMN chain BLOB
  CONSTRAINT segments_chain_length CHECK (length(chain) = 32 AND (chain IS NULL) = (sha256 IS NULL));

CREATE UNIQUE INDEX segments_chain ON segments (camera_id, chain_seq) WHERE chain_seq IS NOT NULL;

CREATE TRIGGER segments_keep_their_seal BEFORE UPDATE OF sha256, chain_seq, chain ON segments
WHEN OLD.sha256 IS NOT NULL BEGIN
  SELECT RAISE(ABORT, 'hash and chain of a segment never change');
END;

-- Where each camera's chain ends now; stays when its segments go.
CREATE TABLE segment_chain_heads (
  -- The camera.
  camera_id TEXT NOT NULL PRIMARY KEY REFERENCES devices (id),
  -- Place of the last segment that was added.
  seq INTEGER NOT NULL CONSTRAINT segment_chain_heads_seq_range CHECK (seq > 0),
  -- Its chain value.
  chain BLOB NOT NULL CONSTRAINT segment_chain_heads_chain_length CHECK (length(chain) = 32)
) STRICT, WITHOUT ROWID;

-- Stretches of a chain whose segments are gone, with the value that the next one goes on from.
CREATE TABLE segment_chain_cuts (
  -- The camera.
  camera_id TEXT NOT NULL REFERENCES devices (id),
  -- Places of the first and the last segment that is gone.
  first_seq INTEGER NOT NULL CONSTRAINT segment_chain_cuts_first_seq_range CHECK (first_seq > 0),
  last_seq INTEGER NOT NULL,
  -- retention: given up; lost: the file was missing; damaged: the file was put into quarantine.
  reason TEXT NOT NULL CONSTRAINT segment_chain_cuts_reason CHECK (reason IN ('retention', 'lost', 'damaged')),
  -- Chain value of the last one.
  chain BLOB NOT NULL CONSTRAINT segment_chain_cuts_chain_length CHECK (length(chain) = 32),
  -- What they spanned, microseconds since the epoch, UTC.
  from_us INTEGER NOT NULL,
  to_us INTEGER NOT NULL,
  PRIMARY KEY (camera_id, first_seq),
  CONSTRAINT segment_chain_cuts_order CHECK (last_seq >= first_seq AND to_us > from_us)
) STRICT, WITHOUT ROWID;

-- Segments that are being deleted: noted before the file goes, taken away when its absence is on disk.
CREATE TABLE segment_tombstones (
  -- Of the segment.
  id TEXT NOT NULL PRIMARY KEY,
  -- The camera.
  camera_id TEXT NOT NULL REFERENCES devices (id),
  -- Where the file is, as in segments.
  folder_id TEXT NOT NULL REFERENCES storage_folders (id),
  path TEXT NOT NULL,
  -- Size of the file.
  bytes INTEGER NOT NULL CONSTRAINT segment_tombstones_bytes_range CHECK (bytes >= 0),
  -- Microseconds since the epoch, UTC.
  noted_us INTEGER NOT NULL CONSTRAINT segment_tombstones_noted_us_range CHECK (noted_us >= 0)
) STRICT, WITHOUT ROWID;

CREATE INDEX segment_tombstones_camera ON segment_tombstones (camera_id, folder_id);

-- Times of which a camera has no footage, and why. Adjacent ones of different reasons are kept apart.
CREATE TABLE recording_gaps (
  -- The camera.
  camera_id TEXT NOT NULL REFERENCES devices (id),
  -- Microseconds since the epoch, UTC.
  start_us INTEGER NOT NULL CONSTRAINT recording_gaps_start_us_range CHECK (start_us >= 0),
  -- Null while it lasts.
  end_us INTEGER,
  -- A word of the contract (recordings.ts, gapReason).
  reason TEXT NOT NULL CONSTRAINT recording_gaps_reason_length CHECK (length(reason) BETWEEN 1 AND 32),
  PRIMARY KEY (camera_id, start_us),
  CONSTRAINT recording_gaps_end_after_start CHECK (end_us > start_us)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX recording_gaps_one_open ON recording_gaps (camera_id) WHERE end_us IS NULL;
`;

export const archiveIntegrity: Migration = {
  number: 120,
  name: 'archive-integrity',
  up: (db) => void db.exec(SQL),
};
