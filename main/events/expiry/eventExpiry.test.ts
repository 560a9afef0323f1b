import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLogger } from '../../base/logger';
import { SimulatedClock } from '../../base/simulatedClock';
import { openEventStore } from '../../store/events/eventStore';
import type { EventStore } from '../../store/events/types';
import { uuid7 } from '../../store/events/uuid';
import { temporaryFolder, uuid, workerPath } from '../../store/testing/fixtures';
import { START_US } from '../testing/results';
import type { ExpiryState, RemovedEvents } from './eventExpiry';
import { EventExpiry } from './eventExpiry';

const DAY_US = 86_400 * 1e6;

describe('the expiry of events', () => {
  let store: EventStore;
  let clock: SimulatedClock;
  let expiry: EventExpiry;
  let days: number | null;
  const removeSnapshot = vi.fn((_id: string) => Promise.resolve());
  const onRemoved = vi.fn((_what: RemovedEvents) => undefined);
  const removeClip = vi.fn((_id: string) => Promise.resolve());

  /** Events that many days old. */
  const insert = async (...ages: readonly number[]) => {
    const events = ages.map((age) => ({
      ...{ id: uuid7(START_US), cameraId: uuid(1), modelId: 'm', frameId: null, trackId: null },
      ...{ detections: '{}', metadata: '{}', labels: ['person'], zones: [], confidence: 0.5 },
      timestampUs: START_US - age * DAY_US,
      createdUs: START_US,
    }));
    await store.write.insertEvents(events);
    return events.map(({ id }) => id);
  };
  const left = async () => (await store.read.eventStats()).events;
  const until = (condition: (state: ExpiryState) => boolean) =>
    new Promise<ExpiryState>((resolve, reject) => {
      let ticks = 0;
      let newest: ExpiryState | null = null;
      const stop = expiry.subscribe((state) => (newest = state));
      const tick = async (): Promise<void> => {
        await clock.advance(100);
        await new Promise((done) => setTimeout(done, 5));
        if (newest !== null && condition(newest)) {
          stop();
          resolve(newest);
        } else if (++ticks > 2_000) reject(new Error(`still ${JSON.stringify(newest)}`));
        else void tick();
      };
      void tick();
    });
  const isOver = (state: ExpiryState) => state.running === null && state.last !== null;

  beforeEach(async () => {
    const dataDir = await temporaryFolder();
    clock = new SimulatedClock(START_US);
    days = null;
    vi.clearAllMocks();
    const log = silentLogger();
    store = await openEventStore({ dataDir, workerPath, log, now: () => clock.wallUs() });
    const media = { removeSnapshot, removeClip };
    expiry = new EventExpiry({ store, media, days: () => days, onRemoved, clock, log });
  });
  afterEach(async () => {
    await expiry.dispose();
    await store.dispose();
    expect(clock.pendingTimers).toBe(0);
  });

  it('removes what a person asked for, batch by batch, and tells how far it is', async () => {
    const ids = await insert(...Array.from({ length: 450 }, () => 10), 3);
    await store.write.claimTrigger(ids[0] ?? '', 1);
    await store.write.linkMedia(ids[0] ?? '', { snapshotId: 'snap', clipId: 'clip' });
    expect(await expiry.preview(5)).toMatchObject({ count: 450 });
    const told: number[] = [];
    expiry.subscribe(({ running }) => running !== null && told.push(running.removed / running.total));
    await expiry.start(5, 'alex');
    await expect(expiry.start(5, 'alex')).rejects.toMatchObject({ kind: 'conflict' });
    expect(await until(isOver)).toMatchObject({
      last: { removed: 450, by_rule: false },
      failure: null,
    });
    expect(told[0]).toBe(0);
    expect(told.every((share) => share <= 1)).toBe(true);
    expect(await left()).toBe(1);
    expect([removeSnapshot.mock.calls, removeClip.mock.calls]).toEqual([[['snap']], [['clip']]]);
    expect(await store.read.lastExpiry()).toMatchObject({ userId: 'alex', removed: 450 });
    expect(onRemoved.mock.calls).toMatchObject([[{ userId: 'alex', removed: 450 }]]);
  });

  it('lets others write between the batches, and stops when told to', async () => {
    await insert(...Array.from({ length: 1_000 }, () => 10));
    await expiry.start(5, 'alex');
    expect(await insert(0)).toHaveLength(1);
    expect(await left(), 'the expiry was not waited for').toBeGreaterThan(500);
    expiry.cancel();
    const { last } = await until(isOver);
    expect(last?.removed).toBeLessThan(1_000);
    expect(await left()).toBe(1_001 - (last?.removed ?? 0));
  });

  it('does nothing by itself unless an age is set', async () => {
    await insert(1_000);
    await clock.advance(2 * 3_600_000);
    expect(await left()).toBe(1);
  });

  it('by the rule at most half of everything goes at once, the rest later', async () => {
    await insert(...Array.from({ length: 2_400 }, () => 40), 1);
    days = 30;
    expiry.schedule(1_000);
    expect(await until(isOver)).toMatchObject({ last: { removed: 1_200, by_rule: true } });
    expect(onRemoved.mock.calls).toMatchObject([[{ userId: null, removed: 1_200 }]]);
    await clock.advance(3_600_000);
    await until((state) => state.running === null && state.last?.removed === 1_000);
    await clock.advance(3_600_000);
    await until((state) => state.running === null && state.last?.removed === 200);
    expect(await left()).toBe(1);
  });

  it('what hangs on an event and cannot be removed does not hold up the others', async () => {
    const ids = await insert(10, 11);
    removeSnapshot.mockRejectedValueOnce(new Error('the disk is away'));
    for (const [n, id] of ids.entries()) {
      await store.write.claimTrigger(id, 1);
      await store.write.linkMedia(id, { snapshotId: `s${String(n)}` });
    }
    await expiry.start(5, 'alex');
    await until(isOver);
    expect(removeSnapshot.mock.calls).toEqual([['s1'], ['s0']]);
    expect(await left()).toBe(0);
  });
});
