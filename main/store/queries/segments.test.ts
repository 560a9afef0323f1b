import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { VasError } from '../../base/errors';
import { databaseAt, device, segment, uuid } from '../testing/fixtures';
import type { SegmentRow } from '../types';
import { deviceWrites } from './devices';
import { segmentReads, segmentWrites } from './segments';
import { tombstoneWrites } from './tombstones';

const CAMERAS = [uuid(1), uuid(2)] as const;

function store() {
  const db = databaseAt();
  for (const n of [1, 2]) deviceWrites(db).createDevice(device(n));
  return { db, ...segmentReads(db), ...segmentWrites(db), ...tombstoneWrites(db) };
}

/** A small time line, so that spans collide often. */
const span = fc
  .tuple(fc.constantFrom(...CAMERAS), fc.nat(60), fc.integer({ min: 1, max: 12 }), fc.nat(1000))
  .map(([camera, start, length, bytes]) => segment(camera, start, start + length, bytes));
const action = fc.oneof(
  { weight: 4, arbitrary: fc.record({ insert: span }) },
  { weight: 1, arbitrary: fc.record({ remove: fc.nat() }) },
);

const byStart = (a: SegmentRow, b: SegmentRow): number => a.startUs - b.startUs;
const byEnd = (a: SegmentRow, b: SegmentRow): number =>
  a.endUs - b.endUs || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

function tryInsert(insert: (row: SegmentRow) => void, row: SegmentRow): boolean {
  try {
    insert(row);
    return true;
  } catch (error) {
    if (error instanceof VasError && error.kind === 'conflict') return false;
    throw error;
  }
}

describe('against a naive model', () => {
  test('a segment is refused exactly when it overlaps one of its camera, and every query agrees', () => {
    fc.assert(
      fc.property(
        fc.array(action, { minLength: 1, maxLength: 40 }),
        fc.nat(80),
        fc.nat(20),
        (actions, at, length) => {
          const real = store();
          let model: SegmentRow[] = [];
          for (const step of actions) {
            if ('insert' in step) {
              // fast-check may repeat a value while shrinking; ids and paths must stay unique.
              const row = segment(
                step.insert.cameraId,
                step.insert.startUs,
                step.insert.endUs,
                step.insert.bytes,
              );
              const free = !model.some(
                (other) =>
                  other.cameraId === row.cameraId && other.startUs < row.endUs && other.endUs > row.startUs,
              );
              expect(tryInsert(real.insertSegment, row)).toBe(free);
              if (free) model.push(row);
            } else if (model.length > 0) {
              const gone = model[step.remove % model.length];
              real.deleteSegments([gone?.id ?? '']);
              model = model.filter((row) => row !== gone);
            }
          }
          const to = at + length;
          for (const camera of CAMERAS) {
            const own = model.filter(({ cameraId }) => cameraId === camera).sort(byStart);
            const inRange = own.filter(({ startUs, endUs }) => startUs < to && endUs > at && at < to);
            expect(real.findSegments(camera, at, to)).toEqual(inRange);
            expect(real.findSegments(camera, at, to, 2)).toEqual(inRange.slice(0, 2));
            expect(real.oldestSegments({ cameraId: camera, endBeforeUs: at, limit: 3 })).toEqual(
              own.filter(({ endUs }) => endUs < at).slice(0, 3),
            );
            expect(real.segmentPaths(camera)).toEqual(own.map(({ path }) => path));
            expect(real.lastSegmentEnd(camera)).toBe(own.at(-1)?.endUs ?? null);
            expect(real.recordedBytes(camera)).toBe(own.reduce((sum, { bytes }) => sum + bytes, 0));
          }
          expect(real.recordedBytes()).toBe(model.reduce((sum, { bytes }) => sum + bytes, 0));
          expect(real.oldestSegments({ limit: 1000 })).toEqual([...model].sort(byEnd));
          real.db.close();
        },
      ),
      { numRuns: 150 },
    );
  });

  test('days are those of the time zone, each at the offset of its own time', () => {
    const zone = process.env['TZ'];
    onTestFinished(() => {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    });
    const HOUR = 3_600_000_000;
    const zones = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'Australia/Lord_Howe'];
    const pad = (value: number) => String(value).padStart(2, '0');
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(24 * 400), { maxLength: 30 }),
        fc.constantFrom(...zones),
        (hours, name) => {
          process.env['TZ'] = name;
          const real = store();
          const base = Date.UTC(2027, 1, 20) * 1000;
          const days = new Map<string, { segments: number; bytes: number }>();
          for (const hour of hours) {
            const row = segment(CAMERAS[0], base + hour * HOUR, base + (hour + 1) * HOUR, hour);
            real.insertSegment(row);
            const local = new Date(row.startUs / 1000);
            const day = `${local.getFullYear()}-${pad(local.getMonth() + 1)}-${pad(local.getDate())}`;
            const { segments, bytes } = days.get(day) ?? { segments: 0, bytes: 0 };
            days.set(day, { segments: segments + 1, bytes: bytes + hour });
          }
          expect(real.recordedDays(CAMERAS[0])).toEqual(
            [...days].sort(([a], [b]) => (a < b ? 1 : -1)).map(([day, sums]) => ({ day, ...sums })),
          );
          expect(real.recordedDays(CAMERAS[1])).toEqual([]);
          real.db.close();
        },
      ),
      { numRuns: 60 },
    );
  });
});

test('an overlap says which recording is in the way', () => {
  const { insertSegment } = store();
  insertSegment(segment(CAMERAS[0], 100, 200));
  expect(() => insertSegment(segment(CAMERAS[0], 150, 250))).toThrow(
    expect.objectContaining({
      kind: 'conflict',
      details: { cameraId: CAMERAS[0], startUs: 150, endUs: 250, other: { startUs: 100, endUs: 200 } },
    }),
  );
});

test('rows come back as they went in, by path too', () => {
  const { insertSegment, segmentByPath } = store();
  const row = { ...segment(CAMERAS[0], 1_800_000_000_123_456, 1_800_000_060_000_001), audioCodec: 'aac' };
  insertSegment(row);
  expect(segmentByPath(row.path)).toEqual(row);
  expect(segmentByPath('nothing')).toBeNull();
  expect(() => insertSegment({ ...segment(CAMERAS[0], 1, 2), path: row.path })).toThrow('UNIQUE');
});

test('deleting many is one transaction; unknown ids do not matter', () => {
  const { insertSegment, deleteSegments, recordedBytes } = store();
  const rows = [0, 10, 20].map((start) => segment(CAMERAS[0], start, start + 10));
  rows.forEach(insertSegment);
  deleteSegments([...rows.slice(0, 2).map(({ id }) => id), uuid(77)]);
  expect(recordedBytes()).toBe(1000);
});

test('the time line and retention are answered from an index', () => {
  const { db } = store();
  const plan = (sql: string): string =>
    (db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all() as { detail: string }[])
      .map(({ detail }) => detail)
      .join('; ');
  const prefix = 'SELECT * FROM segments WHERE';
  expect(
    plan(`${prefix} camera_id = 'a' AND start_us >= 1 AND start_us < 9 AND end_us > 1 ORDER BY start_us`),
  ).toBe('SEARCH segments USING INDEX segments_camera_time (camera_id=? AND start_us>? AND start_us<?)');
  expect(plan(`${prefix} end_us < 5 ORDER BY end_us, id LIMIT 5`)).toContain('segments_end');
});
