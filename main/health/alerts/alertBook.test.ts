import path from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { silentLogger } from '../../base/logger';
import { SimulatedClock } from '../../base/simulatedClock';
import { openStore } from '../../store/store';
import { device, NOW_US, optionsFor, temporaryFolder, uuid } from '../../store/testing/fixtures';
import type { Store } from '../../store/types';
import { AlertBook } from './alertBook';
import type { Observation, Presence } from './types';

const CAMERA = uuid(1);
let store: Store;
let clock: SimulatedClock;
let book: AlertBook;

async function openBook(): Promise<AlertBook> {
  const opened = new AlertBook({ store, clock, log: silentLogger(), offlineAfterMs: () => 10_000 });
  await opened.load();
  return opened;
}

beforeEach(async () => {
  store = await openStore(optionsFor(path.join(await temporaryFolder(), 'data')));
  onTestFinished(() => store.dispose());
  await store.write.createDevice(device(1));
  clock = new SimulatedClock(NOW_US);
  book = await openBook();
  return () => book.dispose();
});

const offline = (presence: Presence, cameraId = CAMERA): Observation => ({
  ...{ kind: 'camera-offline', cameraId, subject: null, presence, detail: { fault: 'unreachable' } },
});

/** Looks once a second, as the application does. */
async function pass(seconds: number, ...found: readonly Observation[]): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    book.observe(found);
    await clock.advance(1000);
  }
  book.observe(found);
}

test('a camera that is back within seconds raises nothing', async () => {
  for (let round = 0; round < 5; round++) {
    await pass(8, offline('present'));
    await pass(4, offline('absent'));
  }
  expect(book.current()).toEqual([]);
});

test('a camera that stays away is told with the time it began, once, and over when it stays back', async () => {
  const beganUs = clock.wallUs();
  await pass(9, offline('present'));
  expect(book.current()).toEqual([]);
  await pass(1, offline('present'));
  expect(book.current()).toMatchObject([{ kind: 'camera-offline', cameraId: CAMERA, raisedUs: beganUs }]);
  // Back for a second now and then is not back.
  for (let round = 0; round < 5; round++) {
    await pass(1, offline('absent'));
    await pass(5, offline('present'));
  }
  expect(book.current()).toHaveLength(1);
  expect(book.current()[0]?.clearedUs).toBeNull();
  const backUs = clock.wallUs();
  await pass(3, offline('absent'));
  expect(book.current(), 'over, but nobody has seen it').toMatchObject([{ clearedUs: backUs }]);
});

test('a camera that keeps coming and going is told, although no absence is long', async () => {
  for (let round = 0; round < 3; round++) {
    await pass(4, offline('present'));
    await pass(1, offline('absent'));
  }
  expect(book.current()).toHaveLength(1);
});

test('what cannot be said changes nothing', async () => {
  await pass(10, offline('present'));
  await pass(60, offline('unknown'));
  expect(book.current()).toMatchObject([{ clearedUs: null }]);
});

test('a deleted camera has no alert any more', async () => {
  await pass(10, offline('present'));
  await pass(3);
  expect(book.current()[0]?.clearedUs).not.toBeNull();
});

test('acknowledging keeps it in sight while it lasts, and says who and when', async () => {
  await pass(10, offline('present'));
  const [alert] = book.current();
  const user = await store.read.localUser();
  expect(await book.acknowledge([alert?.id ?? ''], user)).toBe(1);
  expect(await book.acknowledge([alert?.id ?? ''], user)).toBe(0);
  expect(book.current()).toMatchObject([{ acknowledgedUs: clock.wallUs(), clearedUs: null }]);
  await pass(3, offline('absent'));
  expect(book.current()).toEqual([]);
  await book.dispose();
  expect(await store.read.listAlerts({ limit: 9 })).toMatchObject([
    { id: alert?.id, deviceName: 'Camera 1', acknowledgedBy: user.id, acknowledgedByName: user.name },
  ]);
});

test('over a restart a lasting alert is the same one, and stays acknowledged', async () => {
  await pass(10, offline('present'));
  const [before] = book.current();
  await book.acknowledge([before?.id ?? ''], await store.read.localUser());
  await book.dispose();
  book = await openBook();
  expect(book.current()).toMatchObject([{ id: before?.id, cameraName: 'Camera 1' }]);
  await pass(2, offline('unknown'));
  await pass(20, offline('present'));
  expect(book.current()).toMatchObject([{ id: before?.id, clearedUs: null }]);
  await pass(3, offline('absent'));
  expect(book.current()).toEqual([]);
});

test('a set clock is active until somebody knows', async () => {
  book.note('clock-stepped', { step_ms: 5000 }, clock.wallUs(), clock.wallUs());
  await pass(60);
  const [alert] = book.current();
  expect(alert).toMatchObject({ kind: 'clock-stepped', detail: { step_ms: 5000 } });
  await book.dispose();
  book = await openBook();
  expect(book.current()).toHaveLength(1);
  await book.acknowledge([alert?.id ?? ''], await store.read.localUser());
  expect(book.current()).toEqual([]);
});

test('a store that refuses does not hide an alert; it is kept as soon as it can be', async () => {
  const refusing = vi.spyOn(store.write, 'saveAlert').mockRejectedValue(new Error('disk is full'));
  await pass(10, offline('present'));
  const [alert] = book.current();
  expect(alert).toBeDefined();
  expect(await book.acknowledge([alert?.id ?? ''], await store.read.localUser())).toBe(1);
  expect(book.current()).toMatchObject([{ acknowledgedBy: { name: 'alex' } }]);
  expect(await store.read.listAlerts({ limit: 9 })).toEqual([]);
  refusing.mockRestore();
  await pass(11, offline('present'));
  await expect
    .poll(() => store.read.listAlerts({ limit: 9 }))
    .toMatchObject([{ id: alert?.id, acknowledgedByName: 'alex' }]);
});

test('a hundred cameras at once are a hundred alerts', async () => {
  const all = Array.from({ length: 100 }, (_none, at) => uuid(at + 1));
  for (const at of all.keys()) if (at > 0) await store.write.createDevice(device(at + 1));
  await pass(10, ...all.map((id) => offline('present', id)));
  expect(new Set(book.current().map(({ cameraId }) => cameraId))).toEqual(new Set(all));
  await book.dispose();
  expect(await store.read.pendingAlerts(999)).toHaveLength(100);
});
