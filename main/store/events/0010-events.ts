import type { Migration } from '../migrations/migration';

/**
 * Seed 002's table in SQLite terms. Cameras, models, labels and zones are stored as small numbers: ten million
 * rows then fit their indexes into memory. The view ai_events shows the seed's columns.
 */
const SQL = `
CREATE TABLE event_names (
  key INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CONSTRAINT event_names_kind_is_known CHECK (kind IN ('camera', 'model', 'label', 'zone')),
  name TEXT NOT NULL CONSTRAINT event_names_length CHECK (length(name) BETWEEN 1 AND 128),
  UNIQUE (kind, name)
) STRICT;

CREATE TABLE event_rows (
  -- In the order of insertion; never used again.
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  -- UUID version 7, its 16 bytes.
  id BLOB NOT NULL UNIQUE CONSTRAINT event_rows_id_is_uuid CHECK (length(id) = 16),
  camera INTEGER NOT NULL REFERENCES event_names (key),
  model INTEGER NOT NULL REFERENCES event_names (key),
  -- Microseconds since the epoch, UTC: the moment of the picture.
  timestamp_us INTEGER NOT NULL CONSTRAINT event_rows_timestamp_range CHECK (timestamp_us >= 0),
  frame_id INTEGER CONSTRAINT event_rows_frame_id_range CHECK (frame_id BETWEEN 0 AND 9007199254740991),
  track_id INTEGER,
  -- Opaque to the store (INV-74).
  detections TEXT NOT NULL CONSTRAINT event_rows_detections_are_object CHECK (json_type(detections) IS 'object'),
  confidence REAL CONSTRAINT event_rows_confidence_range CHECK (confidence BETWEEN 0 AND 1),
  -- Confidence in steps of 0.05, 0 to 20; -1 without one.
  bucket INTEGER NOT NULL,
  event_metadata TEXT NOT NULL DEFAULT '{}'
    CONSTRAINT event_rows_metadata_is_object CHECK (json_type(event_metadata) IS 'object'),
  created_us INTEGER NOT NULL CONSTRAINT event_rows_created_range CHECK (created_us >= 0)
) STRICT;

-- seq breaks ties and bucket lets a search by confidence stay inside the index.
CREATE INDEX event_rows_time ON event_rows (timestamp_us, seq, bucket);
CREATE INDEX event_rows_camera ON event_rows (camera, timestamp_us, seq, bucket);
CREATE INDEX event_rows_model ON event_rows (model, timestamp_us, seq, bucket);
CREATE INDEX event_rows_camera_model ON event_rows (camera, model, timestamp_us, seq, bucket);

-- One row for each label and zone of an event.
CREATE TABLE event_tags (
  tag INTEGER NOT NULL REFERENCES event_names (key),
  camera INTEGER NOT NULL,
  model INTEGER NOT NULL,
  timestamp_us INTEGER NOT NULL,
  seq INTEGER NOT NULL REFERENCES event_rows (seq),
  bucket INTEGER NOT NULL,
  PRIMARY KEY (tag, camera, model, timestamp_us, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_tags_time ON event_tags (tag, timestamp_us, seq, bucket);
CREATE INDEX event_tags_event ON event_tags (seq);

CREATE TABLE event_triggers (
  seq INTEGER NOT NULL PRIMARY KEY REFERENCES event_rows (seq),
  claimed_us INTEGER NOT NULL,
  -- Of the snapshots and bookmarks in the main database.
  snapshot_id TEXT,
  clip_id TEXT
) STRICT;

-- Apart from the events, which nobody changes.
CREATE TABLE event_reviews (
  user_id TEXT NOT NULL,
  seq INTEGER NOT NULL REFERENCES event_rows (seq),
  reviewed_us INTEGER NOT NULL,
  PRIMARY KEY (user_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_reviews_event ON event_reviews (seq);

-- Who let old events go, and which.
CREATE TABLE event_expiries (
  id INTEGER PRIMARY KEY,
  user_id TEXT NOT NULL,
  -- Events older than this, microseconds since the epoch.
  before_us INTEGER NOT NULL,
  at_us INTEGER NOT NULL,
  -- Null while it runs, inside one transaction.
  deleted INTEGER
) STRICT;

CREATE TRIGGER event_rows_are_never_changed BEFORE UPDATE ON event_rows BEGIN
  SELECT RAISE(ABORT, 'an event is never changed');
END;
CREATE TRIGGER event_rows_are_never_removed BEFORE DELETE ON event_rows
WHEN NOT EXISTS (SELECT 1 FROM event_expiries WHERE deleted IS NULL AND old.timestamp_us < before_us) BEGIN
  SELECT RAISE(ABORT, 'an event is only removed by its expiry');
END;
CREATE TRIGGER event_expiries_stay BEFORE DELETE ON event_expiries BEGIN
  SELECT RAISE(ABORT, 'the audit of expiries stays');
END;

CREATE VIEW ai_events AS
SELECT
  lower(substr(hex(e.id), 1, 8) || '-' || substr(hex(e.id), 9, 4) || '-' || substr(hex(e.id), 13, 4) || '-' ||
    substr(hex(e.id), 17, 4) || '-' || substr(hex(e.id), 21)) AS id,
  c.name AS camera_id, m.name AS model_id,
  strftime('%Y-%m-%dT%H:%M:%f', e.timestamp_us / 1000000.0, 'unixepoch') || 'Z' AS timestamp,
  e.frame_id, e.detections, e.confidence, e.event_metadata,
  strftime('%Y-%m-%dT%H:%M:%f', e.created_us / 1000000.0, 'unixepoch') || 'Z' AS created_at
FROM event_rows e JOIN event_names c ON c.key = e.camera JOIN event_names m ON m.key = e.model;
`;

export const events: Migration = {
  number: 10,
  name: 'events',
  up: (db) => void db.exec(SQL),
};
