import type { Migration } from './migration';

const SQL = `
CREATE TABLE camera_groups (
  -- Lower-case UUID.
  id TEXT NOT NULL PRIMARY KEY
    CONSTRAINT camera_groups_id_is_uuid CHECK (length(id) = 36 AND id NOT GLOB '*[^0-9a-f-]*'),
  -- Given by the operator; two that differ in case only would be one to a reader.
  name TEXT NOT NULL CONSTRAINT camera_groups_name_length CHECK (length(name) BETWEEN 1 AND 64),
  -- Microseconds since the epoch, UTC.
  created_us INTEGER NOT NULL CONSTRAINT camera_groups_created_us_range CHECK (created_us >= 0),
  updated_us INTEGER NOT NULL CONSTRAINT camera_groups_updated_us_range CHECK (updated_us >= 0)
) STRICT;

CREATE UNIQUE INDEX camera_groups_name ON camera_groups (name COLLATE NOCASE);

-- A camera belongs to any number of groups; a deleted camera to none.
CREATE TABLE camera_group_members (
  group_id TEXT NOT NULL REFERENCES camera_groups (id) ON DELETE CASCADE,
  camera_id TEXT NOT NULL REFERENCES devices (id),
  PRIMARY KEY (group_id, camera_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX camera_group_members_camera ON camera_group_members (camera_id, group_id);

-- When a camera is recorded; without a row it is always.
CREATE TABLE recording_schedules (
  -- The camera.
  camera_id TEXT NOT NULL PRIMARY KEY REFERENCES devices (id),
  -- One character a half hour of local time, Monday 00:00 first; 1: recorded.
  week TEXT NOT NULL
    CONSTRAINT recording_schedules_week_form CHECK (length(week) = 336 AND week NOT GLOB '*[^01]*')
) STRICT, WITHOUT ROWID;

-- The last fault of each camera's main stream, so that it is known why a camera was away last night.
CREATE TABLE camera_faults (
  -- The camera.
  camera_id TEXT NOT NULL PRIMARY KEY REFERENCES devices (id),
  -- A code of the contract.
  code TEXT NOT NULL CONSTRAINT camera_faults_code_length CHECK (length(code) BETWEEN 1 AND 32),
  -- When it began, microseconds since the epoch, UTC.
  since_us INTEGER NOT NULL CONSTRAINT camera_faults_since_us_range CHECK (since_us >= 0),
  -- When pictures came again; null while they do not.
  until_us INTEGER CONSTRAINT camera_faults_until_us_range CHECK (until_us >= 0)
) STRICT, WITHOUT ROWID;
`;

export const cameraGroupsAndSchedules: Migration = {
  number: 70,
  name: 'camera-groups-and-schedules',
  up: (db) => void db.exec(SQL),
};
