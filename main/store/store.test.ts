import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { WorkerThread } from './client/thread';
import { openStore } from './store';
import type { StoreOptions } from './store';
import {
  NEWEST,
  NOW_US,
  device,
  openFilesBelow,
  optionsFor,
  segment,
  temporaryFolder,
  uuid,
  workerPath,
} from './testing/fixtures';
import type { Store } from './types';
import { openReader } from './worker/connection';

let dataDir = '';
beforeEach(async () => {
  dataDir = path.join(await temporaryFolder(), 'data');
});

interface Opened {
  readonly store: Store;
  /** Every thread that was started, by role. */
  readonly threads: { role: string; worker: Worker }[];
}

async function open(more: Partial<StoreOptions> = {}): Promise<Opened> {
  const threads: Opened['threads'] = [];
  const store = await openStore({ ...optionsFor(dataDir), ...more }, (options) => {
    const worker = new Worker(workerPath, options);
    threads.push({ role: options.workerData.role, worker });
    return worker;
  });
  onTestFinished(() => store.dispose());
  return { store, threads };
}

const thrown = (kind: string, text = ''): Error =>
  expect.objectContaining({
    name: 'VasError',
    kind,
    message: expect.stringContaining(text) as string,
  }) as Error;

test('makes a private folder and file, migrated, with one operator', async () => {
  const { store } = await open();
  expect(store.schemaVersion).toBe(NEWEST);
  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  for (const name of ['vas.db', 'vas.db-wal', 'instance.lock'])
    expect(statSync(path.join(dataDir, name)).mode & 0o777).toBe(0o600);
  const user = await store.read.localUser();
  expect(user).toMatchObject({ name: 'alex', role: 'administrator' });
  await store.dispose();
  const { store: again } = await open({ userName: 'someone else' });
  expect(await again.read.localUser()).toEqual(user);
});

test('what was written is there for the next read, and after reopening', async () => {
  const { store } = await open();
  const created = await store.write.createDevice(device(1, { sealedPassword: Buffer.from('sealed') }));
  expect(await store.read.getDevice(uuid(1))).toEqual(created);
  expect(await store.read.getSealedPassword(uuid(1))).toEqual(Uint8Array.from(Buffer.from('sealed')));
  await store.write.insertSegment(segment(uuid(1), NOW_US, NOW_US + 60_000_000));
  await store.dispose();
  const { store: again } = await open();
  expect(await again.read.lastSegmentEnd(uuid(1))).toBe(NOW_US + 60_000_000);
});

test('errors of both sides arrive as VasError', async () => {
  const { store } = await open();
  await store.write.createDevice(device(1));
  await expect(store.write.createDevice(device(2, { rtspUrl: device(1).rtspUrl }))).rejects.toEqual(
    thrown('conflict', 'address'),
  );
  await expect(store.write.updateDevice(uuid(9), { nowUs: 1 })).rejects.toEqual(thrown('not_found'));
  await expect(store.write.insertSegment(segment(uuid(9), 1, 2))).rejects.toEqual(thrown('not_found'));
  await expect(store.write.insertSegment(segment(uuid(1), 2, 1))).rejects.toEqual(
    thrown('invalid', 'segments_end_after_start'),
  );
  await expect(store.read.listSnapshots({ deviceId: {} as string, offset: 0, limit: 1 })).rejects.toEqual(
    thrown('internal'),
  );
});

test('writes happen in the order of the calls', async () => {
  const { store } = await open();
  await Promise.all(Array.from({ length: 50 }, (_, n) => store.write.setSetting('n', String(n), NOW_US)));
  expect(await store.read.getSetting('n')).toBe('49');
});

test('reading threads answer no writes, and their connections could not make any', async () => {
  const { store } = await open();
  const file = path.join(dataDir, 'vas.db');
  const thread = new WorkerThread((options) => new Worker(workerPath, options), {
    role: 'reader',
    database: 'vas',
    file,
  });
  onTestFinished(() => thread.end().then(() => undefined));
  expect(await thread.call({ name: 'setSetting', args: ['a', 'b', 1] })).toMatchObject({
    kind: 'failure',
    error: { kind: 'internal', message: 'This connection does not answer setSetting.' },
  });
  const reader = openReader(file);
  onTestFinished(() => void reader.close());
  expect(() => reader.exec("INSERT INTO settings VALUES ('a', 'b', 1)")).toThrow('readonly');
  reader.pragma('query_only = OFF');
  expect(() => reader.exec("INSERT INTO settings VALUES ('a', 'b', 1)")).toThrow('readonly');
  expect(await store.read.listSettings()).toEqual({});
});

test('an erased password is in no file of the database', async () => {
  const { store } = await open();
  const canary = 'sealed-canary-0123456789';
  const holds = (): string[] =>
    readdirSync(dataDir).filter((name) => readFileSync(path.join(dataDir, name)).includes(canary));
  await store.write.createDevice(device(1, { sealedPassword: Buffer.from(canary) }));
  expect(holds()).not.toEqual([]);
  await store.write.deleteDevice(uuid(1), NOW_US);
  expect(holds()).toEqual([]);
  await store.write.createDevice(device(2, { sealedPassword: Buffer.from(canary) }));
  await store.write.updateDevice(uuid(2), { sealedPassword: null, nowUs: NOW_US });
  expect(holds()).toEqual([]);
  await store.write.createDevice(device(3, { sealedPassword: Buffer.from(canary) }));
  await store.write.updateDevice(uuid(3), { sealedPassword: Buffer.from('other'), nowUs: NOW_US });
  expect(holds()).toEqual([]);
});

describe('dispose', () => {
  test('finishes queued writes, empties the log, leaves no thread and no file open', async () => {
    const { store, threads } = await open({ readers: 3 });
    expect(threads.map(({ role }) => role)).toEqual(['lock', 'writer', 'reader', 'reader', 'reader']);
    expect(await openFilesBelow(dataDir)).not.toEqual([]);
    const queued = Array.from({ length: 20 }, (_, n) => store.write.setSetting(`k${n}`, 'v', NOW_US));
    const reads = Array.from({ length: 20 }, () => store.read.localUser());
    await Promise.all([store.dispose(), store.dispose()]);
    await Promise.all([...queued, ...reads]);
    expect(threads.map(({ worker }) => worker.threadId)).toEqual([-1, -1, -1, -1, -1]);
    expect(await openFilesBelow(dataDir)).toEqual([]);
    expect(readdirSync(dataDir).sort()).toEqual(['instance.lock', 'vas.db']);
    await expect(store.read.localUser()).rejects.toEqual(thrown('unavailable', 'shutting down'));
    await expect(store.write.setSetting('a', 'b', 1)).rejects.toEqual(thrown('unavailable', 'shutting down'));
    const { store: again } = await open();
    expect(Object.keys(await again.read.listSettings())).toHaveLength(20);
  });

  test('leaves as many threads and descriptors as before, ten times over', async () => {
    const census = () => [readdirSync('/proc/self/task').length, readdirSync('/proc/self/fd').length];
    const once = async (): Promise<void> => {
      const store = await openStore(optionsFor(dataDir));
      await store.write.setSetting('a', 'b', NOW_US);
      await store.dispose();
    };
    await once();
    const baseline = census();
    for (let round = 0; round < 10; round++) await once();
    // A thread's last breath is the kernel's: it may come a moment after the exit was reported.
    await vi.waitFor(() => expect(census()).toEqual(baseline), 10_000);
  });
});

describe('a thread that dies', () => {
  test.each(['writer', 'reader'])('the %s is replaced and the store goes on', async (role) => {
    const { store, threads } = await open({ readers: 1 });
    await store.write.setSetting('before', '1', NOW_US);
    const victim = threads.find((thread) => thread.role === role);
    await victim?.worker.terminate();
    await store.write.setSetting('after', '2', NOW_US);
    expect(await store.read.listSettings()).toEqual({ before: '1', after: '2' });
    expect(threads.filter((thread) => thread.role === role)).toHaveLength(2);
    await store.dispose();
    expect(await openFilesBelow(dataDir)).toEqual([]);
  });

  test('a writer killed among writes loses nothing that was acknowledged', async () => {
    const { store, threads } = await open();
    await store.write.createDevice(device(1));
    const acknowledged: number[] = [];
    for (let n = 0; n < 60; n++) {
      if (n === 30) void threads.findLast(({ role }) => role === 'writer')?.worker.terminate();
      await store.write
        .insertSegment(segment(uuid(1), n * 10, n * 10 + 10))
        .then(() => acknowledged.push(n * 10))
        .catch((error: unknown) => expect(error).toEqual(thrown('unavailable', 'stopped')));
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(59);
    const starts = (await store.read.findSegments(uuid(1), 0, 10_000)).map(({ startUs }) => startUs);
    expect(starts).toEqual(expect.arrayContaining(acknowledged));
  });
});

describe('refusals', () => {
  test('a damaged database is unavailable, kept as it is, and nothing stays open', async () => {
    const { store } = await open();
    await store.dispose();
    const file = path.join(dataDir, 'vas.db');
    writeFileSync(file, 'this was a database once. '.repeat(400));
    const before = readFileSync(file, 'latin1');
    await expect(open()).rejects.toEqual(thrown('unavailable', file));
    expect(readFileSync(file, 'latin1')).toBe(before);
    expect(await openFilesBelow(dataDir)).toEqual([]);
  });

  test('a data folder that cannot be made is unavailable', async () => {
    writeFileSync(dataDir, 'a file');
    await expect(open()).rejects.toEqual(thrown('unavailable', dataDir));
  });

  test.each([0, 17, 1.5])('%d readers are invalid', async (readers) => {
    await expect(open({ readers })).rejects.toEqual(thrown('invalid', '1 to 16'));
  });
});
