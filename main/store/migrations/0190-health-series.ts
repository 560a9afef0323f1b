import type { Migration } from './migration';

/** Samples of the workstation's health, one row a minute: names are kept once, values as 32-bit floats. */
const SQL = `
CREATE TABLE health_layouts (
  id INTEGER PRIMARY KEY,
  -- JSON list: the name of each value of a row, in their order.
  names TEXT NOT NULL UNIQUE CONSTRAINT health_layouts_names_are_list CHECK (json_type(names) IS 'array')
) STRICT;

CREATE TABLE health_minutes (
  -- Begin of the minute, seconds since the epoch, UTC.
  at_s INTEGER PRIMARY KEY CONSTRAINT health_minutes_at_s_is_minute CHECK (at_s >= 0 AND at_s % 60 = 0),
  layout_id INTEGER NOT NULL REFERENCES health_layouts (id),
  -- Little-endian floats, not-a-number where nothing was measured.
  samples BLOB NOT NULL CONSTRAINT health_minutes_samples_are_floats CHECK (length(samples) % 4 = 0)
) STRICT;

CREATE INDEX health_minutes_layout ON health_minutes (layout_id);
`;

export const healthSeries: Migration = {
  number: 190,
  name: 'health-series',
  up: (db) => void db.exec(SQL),
};
