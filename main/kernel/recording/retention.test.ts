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
import { defaultFloor } from './settings';
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

  it('removes folders of days that have become empty, and nothing else', async () => {
    const at = await archive(60, { maxDays: 2 });
    const before = new Set((await filesIn(at.recordings)).map((file) => path.dirname(file)));
    await at.recording.sweep();
    const after = new Set((await filesIn(at.recordings)).map((file) => path.dirname(file)));
    for (const folder of before) expect(existsSync(path.join(at.recordings, folder))).toBe(after.has(folder));
    expect(after.size).toBeLessThan(before.size);
  });

  it('removes at most half at once for days or bytes, then waits an hour', async () => {
    const at = await archive(40, { maxDays: 1 });
    at.clock.stepWall(365 * 24 * HOUR_US);
    expect(await at.recording.sweep()).toMatchObject({ removed: { days: 20 }, guarded: true });
    expect((await left(at)).length).toBe(20);
    expect(await at.recording.sweep()).toMatchObject({ removed: { days: 0 }, guarded: true });
    at.clock.stepWall(-365 * 24 * HOUR_US);
    expect(await at.recording.sweep()).toMatchObject({ removed: { days: 0 }, guarded: false });
    expect(await left(at)).toEqual(ids(at.rows.slice(20)));
  });

  it('goes on after the hour, or when the settings are confirmed', async () => {
    const at = await archive(40, { maxBytes: 2 * KIB });
    expect(await at.recording.sweep()).toMatchObject({ removed: { bytes: 20 }, guarded: true });
    expect(await at.recording.sweep()).toMatchObject({ removed: { bytes: 0 } });
    at.recording.setRetention({ maxDays: null, maxBytes: 2 * KIB, floorBytes: 0 });
    expect(await at.recording.sweep()).toMatchObject({ removed: { bytes: 10 }, guarded: true });
    expect((await left(at)).length).toBe(10);
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
