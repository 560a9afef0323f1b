import type { Migration } from './migration';

/** Columns of the reference (reference-system 0.6: devices) and ours. */
const SQL = `
CREATE TABLE devices (
  -- Lower-case UUID; also the id of the camera's stream, room and agent.
  id TEXT NOT NULL PRIMARY KEY
    CONSTRAINT devices_id_is_uuid CHECK (length(id) = 36 AND id NOT GLOB '*[^0-9a-f-]*'),
  -- Given by the operator; survives deletion, since history shows it.
  name TEXT NOT NULL CONSTRAINT devices_name_length CHECK (length(name) BETWEEN 1 AND 255),
  -- Free text.
  description TEXT CONSTRAINT devices_description_length CHECK (length(description) <= 2000),
  -- Where the camera hangs, free text.
  location TEXT CONSTRAINT devices_location_length CHECK (length(location) <= 255),
  -- Address of the main stream, rtsp or rtsps, without credentials.
  rtsp_url TEXT NOT NULL
    CONSTRAINT devices_rtsp_url_form CHECK (
      length(rtsp_url) <= 512 AND (lower(rtsp_url) GLOB 'rtsp://?*' OR lower(rtsp_url) GLOB 'rtsps://?*'))
    CONSTRAINT devices_rtsp_url_without_credentials CHECK (
      instr(substr(rtsp_url, 1, instr(substr(rtsp_url, 9) || '/', '/') + 8), '@') = 0),
  -- Address of the sub-stream, if the camera has one; same rules.
  sub_rtsp_url TEXT
    CONSTRAINT devices_sub_rtsp_url_form CHECK (
      length(sub_rtsp_url) <= 512 AND (lower(sub_rtsp_url) GLOB 'rtsp://?*' OR lower(sub_rtsp_url) GLOB 'rtsps://?*'))
    CONSTRAINT devices_sub_rtsp_url_without_credentials CHECK (
      instr(substr(sub_rtsp_url, 1, instr(substr(sub_rtsp_url, 9) || '/', '/') + 8), '@') = 0),
  -- User name at the camera; the password is in device_secrets.
  username TEXT CONSTRAINT devices_username_length CHECK (length(username) <= 128),
  -- How RTP travels.
  transport TEXT NOT NULL CONSTRAINT devices_transport_is_known CHECK (transport IN ('tcp', 'udp')),
  -- 1: the operator wants it to run.
  is_active INTEGER NOT NULL CONSTRAINT devices_is_active_is_bool CHECK (is_active IN (0, 1)),
  -- 1: segments of the main stream are kept.
  recording INTEGER NOT NULL CONSTRAINT devices_recording_is_bool CHECK (recording IN (0, 1)),
  -- Last probe of the main stream (StreamInfo as JSON); null before the first.
  main_info TEXT CONSTRAINT devices_main_info_is_json CHECK (main_info IS NULL OR json_valid(main_info)),
  -- Last probe of the sub-stream.
  sub_info TEXT CONSTRAINT devices_sub_info_is_json CHECK (sub_info IS NULL OR json_valid(sub_info)),
  -- Microseconds since the epoch, UTC.
  created_us INTEGER NOT NULL CONSTRAINT devices_created_us_range CHECK (created_us >= 0),
  -- Microseconds since the epoch, UTC: last change by the operator.
  updated_us INTEGER NOT NULL CONSTRAINT devices_updated_us_range CHECK (updated_us >= 0),
  -- Tombstone: microseconds since the epoch, UTC, of the deletion; null while the camera lives.
  deleted_us INTEGER CONSTRAINT devices_deleted_us_range CHECK (deleted_us >= 0),
  CONSTRAINT devices_deleted_is_stopped CHECK (deleted_us IS NULL OR (is_active = 0 AND username IS NULL))
) STRICT;

-- The address of a deleted camera can be used again.
CREATE UNIQUE INDEX devices_live_rtsp_url ON devices (rtsp_url) WHERE deleted_us IS NULL;
CREATE INDEX devices_name ON devices (name);
CREATE INDEX devices_live_created ON devices (created_us, id) WHERE deleted_us IS NULL;

CREATE TRIGGER devices_are_never_removed BEFORE DELETE ON devices BEGIN
  SELECT RAISE(ABORT, 'a camera is deleted by its tombstone, its row stays for its history');
END;

-- Apart from devices, so that no query of cameras can carry a password by accident.
CREATE TABLE device_secrets (
  -- The camera it belongs to.
  device_id TEXT NOT NULL PRIMARY KEY REFERENCES devices (id),
  -- Sealed by the platform's key store, never plain.
  sealed_password BLOB NOT NULL CONSTRAINT device_secrets_not_empty CHECK (length(sealed_password) > 0)
) STRICT, WITHOUT ROWID;
`;

export const devices: Migration = {
  number: 20,
  name: 'devices',
  up: (db) => void db.exec(SQL),
};
