import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SimulatedClock } from '../../base/simulatedClock';
import { DEFAULT_FOLDER_ID } from '../../store/defaultFolder';
import type { SegmentRow } from '../../store/types';
import { archivePath } from './layout';
import type { RetentionSettings } from './settings';
import { defaultFloor, floorBytes } from './settings';
import { WriteRate } from './writeRate';
import type { Workstation } from './testing/workstation';
import { CAMERA, filesIn, OTHER_CAMERA, TEST_SETTINGS, workstation } from './testing/workstation';

const NOW_US = 1_800_000_000_000_000;
const HOUR_US = 3_600_000_000;
const KIB = 1024;

interface Archive extends Workstation {
  readonly rows: SegmentRow[];
  readonly clock: SimulatedClock;
}

/** One segment of 1 KiB an hour, of two cameras in turn; the newest ended now. */
async function archive(segments: number, retention: Partial<RetentionSettings>): Promise<Archive> {
  const clock = new SimulatedClock(NOW_US);
  const settings = {
    ...TEST_SETTINGS,
    retention: { maxDays: null, maxBytes: null, floorBytes: 0, ...retention },
  };
  const at = await workstation({ clock, settings });
  const rows: SegmentRow[] = [];
  for (let index = 0; index < segments; index++) {
    const cameraId = index % 2 === 0 ? CAMERA : OTHER_CAMERA;
    const startUs = NOW_US - (segments - index) * HOUR_US;
    const id = randomUUID();
    const row: SegmentRow = {
      ...{ id, cameraId, runId: randomUUID(), folderId: DEFAULT_FOLDER_ID },
      path: archivePath(cameraId, startUs, id),
      ...{ startUs, endUs: startUs + HOUR_US, videoCodec: 'h264', audioCodec: null },
      ...{ width: 640, height: 360, bytes: KIB, sha256: null },
    };
    const file = path.join(at.recordings, row.path);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, Buffer.alloc(KIB));
    await at.store.write.insertSegment(row);
    rows.push(row);
  }
  await mkdir(at.recordings, { recursive: true });
  return { ...at, rows, clock };
}

/** What is left, oldest first; files and rows must agree. */
async function left(at: Archive): Promise<string[]> {
  const rows = await at.store.read.oldestSegments({ limit: 10_000 });
  expect((await filesIn(at.recordings)).sort()).toEqual(rows.map((row) => row.path).sort());
  return rows.map((row) => row.id);
}

const ids = (rows: readonly SegmentRow[]): string[] => rows.map((row) => row.id);

describe('retention', () => {
  it('keeps everything while no rule applies', async () => {
    const at = await archive(30, { maxDays: 2, maxBytes: 30 * KIB });
    expect(await at.recording.sweep()).toEqual({
      ...{ removed: { days: 0, bytes: 0, floor: 0 }, bytes: 0, guarded: false, belowFloor: false },
    });
    expect(await left(at)).toEqual(ids(at.rows));
  });

  it('gives up what is older than the days, oldest first over all cameras', async () => {
    const at = await archive(40, { maxDays: 1 });
    const report = await at.recording.sweep();
    // Ended more than 24 hours ago: all but the last 24 and the one that ends exactly then.
    expect(report).toMatchObject({
      removed: { days: 15, bytes: 0, floor: 0 },
      bytes: 15 * KIB,
      guarded: false,
    });
    expect(await left(at)).toEqual(ids(at.rows.slice(15)));
  });

  it('gives up the oldest beyond the bytes', async () => {
    const at = await archive(40, { maxBytes: 25.5 * KIB });
    expect(await at.recording.sweep()).toMatchObject({
      removed: { days: 0, bytes: 15, floor: 0 },
      guarded: false,
    });
    expect(await left(at)).toEqual(ids(at.rows.slice(15)));
  });

  it('counts nothing of a disk that is missing: what is left would go in its place', async () => {
    const at = await archive(40, { maxBytes: 25.5 * KIB });
    const folderId = randomUUID();
    await at.store.write.addStorageFolder(folderId, path.join(at.folder, 'unplugged'), 1);
    for (const row of at.rows.slice(0, 10)) {
      const id = randomUUID();
      const startUs = row.startUs - 1000 * HOUR_US;
      const span = { startUs, endUs: startUs + HOUR_US };
      const there = { id, folderId, path: archivePath(row.cameraId, startUs, id) };
      await at.store.write.insertSegment({ ...row, ...span, ...there });
    }
    const again = at.reopen();
    expect(await again.folders.previewRetention(again.retention())).toMatchObject({ segments: 15 });
    expect(await again.sweep()).toMatchObject({ removed: { days: 0, bytes: 15, floor: 0 }, guarded: false });
    expect((await at.store.read.oldestSegments({ limit: 100 })).length).toBe(10 + 25);
  });

  it('removes folders of days that have become empty, and nothing else', async () => {
    const at = await archive(60, { maxDays: 2 });
    const before = new Set((await filesIn(at.recordings)).map((file) => path.dirname(file)));
    await at.recording.sweep();
    const after = new Set((await filesIn(at.recordings)).map((file) => path.dirname(file)));
    for (const folder of before) expect(existsSync(path.join(at.recordings, folder))).toBe(after.has(folder));
    expect(after.size).toBeLessThan(before.size);
  });

  it('AR-10: deletes nothing for days or bytes when that is more than half, until somebody confirms it', async () => {
    const at = await archive(40, { maxDays: 1 });
    at.clock.stepWall(365 * 24 * HOUR_US);
    expect(await at.recording.sweep()).toMatchObject({ removed: { days: 0 }, guarded: true });
    expect(at.recording.refusedSweep()).toEqual({
      ...{ segments: 40, bytes: 40 * KIB, recordedBytes: 40 * KIB },
    });
    at.clock.stepWall(-365 * 24 * HOUR_US);
    expect(await at.recording.sweep()).toMatchObject({ removed: { days: 15 }, guarded: false });
    expect(at.recording.refusedSweep()).toBeNull();
    at.clock.stepWall(2 * 24 * HOUR_US);
    expect(await at.recording.sweep()).toMatchObject({ removed: { days: 0 }, guarded: true });
    expect(await at.recording.sweepConfirmed()).toMatchObject({ removed: { days: 25 }, guarded: false });
    expect(await left(at)).toEqual([]);
  });

  it('AR-10: a confirmation holds for one sweep; settings that somebody has seen are one', async () => {
    const at = await archive(40, { maxBytes: 2 * KIB });
    expect(await at.recording.sweep()).toMatchObject({ removed: { bytes: 0 }, guarded: true });
    at.recording.setRetention({ maxDays: null, maxBytes: 3 * KIB, floorBytes: 0 }, false);
    expect(await at.recording.sweep()).toMatchObject({ removed: { bytes: 0 }, guarded: true });
    at.recording.setRetention({ maxDays: null, maxBytes: 3 * KIB, floorBytes: 0 }, true);
    expect(await at.recording.sweep()).toMatchObject({ removed: { bytes: 37 }, guarded: false });
    at.clock.stepWall(365 * 24 * HOUR_US);
    at.recording.setRetention({ maxDays: 1, maxBytes: null, floorBytes: 0 }, false);
    expect(await at.recording.sweep()).toMatchObject({ removed: { days: 0 }, guarded: true });
  });

  it('AR-10: a permission for new rules is none for the old ones of a sweep that runs', async () => {
    const at = await archive(40, { maxDays: 1 });
    at.clock.stepWall(365 * 24 * HOUR_US);
    const sweeping = at.recording.sweep();
    at.recording.setRetention({ maxDays: null, maxBytes: 3 * KIB, floorBytes: 0 }, true);
    expect(await sweeping).toMatchObject({ removed: { days: 0, bytes: 0 }, guarded: true });
    expect(await at.recording.sweep()).toMatchObject({ removed: { bytes: 37 }, guarded: false });
  });

  it('AR-10: a full disk is not guarded: recording would stop', async () => {
    const at = await archive(10, { maxDays: 1, floorBytes: 10 ** 18 });
    at.clock.stepWall(365 * 24 * HOUR_US);
    expect(await at.recording.sweep()).toMatchObject({
      removed: { floor: 10 },
      guarded: true,
      belowFloor: true,
    });
    expect(await left(at)).toEqual([]);
  });

  it('AR-4: a deletion that was interrupted is finished', async () => {
    const at = await archive(6, {});
    const [first, second] = ids(at.rows);
    await at.store.write.burySegments([first ?? '', second ?? ''], 'retention', 1);
    await rm(path.join(at.recordings, at.rows[0]?.path ?? ''));
    expect((await filesIn(at.recordings)).length).toBe(5);
    await at.recording.heal();
    expect(await left(at)).toEqual(ids(at.rows.slice(2)));
    expect(await at.store.read.listTombstones({ limit: 10 })).toEqual([]);
  });

  it('AR-5: where files cannot be removed the index keeps what is there', async () => {
    const at = await archive(40, { maxDays: 1 });
    // A folder in the place of a file: not even root can unlink it.
    const oldest = path.join(at.recordings, at.rows[0]?.path ?? '');
    await rm(oldest);
    await mkdir(path.join(oldest, 'stuck'), { recursive: true });
    for (let turn = 0; turn < 4; turn++) await at.recording.sweep();
    const rows = await at.store.read.oldestSegments({ limit: 100 });
    expect(rows.length).toBeGreaterThanOrEqual(24);
    expect((await at.store.read.listTombstones({ limit: 100 })).map(({ id }) => id)).toEqual([
      at.rows[0]?.id,
    ]);
    await rm(oldest, { recursive: true });
    await at.recording.sweep();
    expect((await at.store.read.oldestSegments({ limit: 100 })).length).toBe(25);
    expect(await at.store.read.listTombstones({ limit: 100 })).toEqual([]);
  });

  it('can remove the last segment there is', async () => {
    const at = await archive(1, { maxDays: 1 });
    at.clock.stepWall(3 * 24 * HOUR_US);
    expect(await at.recording.sweep()).toMatchObject({ removed: { days: 1 }, guarded: false });
    expect(await left(at)).toEqual([]);
  });

  it('leaves what is read, and takes it when it is let go', async () => {
    const at = await archive(40, { maxDays: 1 });
    const pieces = await at.recording.locate(CAMERA, NOW_US - 39.5 * HOUR_US, NOW_US - 37.5 * HOUR_US);
    expect(pieces.length).toBe(2);
    const hold = at.recording.hold(pieces);
    expect(await at.recording.sweep()).toMatchObject({ removed: { days: 13 } });
    hold.dispose();
    hold.dispose();
    expect((await at.recording.stats()).held).toBe(0);
    expect(await at.recording.sweep()).toMatchObject({ removed: { days: 2 } });
    expect(await left(at)).toEqual(ids(at.rows.slice(15)));
  });

  it('drops the row when the file is gone already', async () => {
    const at = await archive(40, { maxDays: 1 });
    await rm(path.join(at.recordings, at.rows[3]?.path ?? ''));
    expect(await at.recording.sweep()).toMatchObject({ removed: { days: 15 } });
    expect(await left(at)).toEqual(ids(at.rows.slice(15)));
  });

  it('runs every minute', async () => {
    const at = await archive(40, { maxDays: 1 });
    await at.clock.advance(59_000);
    expect((await left(at)).length).toBe(40);
    await at.clock.advance(2_000);
    // A minute has passed: the segment that ended exactly a day ago goes too.
    await expect.poll(async () => (await at.store.read.oldestSegments({ limit: 100 })).length).toBe(24);
    await at.recording.dispose();
    expect(at.clock.pendingTimers).toBe(0);
  });
});

describe('the floor', () => {
  const GIB = 1024 ** 3;
  it.each([
    [null, 1000 * GIB, 0, 50 * GIB],
    [null, 1000 * GIB, 200 * 1024 ** 2, (200 * 600 * GIB) / 1024],
    [GIB, 1000 * GIB, 8 * 1024 ** 2, (8 * 600 * GIB) / 1024],
    [GIB, 10 * GIB, 800 * 1024 ** 2, 2.5 * GIB],
    [0, 10 * GIB, 0, 0],
  ])('of %s set, %i bytes and %i bytes a second is %i', (set, total, rate, floor) => {
    expect(floorBytes({ floorBytes: set }, total, rate)).toBe(Math.floor(floor));
  });

  it('follows what is written', async () => {
    const clock = new SimulatedClock();
    const rate = new WriteRate(clock);
    expect(rate.bytesPerSecond()).toBe(0);
    for (let minute = 0; minute < 30; minute++) {
      rate.note(60_000);
      await clock.advance(60_000);
    }
    expect(rate.bytesPerSecond()).toBeCloseTo(1000, -2);
    await clock.advance(600_000);
    expect(rate.bytesPerSecond()).toBe(0);
  });
});

describe('the default floor', () => {
  const GIB = 1024 ** 3;
  it.each([
    [10 * GIB, 2 * GIB],
    [40 * GIB, 2 * GIB],
    [100 * GIB, 5 * GIB],
    [1000 * GIB, 50 * GIB],
    [20_000 * GIB, 50 * GIB],
  ])('of %i bytes is %i', (total, floor) => {
    expect(defaultFloor(total)).toBe(floor);
  });
});
