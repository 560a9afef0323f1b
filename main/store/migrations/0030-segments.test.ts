import type Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { databaseAt, insertCamera, migrateTo, segment } from '../testing/fixtures';
import type { SegmentRow } from '../types';

/** Past the check of the query, so that the schema alone has to hold. */
function insert(db: Database.Database, row: SegmentRow): void {
  db.prepare(
    `INSERT INTO segments VALUES (@id, @cameraId, @runId, @path, @startUs, @endUs, @videoCodec, @audioCodec,
       @width, @height, @bytes)`,
  ).run(row);
}

function withCameras(): { db: Database.Database; one: string; two: string } {
  const db = databaseAt(20);
  const [one, two] = [insertCamera(db, 1), insertCamera(db, 2)];
  migrateTo(db, 30);
  return { db, one, two };
}

test('keeps the cameras and sealed passwords of version 20', () => {
  const db = databaseAt(20);
  insertCamera(db, 1, { sealedPassword: Buffer.from('sealed') });
  const before = db.prepare('SELECT * FROM devices JOIN device_secrets ON device_id = id').all();
  migrateTo(db, 30);
  expect(db.prepare('SELECT * FROM devices JOIN device_secrets ON device_id = id').all()).toEqual(before);
  expect(before).toHaveLength(1);
  expect(db.pragma('user_version', { simple: true })).toBe(30);
});

describe('no overlap, held by the schema alone', () => {
  test.each([
    [100, 200, 'the same span'],
    [50, 101, 'reaching in'],
    [199, 300, 'beginning inside'],
    [120, 130, 'inside'],
    [50, 300, 'around'],
  ])('%d to %d is refused: %s', (startUs, endUs) => {
    const { db, one, two } = withCameras();
    insert(db, segment(one, 100, 200));
    expect(() => insert(db, segment(one, startUs, endUs))).toThrow('overlaps another one of the camera');
    insert(db, segment(two, startUs, endUs));
    insert(db, segment(one, 0, 50));
    insert(db, segment(one, 200, 210));
    insert(db, segment(one, 50, 100));
  });

  test('nothing can be moved', () => {
    const { db, one } = withCameras();
    insert(db, segment(one, 100, 200));
    for (const change of ['end_us = 300', 'start_us = 0', 'bytes = 1', "camera_id = 'x'"])
      expect(() => db.prepare(`UPDATE segments SET ${change}`).run()).toThrow('never change');
  });
});

test.each([
  [{ id: 'x' }, 'segments_id_is_uuid'],
  [{ endUs: 100 }, 'segments_end_after_start'],
  [{ path: '/etc/passwd' }, 'segments_path_is_relative'],
  [{ path: 'a/../../b' }, 'segments_path_is_relative'],
  [{ path: '..' }, 'segments_path_is_relative'],
  [{ path: 'a\\b' }, 'segments_path_is_relative'],
  [{ path: '' }, 'segments_path_is_relative'],
  [{ startUs: -5 }, 'segments_start_us_range'],
  [{ videoCodec: '' }, 'segments_video_codec_length'],
  [{ audioCodec: '' }, 'segments_audio_codec_length'],
  [{ width: 0 }, 'segments_width_range'],
  [{ height: -1 }, 'segments_height_range'],
  [{ bytes: -1 }, 'segments_bytes_range'],
  [{ runId: '' }, 'segments_run_id_length'],
  [{ cameraId: 'nobody' }, 'FOREIGN KEY'],
])('%j breaks %s', (more, constraint) => {
  const { db, one } = withCameras();
  expect(() => insert(db, { ...segment(one, 100, 200), ...more })).toThrow(constraint);
});

test('totals follow insertion and deletion', () => {
  const { db, one, two } = withCameras();
  const totals = db.prepare('SELECT segments, bytes FROM recording_totals ORDER BY camera_id');
  insert(db, segment(one, 0, 10, 5));
  insert(db, segment(one, 10, 20, 7));
  insert(db, segment(two, 0, 10, 100));
  expect(totals.all()).toEqual([
    { segments: 2, bytes: 12 },
    { segments: 1, bytes: 100 },
  ]);
  db.prepare('DELETE FROM segments WHERE bytes = 5').run();
  db.prepare('DELETE FROM segments WHERE bytes = 100').run();
  expect(totals.all()).toEqual([
    { segments: 1, bytes: 7 },
    { segments: 0, bytes: 0 },
  ]);
});
