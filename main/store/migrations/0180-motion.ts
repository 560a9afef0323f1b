import type { Migration } from './migration';

const SQL = `
CREATE TABLE motion (
  -- The camera; may be deleted by now.
  camera_id TEXT NOT NULL REFERENCES devices (id),
  -- Minutes since the epoch, UTC.
  minute INTEGER NOT NULL CONSTRAINT motion_minute_range CHECK (minute >= 0),
  -- One bit for each second that was watched, least significant bit first.
  known BLOB NOT NULL CONSTRAINT motion_known_length CHECK (length(known) = 8),
  -- How many seconds were watched.
  known_s INTEGER NOT NULL CONSTRAINT motion_known_s_range CHECK (known_s BETWEEN 1 AND 60),
  -- In how many of them something moved.
  moving_s INTEGER NOT NULL CONSTRAINT motion_moving_s_range CHECK (moving_s BETWEEN 0 AND known_s),
  -- Most cells that moved in one second.
  peak INTEGER NOT NULL CONSTRAINT motion_peak_range CHECK (peak BETWEEN 0 AND 576),
  -- For each second in which something moved, ascending: a byte with the second, 72 with the mask (contract/motionGrid.ts).
  data BLOB NOT NULL CONSTRAINT motion_data_length CHECK (length(data) = 73 * moving_s),
  PRIMARY KEY (camera_id, minute)
) STRICT, WITHOUT ROWID;
`;

export const motion: Migration = {
  number: 180,
  name: 'motion',
  up: (db) => void db.exec(SQL),
};
