import type { Migration } from './migration';

/** What the workstation had to say about itself: states that must not be missed, and when they ended. */
const SQL = `
CREATE TABLE alerts (
  -- Lower-case UUID.
  id TEXT NOT NULL PRIMARY KEY
    CONSTRAINT alerts_id_is_uuid CHECK (length(id) = 36 AND id NOT GLOB '*[^0-9a-f-]*'),
  -- camera-offline, recording-stopped, ... (contract/alerts.ts).
  kind TEXT NOT NULL
    CONSTRAINT alerts_kind_is_word CHECK (length(kind) BETWEEN 1 AND 40 AND kind NOT GLOB '*[^a-z-]*'),
  -- The camera concerned, may be deleted by now; null for the whole workstation.
  device_id TEXT REFERENCES devices (id),
  -- Tells several of a kind apart, e.g. which disk; null where there is one.
  subject TEXT CONSTRAINT alerts_subject_length CHECK (length(subject) BETWEEN 1 AND 64),
  -- JSON object of facts for the text. Never a secret.
  detail TEXT NOT NULL
    CONSTRAINT alerts_detail_is_json CHECK (json_valid(detail) AND length(detail) <= 8192),
  -- When it began, microseconds since the epoch, UTC.
  raised_us INTEGER NOT NULL CONSTRAINT alerts_raised_us_range CHECK (raised_us >= 0),
  -- When it was over; null while it lasts. May lie before raised_us when the system clock was set back.
  cleared_us INTEGER CONSTRAINT alerts_cleared_us_range CHECK (cleared_us >= 0),
  -- When somebody said that they know; null while nobody has.
  acknowledged_us INTEGER CONSTRAINT alerts_acknowledged_us_range CHECK (acknowledged_us >= 0),
  -- Who that was.
  acknowledged_by TEXT REFERENCES users (id),
  CONSTRAINT alerts_acknowledged_by_somebody CHECK ((acknowledged_us IS NULL) = (acknowledged_by IS NULL))
) STRICT;

-- Newest first, the id decides between equals.
CREATE INDEX alerts_raised ON alerts (raised_us DESC, id DESC);
CREATE INDEX alerts_device_raised ON alerts (device_id, raised_us DESC, id DESC);
CREATE INDEX alerts_pending ON alerts (raised_us DESC, id DESC)
  WHERE cleared_us IS NULL OR acknowledged_us IS NULL;
`;

export const alerts: Migration = {
  number: 60,
  name: 'alerts',
  up: (db) => void db.exec(SQL),
};
