import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { SimulatedClock } from '../../../base/simulatedClock';
import { DEFAULT_FOLDER_ID } from '../../../store/defaultFolder';
import { isoFromUs } from '../../media/instants';
import { archivePath } from '../layout';
import { CAMERA, filesIn, OTHER_CAMERA, TEST_SETTINGS, workstation } from '../testing/workstation';
import type { LockedSpan } from './footageLocks';
import { FootageLocks } from './footageLocks';

const NOW_US = 1_800_000_000_000_000;
const HOUR_US = 3_600_000_000;

/** An hour of footage of two cameras, a segment of 1 KiB each ten minutes; two days old. */
async function archive(retention: { maxDays?: number; maxBytes?: number; floorBytes?: number }) {
  const clock = new SimulatedClock(NOW_US);
  const at = await workstation({
    clock,
    settings: { ...TEST_SETTINGS, retention: { maxDays: null, maxBytes: null, floorBytes: 0, ...retention } },
  });
  const fromUs = NOW_US - 48 * HOUR_US;
  for (const cameraId of [CAMERA, OTHER_CAMERA])
    for (let index = 0; index < 6; index++) {
      const id = randomUUID();
      const startUs = fromUs + (index * HOUR_US) / 6;
      const file = archivePath(cameraId, startUs, id);
      await mkdir(path.dirname(path.join(at.recordings, file)), { recursive: true });
      await writeFile(path.join(at.recordings, file), Buffer.alloc(1024));
      await at.store.write.insertSegment({
        ...{ id, cameraId, runId: randomUUID(), folderId: DEFAULT_FOLDER_ID, path: file, startUs },
        ...{ endUs: startUs + HOUR_US / 6, videoCodec: 'h264', audioCodec: null, width: 640, height: 360 },
        bytes: 1024,
      });
    }
  const locks = new FootageLocks(at.store, clock);
  const range = (minutesFrom: number, minutesTo: number, cameraIds = [CAMERA]): LockedSpan => ({
    ...{ source: 'range', sourceId: null, cameraIds },
    startUs: fromUs + minutesFrom * 60_000_000,
    endUs: fromUs + minutesTo * 60_000_000,
  });
  return { ...at, clock, locks, range, left: async () => (await filesIn(at.recordings)).length };
}

it('AR-9: what is locked outlives age and size; released, it goes', async () => {
  const at = await archive({ maxDays: 1, maxBytes: 1024 });
  const lock = await at.locks.create(at.range(15, 25), 'theft', null);
  expect(lock).toMatchObject({ is_active: true, device_ids: [CAMERA], recorded_bytes: 2048 });
  await at.recording.sweepConfirmed();
  expect(await at.left()).toBe(2);
  expect(await at.recording.locate(CAMERA, ...spanOf(lock))).toHaveLength(2);
  await at.locks.release(lock.id);
  await at.recording.sweepConfirmed();
  expect(await at.left()).toBe(0);
});

it('AR-9: a full disk gives up everything else before what is locked, and then nothing', async () => {
  const at = await archive({ floorBytes: 10 ** 18 });
  await at.locks.create(at.range(0, 10, [CAMERA, OTHER_CAMERA]), 'theft', null);
  expect(await at.recording.sweep()).toMatchObject({ removed: { floor: 10 }, belowFloor: true });
  expect(await at.left()).toBe(2);
});

it('a lock ends by itself', async () => {
  const at = await archive({ maxDays: 1 });
  const until = isoFromUs(NOW_US + HOUR_US);
  const { id } = await at.locks.create(at.range(0, 60, [CAMERA, OTHER_CAMERA]), 'theft', until);
  await at.recording.sweepConfirmed();
  expect(await at.left()).toBe(12);
  await at.clock.advance(3_600_000);
  await at.recording.sweepConfirmed();
  expect(await at.left()).toBe(0);
  await expect(at.locks.extend({ id, until: null })).rejects.toMatchObject({ kind: 'conflict' });
});

it('wrong wishes are refused in words', async () => {
  const at = await archive({});
  await expect(at.locks.create(at.range(10, 10), 'x', null)).rejects.toMatchObject({ kind: 'invalid' });
  await expect(at.locks.create(at.range(0, 600_000), 'x', null)).rejects.toThrow('a year at most');
  await expect(at.locks.create(at.range(0, 1, [randomUUID()]), 'x', null)).rejects.toMatchObject({
    kind: 'not_found',
  });
  await expect(at.locks.create(at.range(0, 1), 'x', isoFromUs(NOW_US))).rejects.toThrow('in the future');
  await expect(at.locks.release(randomUUID())).rejects.toMatchObject({ kind: 'not_found' });
});

function spanOf({ start, end }: { start: string; end: string }): [number, number] {
  return [Date.parse(start) * 1000, Date.parse(end) * 1000];
}
