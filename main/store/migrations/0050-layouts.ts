import type { Migration } from './migration';

/** Named layouts of the wall. Places are steps of a grid of 48 by 48 (contract/layouts.ts). */
const SQL = `
CREATE TABLE layouts (
  -- Lower-case UUID.
  id TEXT NOT NULL PRIMARY KEY
    CONSTRAINT layouts_id_is_uuid CHECK (length(id) = 36 AND id NOT GLOB '*[^0-9a-f-]*'),
  -- Given by the operator.
  name TEXT NOT NULL COLLATE NOCASE UNIQUE
    CONSTRAINT layouts_name_length CHECK (length(name) BETWEEN 1 AND 80),
  kind TEXT NOT NULL CONSTRAINT layouts_kind_is_known
    CHECK (kind IN ('1', '2x2', '3x3', '4x4', '1+5', '1+7', 'free')),
  -- Place in the list, from 0.
  position INTEGER NOT NULL CONSTRAINT layouts_position_range CHECK (position >= 0),
  -- Microseconds since the epoch, UTC.
  created_us INTEGER NOT NULL CONSTRAINT layouts_created_us_range CHECK (created_us >= 0),
  -- Microseconds since the epoch, UTC.
  updated_us INTEGER NOT NULL CONSTRAINT layouts_updated_us_range CHECK (updated_us >= 0)
) STRICT;

CREATE TABLE layout_tiles (
  layout_id TEXT NOT NULL REFERENCES layouts (id) ON DELETE CASCADE,
  -- Number of the tile in its layout, from 0; no layout decodes more than 16 pictures.
  tile INTEGER NOT NULL CONSTRAINT layout_tiles_tile_range CHECK (tile BETWEEN 0 AND 15),
  -- The camera shown, may be deleted by now; null in an empty tile.
  device_id TEXT REFERENCES devices (id),
  -- Place and size in steps, of free arrangements only.
  x INTEGER, y INTEGER, w INTEGER, h INTEGER,
  PRIMARY KEY (layout_id, tile),
  CONSTRAINT layout_tiles_camera_once UNIQUE (layout_id, device_id),
  CONSTRAINT layout_tiles_place_is_on_the_wall CHECK (
    (x IS NULL AND y IS NULL AND w IS NULL AND h IS NULL)
    OR (x >= 0 AND y >= 0 AND w >= 8 AND h >= 8 AND x + w <= 48 AND y + h <= 48))
) STRICT, WITHOUT ROWID;
`;

export const layouts: Migration = {
  number: 50,
  name: 'layouts',
  up: (db) => void db.exec(SQL),
};
