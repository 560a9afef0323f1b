import { describe, expect, test } from 'vitest';
import { cellsOf, MOTION_BYTES } from '../../../contract/motionGrid';
import { databaseAt, device, segment, uuid } from '../testing/fixtures';
import { deviceWrites } from './devices';
import { motionReads, motionWrites } from './motion';
import { packSeconds } from './motionMinute';
import { segmentWrites } from './segments';

const MINUTE_US = 60_000_000;
const left = cellsOf([
  [
    [0, 0],
    [0.25, 0],
    [0.25, 1],
    [0, 1],
  ],
]);
const right = left.map((_, index) => [0, 0, 0, 0xff][index % 4] ?? 0);
const none = new Uint8Array(MOTION_BYTES);
const all = none.map(() => 0xff);

function store() {
  const db = databaseAt();
  const at = { ...deviceWrites(db), ...segmentWrites(db), ...motionReads(db), ...motionWrites(db) };
  at.createDevice(device(1));
  const add = (minute: number, seconds: Record<number, Uint8Array>, cameraId = uuid(1)) => {
    const { known, data } = packSeconds(
      new Map(Object.entries(seconds).map(([second, mask]) => [Number(second), mask])),
    );
    at.addMotion([{ cameraId, minute, known, data }]);
  };
  const search = (region: Uint8Array, more = {}) =>
    at.searchMotion({
      ...{ cameraId: uuid(1), fromUs: 0, toUs: 1e9, region },
      ...{ minCells: 1, gapSeconds: 2, limit: 10, ...more },
    });
  const list = (bucketSeconds: number, fromUs = 0, toUs = 600_000_000) =>
    at.listMotion({ cameraId: uuid(1), fromUs, toUs, bucketSeconds });
  return { ...at, add, search, list };
}

describe('motion', () => {
  test('by bucket: what was watched, what moved, and how much', () => {
    const at = store();
    at.add(1, { 0: none, 1: left, 2: all });
    at.add(2, { 59: none });
    const minute = { startUs: MINUTE_US, knownSeconds: 3, movingSeconds: 2, peak: 1 };
    expect(at.list(60)).toEqual([
      minute,
      { startUs: 2 * MINUTE_US, knownSeconds: 1, movingSeconds: 0, peak: 0 },
    ]);
    expect(at.list(300)).toEqual([{ startUs: 0, knownSeconds: 4, movingSeconds: 2, peak: 1 }]);
    // The same from the seconds, and a range that cuts a minute.
    expect(at.list(60, 0, 599_999_999)).toEqual(at.list(60));
    expect(at.list(1, 61_000_000, 62_000_000)).toEqual([
      { startUs: 61_000_000, knownSeconds: 1, movingSeconds: 1, peak: 0.25 },
    ]);
    expect(at.list(1, 500_000_000)).toEqual([]);
  });

  test('in a region: intervals, joined over small gaps, across minutes', () => {
    const at = store();
    at.add(1, { 55: left, 57: left, 59: right });
    at.add(2, { 0: left, 1: none, 10: left });
    expect(at.search(left)).toEqual({
      found: [
        { startUs: 115_000_000, endUs: 121_000_000, peak: 1 },
        { startUs: 130_000_000, endUs: 131_000_000, peak: 1 },
      ],
      nextFromUs: null,
      knownSeconds: 6,
    });
    expect(at.search(right).found).toEqual([{ startUs: 119_000_000, endUs: 120_000_000, peak: 1 }]);
    expect(at.search(left, { gapSeconds: 0 }).found).toHaveLength(4);
    expect(at.search(all, { minCells: 145 }).found).toEqual([]);
    expect(at.search(left, { limit: 1 })).toMatchObject({ nextFromUs: 130_000_000 });
    expect(at.search(left, { fromUs: 130_000_000 }).found).toHaveLength(1);
  });

  test('a minute that comes in parts is one, and nothing is taken of unknown cameras', () => {
    const at = store();
    at.add(1, { 3: left, 4: none });
    at.add(1, { 3: right, 5: left });
    at.add(1, { 0: all }, uuid(7));
    expect(at.list(1)).toEqual([
      { startUs: 63_000_000, knownSeconds: 1, movingSeconds: 1, peak: 0.5 },
      { startUs: 64_000_000, knownSeconds: 1, movingSeconds: 0, peak: 0 },
      { startUs: 65_000_000, knownSeconds: 1, movingSeconds: 1, peak: 0.25 },
    ]);
  });

  test('it goes with the footage', () => {
    const at = store();
    const days = (n: number) => n * 24 * 60 * MINUTE_US;
    for (const minute of [0, 24 * 60 - 1, 24 * 60, 4 * 24 * 60]) at.add(minute, { 0: left });
    const left24 = () => at.list(60, 0, days(10)).map(({ startUs }) => startUs / MINUTE_US);
    at.insertSegment(segment(uuid(1), days(1), days(1) + 1000));
    expect(at.expireMotion(days(5))).toBe(2);
    expect(left24()).toEqual([24 * 60, 4 * 24 * 60]);
    // Footage that is newer than a day takes nothing of the last day.
    const other = store();
    other.add(4 * 24 * 60 + 10, { 0: left });
    other.insertSegment(
      segment(
        uuid(1),
        4 * 24 * 60 * MINUTE_US + MINUTE_US * 1300,
        4 * 24 * 60 * MINUTE_US + MINUTE_US * 1300 + 1000,
      ),
    );
    expect(other.expireMotion(days(5))).toBe(0);
  });
});
