import { closeSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLogger } from '../../base/logger';
import { SimulatedClock } from '../../base/simulatedClock';
import { openEventStore } from '../../store/events/eventStore';
import type { EventStore, NewEvent } from '../../store/events/types';
import { uuid7 } from '../../store/events/uuid';
import { temporaryFolder, uuid, workerPath } from '../../store/testing/fixtures';
import { START_US } from '../testing/results';
import { GuardedEventStore } from './guardedStore';
import { keptFiles } from './keptFiles';

const rows = (count: number): NewEvent[] =>
  Array.from({ length: count }, (_, n) => ({
    ...{ id: uuid7(START_US), cameraId: uuid(1), modelId: 'm', frameId: n, trackId: n },
    ...{ detections: JSON.stringify({ text: 'x'.repeat(200) }), metadata: '{}', labels: ['person'] },
    ...{ zones: [], confidence: 0.5, timestampUs: START_US + n, createdUs: START_US },
  }));

describe('the guarded event store', () => {
  let folder: string;
  let file: string;
  let clock: SimulatedClock;
  let guard: GuardedEventStore;
  let workers: Worker[];
  /** Instead of opening it. */
  let refusal: Error | null;

  const open = async (): Promise<EventStore> => {
    if (refusal !== null) throw refusal;
    const { Worker: Thread } = await import('node:worker_threads');
    const options = { dataDir: folder, workerPath, log: silentLogger(), now: () => clock.wallUs() };
    return openEventStore(options, (workerOptions) => {
      const worker = new Thread(workerPath, workerOptions);
      workers.push(worker);
      return worker;
    });
  };
  const start = async () => {
    guard = new GuardedEventStore({ open, file, clock, log: silentLogger() });
    await guard.opened;
  };
  const until = (condition: () => boolean | Promise<boolean>) =>
    vi.waitUntil(condition, { timeout: 20_000, interval: 20 });
  const count = async () => (await guard.read.eventStats()).events;
  const kept = async () => {
    const names = await keptFiles(file);
    expect(names).toHaveLength(1);
    return path.join(folder, names[0] ?? '');
  };

  beforeEach(async () => {
    folder = await temporaryFolder();
    file = path.join(folder, 'events.db');
    clock = new SimulatedClock(START_US);
    workers = [];
    refusal = null;
    await start();
  });
  afterEach(async () => {
    await guard.dispose();
    expect(clock.pendingTimers).toBe(0);
  });

  it('passes calls on while all is well, and tells errors of a call as they are', async () => {
    await guard.write.insertEvents(rows(3));
    expect(await count()).toBe(3);
    await expect(guard.write.claimTrigger(uuid7(1), 1)).rejects.toMatchObject({ kind: 'not_found' });
    expect(guard.condition).toEqual({ state: 'working', trouble: null, sinceUs: null });
  });

  it('fails while another program holds the lock, and works again by itself', async () => {
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    await expect(guard.write.insertEvents(rows(1))).rejects.toMatchObject({
      kind: 'unavailable',
      details: { trouble: 'locked' },
    });
    expect(guard.condition).toMatchObject({ state: 'failing', trouble: 'locked' });
    expect(await count(), 'what is stored can be read').toBe(0);
    other.exec('ROLLBACK');
    other.close();
    // Nobody has an event meanwhile: it is tried all the same.
    await clock.advance(2_000);
    await until(() => guard.condition.state === 'working');
  }, 30_000);

  it('a thread that is killed loses the call it ran, no more', async () => {
    await guard.write.insertEvents(rows(1));
    const [writer] = workers;
    const lost = guard.write.insertEvents(rows(1_000));
    await writer?.terminate();
    const outcome = await lost.then(
      () => 'stored',
      (error: unknown) => error,
    );
    if (outcome !== 'stored') expect(outcome).toMatchObject({ details: { trouble: 'unavailable' } });
    await until(async () => {
      await clock.advance(2_000);
      return guard.condition.state === 'working';
    });
    await guard.write.insertEvents(rows(1));
    expect(workers.length).toBeGreaterThan(3);
  });

  it.each([
    ['its header', 0, 4_096],
    ['everything behind its first page', 4_096, Number.POSITIVE_INFINITY],
  ])('one with damage in %s is kept as it is, and a new one started', async (_what, from, to) => {
    await guard.write.insertEvents(rows(2_000));
    await guard.dispose();
    const content = readFileSync(file);
    content.fill(0xa5, from, Math.min(to, content.length));
    writeFileSync(file, content);
    await start();
    expect(guard.condition).toMatchObject({ state: 'failing', trouble: 'damaged' });
    await expect(guard.write.insertEvents(rows(1))).rejects.toMatchObject({ kind: 'unavailable' });
    const opened = workers.length;
    await clock.advance(60_000);
    expect(workers.length, 'not tried again').toBe(opened);
    expect(path.basename((await guard.startNew()) ?? '')).toMatch(/^events-.*Z\.db$/);
    expect(readFileSync(await kept()).equals(content)).toBe(true);
    await guard.write.insertEvents(rows(5));
    expect(await count()).toBe(5);
    expect(guard.condition.state).toBe('working');
  });

  it('one that is damaged while it is open keeps what its log holds', async () => {
    await guard.write.insertEvents(rows(3_000));
    const other = new Database(file);
    other.pragma('wal_checkpoint(TRUNCATE)');
    await guard.write.insertEvents(rows(10));
    const before = readFileSync(file);
    const log = statSync(`${file}-wal`).size;
    expect(log).toBeGreaterThan(0);
    const damaged = openSync(file, 'r+');
    for (let at = 4_096; at < before.length; at += 4_096)
      writeSync(damaged, Buffer.alloc(4_096, 0xa5), 0, 4_096, at);
    closeSync(damaged);
    other.close();
    // Pages that no cache holds are met sooner or later.
    await expect(guard.read.listEvents({}, { limit: 1_000 })).rejects.toMatchObject({
      details: { trouble: 'damaged' },
    });
    // What still works does not hide it.
    await guard.write.probe().catch(() => undefined);
    expect(guard.condition.trouble).toBe('damaged');
    await guard.startNew();
    expect(await count()).toBe(0);
    expect(statSync(`${await kept()}-wal`).size).toBeGreaterThanOrEqual(log);
    await guard.write.insertEvents(rows(5));
    expect(await count()).toBe(5);
  }, 30_000);

  it('is opened again when what kept it closed has ended', async () => {
    await guard.dispose();
    refusal = new Error('the disk is away');
    await start();
    expect(guard.condition).toMatchObject({ state: 'failing', trouble: 'unavailable' });
    await expect(guard.read.eventStats()).rejects.toMatchObject({ kind: 'unavailable' });
    await clock.advance(2_000);
    expect(guard.condition.state).toBe('failing');
    refusal = null;
    await clock.advance(2_000);
    await until(() => guard.condition.state === 'working');
    expect(await count()).toBe(0);
  });

  it('is left alone when it belongs to a newer version, unless somebody starts a new one', async () => {
    await guard.dispose();
    const db = new Database(file);
    db.pragma('user_version = 9999');
    db.close();
    await start();
    expect(guard.condition.trouble).toBe('newer');
    expect(await guard.startNew()).not.toBeNull();
    expect(await count()).toBe(0);
  });
});
