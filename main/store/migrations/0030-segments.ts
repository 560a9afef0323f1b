import type { Migration } from './migration';

const SQL = `
CREATE TABLE segments (
  -- Lower-case UUID.
  id TEXT NOT NULL PRIMARY KEY
    CONSTRAINT segments_id_is_uuid CHECK (length(id) = 36 AND id NOT GLOB '*[^0-9a-f-]*'),
  -- The camera that was recorded; may be deleted by now.
  camera_id TEXT NOT NULL REFERENCES devices (id),
  -- The recording run the segment belongs to: one run is one life of the ingest.
  run_id TEXT NOT NULL CONSTRAINT segments_run_id_length CHECK (length(run_id) BETWEEN 1 AND 64),
  -- Relative to the recordings folder, forward slashes, never out of it.
  path TEXT NOT NULL CONSTRAINT segments_path_is_relative CHECK (
    length(path) BETWEEN 1 AND 512 AND path NOT GLOB '/*' AND instr(path, char(92)) = 0
    AND instr('/' || path || '/', '/../') = 0),
  -- Wall clock of the first picture, microseconds since the epoch, UTC.
  start_us INTEGER NOT NULL CONSTRAINT segments_start_us_range CHECK (start_us >= 0),
  -- Wall clock at which its footage ends, exclusive, microseconds since the epoch, UTC.
  end_us INTEGER NOT NULL,
  -- FFmpeg's name of the video codec, e.g. h264.
  video_codec TEXT NOT NULL CONSTRAINT segments_video_codec_length CHECK (length(video_codec) BETWEEN 1 AND 32),
  -- FFmpeg's name of the audio codec; null without audio.
  audio_codec TEXT CONSTRAINT segments_audio_codec_length CHECK (length(audio_codec) BETWEEN 1 AND 32),
  -- Pixels.
  width INTEGER NOT NULL CONSTRAINT segments_width_range CHECK (width > 0),
  -- Pixels.
  height INTEGER NOT NULL CONSTRAINT segments_height_range CHECK (height > 0),
  -- Size of the file.
  bytes INTEGER NOT NULL CONSTRAINT segments_bytes_range CHECK (bytes >= 0),
  CONSTRAINT segments_end_after_start CHECK (end_us > start_us)
) STRICT;

CREATE UNIQUE INDEX segments_path ON segments (path);
-- Time lines and overlap checks of one camera; bytes make the calendar of days answerable from the index alone.
CREATE INDEX segments_camera_time ON segments (camera_id, start_us, end_us, bytes);
-- Retention: oldest first over all cameras.
CREATE INDEX segments_end ON segments (end_us);

-- Recordings of a camera never overlap (architecture, Identity and time). Only the neighbours can collide,
-- since those already there do not overlap.
CREATE TRIGGER segments_never_overlap BEFORE INSERT ON segments
WHEN (SELECT end_us FROM segments WHERE camera_id = NEW.camera_id AND start_us <= NEW.start_us
      ORDER BY start_us DESC LIMIT 1) > NEW.start_us
  OR (SELECT start_us FROM segments WHERE camera_id = NEW.camera_id AND start_us > NEW.start_us
      ORDER BY start_us LIMIT 1) < NEW.end_us
BEGIN
  SELECT RAISE(ABORT, 'the segment overlaps another one of the camera');
END;

CREATE TRIGGER segments_keep_their_place BEFORE UPDATE OF camera_id, start_us, end_us, bytes ON segments BEGIN
  SELECT RAISE(ABORT, 'camera, time and size of a segment never change');
END;

-- Kept by triggers, so that retention does not sum millions of rows each time.
CREATE TABLE recording_totals (
  -- The camera.
  camera_id TEXT NOT NULL PRIMARY KEY REFERENCES devices (id),
  -- How many segments it has.
  segments INTEGER NOT NULL CONSTRAINT recording_totals_segments_range CHECK (segments >= 0),
  -- Sum of their sizes.
  bytes INTEGER NOT NULL CONSTRAINT recording_totals_bytes_range CHECK (bytes >= 0)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER recording_totals_add AFTER INSERT ON segments BEGIN
  INSERT INTO recording_totals (camera_id, segments, bytes) VALUES (NEW.camera_id, 1, NEW.bytes)
  ON CONFLICT (camera_id) DO UPDATE SET segments = segments + 1, bytes = bytes + excluded.bytes;
END;

CREATE TRIGGER recording_totals_subtract AFTER DELETE ON segments BEGIN
  UPDATE recording_totals SET segments = segments - 1, bytes = bytes - OLD.bytes
  WHERE camera_id = OLD.camera_id;
END;
`;

export const segments: Migration = {
  number: 30,
  name: 'segments',
  up: (db) => void db.exec(SQL),
};
