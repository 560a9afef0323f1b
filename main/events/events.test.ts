import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Emitter } from '../base/emitter';
import { channels } from '../../contract';
import { silentLogger } from '../base/logger';
import { SimulatedClock } from '../base/simulatedClock';
import type { CoreResult } from '../core/core';
import { eventStoreFile, openEventStore } from '../store/events/eventStore';
import type { EventStore } from '../store/events/types';
import { temporaryFolder, uuid, workerPath } from '../store/testing/fixtures';
import type { Events } from './events';
import { createEvents } from './events';
import { detection, resultAt, START_US } from './testing/results';

const gate = uuid(1);
const until = <T>(condition: () => Promise<T>): Promise<NonNullable<T>> =>
  vi.waitUntil(condition, { timeout: 20_000 }) as Promise<NonNullable<T>>;

describe('events', () => {
  let folder: string;
  let events: Events;
  let results: Emitter<CoreResult>;
  let clock: SimulatedClock;
  const snapshot = vi.fn((_cameraId: string, _timestampUs: number) => Promise.resolve({ id: 'snap' }));
  const clip = vi.fn((_cameraId: string, _centerUs: number, _seconds: number, _label: string) =>
    Promise.resolve({ id: 'clip', startUs: _centerUs - 5_000_000, endUs: _centerUs + 5_000_000 }),
  );

  const media = { removeSnapshot: () => Promise.resolve(), removeClip: () => Promise.resolve() };
  const open = (openStore: () => Promise<EventStore> = openIt, clips = false) =>
    createEvents({
      openStore,
      storeFile: eventStoreFile(folder),
      results,
      clock,
      captures: { snapshot, clip },
      switches: { snapshots: true, clips },
      isCamera: (id) => id === gate,
      userId: () => 'alex',
      media,
      days: () => null,
      onRemoved: () => undefined,
      log: silentLogger(),
    });
  const openIt = () =>
    openEventStore({ dataDir: folder, workerPath, log: silentLogger(), now: () => clock.wallUs() });
  const list = async (more = {}) =>
    (await events.active()).queries.list({ limit: 100, offset: 0, with_total: true, ...more });

  /** An object of its own, so many milliseconds after the one before. */
  const near = (n: number, everyMs: number): CoreResult => {
    const result = resultAt(n, [detection(n)], gate);
    return { ...result, frame: { ...result.frame, wallUs: START_US + n * everyMs * 1_000 } };
  };

  beforeEach(async () => {
    folder = await temporaryFolder();
    clock = new SimulatedClock(START_US);
    results = new Emitter<CoreResult>();
    vi.clearAllMocks();
    snapshot.mockResolvedValue({ id: 'snap' });
    events = open();
    await until(() => Promise.resolve(events.health().store.state === 'working'));
  });
  afterEach(async () => {
    await events.dispose();
    expect(clock.pendingTimers).toBe(0);
  });

  it('a result becomes an event with a snapshot of its own moment', async () => {
    results.emit(resultAt(1, [detection(4)], gate));
    const {
      events: stored,
      total,
      total_is_exact,
    } = await until(async () => {
      const page = await list();
      return page.events.length === 1 ? page : null;
    });
    expect([total, total_is_exact]).toEqual([1, true]);
    expect(stored[0]).toMatchObject({
      camera_id: gate,
      model_id: 'people',
      timestamp: new Date((START_US + 200_000) / 1000).toISOString(),
      frame_id: 1,
      confidence: 0.8,
      detections: {
        schema: 1,
        detections: [
          { class_id: 0, class_name: 'person', confidence: 0.8, bbox: [0.4, 0.4, 0.5, 0.7], track_id: 4 },
        ],
      },
      event_metadata: { model_version: '1.0', inference_latency_ms: 12 },
      snapshot_id: null,
      reviewed_at: null,
    });
    await until(async () => {
      await clock.advance(1_000);
      return (await list()).events[0]?.snapshot_id === 'snap';
    });
    expect(snapshot.mock.calls).toEqual([[gate, START_US + 200_000]]);
    expect(clip).not.toHaveBeenCalled();
    expect((await events.active()).triggers.status()).toEqual({
      snapshot_triggers_enabled: true,
      clip_triggers_enabled: false,
      triggered_events_count: 1,
    });
  });

  it('INV-72, INV-73, INV-74: drops and counts what cannot be stored, without a throw', async () => {
    const { persistence } = await events.active();
    const at = new Date(START_US / 1000);
    expect(await persistence.persistEventDict(uuid(9), 'm', at, {})).toBeNull();
    expect(await persistence.persistEventDict(gate, '', at, {})).toBeNull();
    expect(await persistence.persistEventDict(gate, 'x'.repeat(129), at, {})).toBeNull();
    expect(await persistence.persistEventDict(gate, 'm', at, {}, { confidence: 1.2 })).toBeNull();
    expect(await persistence.persistEventDict(gate, 'm', new Date(Number.NaN), {})).toBeNull();
    expect(await persistence.persistEventDict(gate, 'm', at, { objects: [] })).toMatchObject({
      modelId: 'm',
    });
    expect(events.health()).toMatchObject({ stored: 1, drops: { invalid: 4, unknown_camera: 1 } });
  });

  it('INV-72: goes on without events when their database cannot be opened', async () => {
    await events.dispose();
    events = open(() => Promise.reject(new Error('damaged')));
    results.emit(resultAt(1, [detection(4)], gate));
    await expect(list()).rejects.toThrow('Video and recording go on');
    await until(() => Promise.resolve(events.health().drops.store === 1));
    expect(events.health()).toMatchObject({ stored: 0, store: { state: 'failing' } });
  });

  it('loses events while the database is locked by another program, and stores again afterwards', async () => {
    const { persistence } = await events.active();
    const other = new Database(path.join(folder, 'events.db'));
    other.exec('BEGIN IMMEDIATE');
    const lost = persistence.persistEventDict(gate, 'm', new Date(), {});
    await expect(lost).resolves.toBeNull();
    other.exec('ROLLBACK');
    other.close();
    expect(await persistence.persistEventDict(gate, 'm', new Date(), {})).not.toBeNull();
    expect(events.health()).toMatchObject({ stored: 1, drops: { store: 1 } });
  }, 20_000);

  it('INV-75: drops beyond the bound instead of growing', async () => {
    const { persistence } = await events.active();
    const all = Array.from({ length: 5_000 }, () => persistence.persistEventDict(gate, 'm', new Date(), {}));
    const stored = (await Promise.all(all)).filter((one) => one !== null).length;
    expect(stored + events.health().drops.overload).toBe(5_000);
    expect(stored).toBeGreaterThanOrEqual(2_000);
    expect((await list()).total).toBe(stored);
  });

  it('one bad event does not take its neighbours along', async () => {
    const { persistence } = await events.active();
    const good = () => persistence.persistEventDict(gate, 'm', new Date(), { schema: 1 });
    // Valid for the schema above, refused by the database.
    const bad = persistence.persistEvent({ camera_id: gate, model_id: 'm', timestamp: new Date(-5_000) });
    const [one, two] = await Promise.all([good(), good()]);
    expect(await bad).toBeNull();
    expect(one).not.toBeNull();
    expect(two).not.toBeNull();
  });

  it('INV-78: gives each event its media once, also after a restart', async () => {
    const { persistence, triggers } = await events.active();
    const event = await persistence.persistEventDict(gate, 'm', new Date(clock.wallUs() / 1000), {});
    if (event === null) throw new Error('not stored');
    triggers.trigger(event);
    triggers.trigger(event);
    await until(async () => {
      await clock.advance(500);
      return snapshot.mock.calls.length > 0;
    });
    await events.dispose();
    events = open();
    (await events.active()).triggers.trigger(event);
    for (let times = 0; times < 10; times++) {
      await clock.advance(1_000);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(snapshot).toHaveBeenCalledTimes(1);
  });

  it('INV-80: makes clips when asked to, shared by events near each other, and says nothing of a failure', async () => {
    await events.dispose();
    events = open(openIt, true);
    snapshot.mockRejectedValue(new Error('no footage'));
    await events.active();
    for (const n of [1, 10, 80]) results.emit(resultAt(n, [detection(n)], gate));
    await until(async () => {
      await clock.advance(1_000);
      return clip.mock.calls.length === 2;
    });
    expect(
      clip.mock.calls.map(([, center, seconds, label]) => [(center - START_US) / 200_000, seconds, label]),
    ).toEqual([
      [1, 10, 'AI: people (0.80)'],
      [80, 10, 'AI: people (0.80)'],
    ]);
    await until(async () => (await list()).events.every(({ clip_id }) => clip_id === 'clip'));
    expect((await list()).events.every(({ snapshot_id }) => snapshot_id === null)).toBe(true);
    expect(events.health().mediaFailed).toBeGreaterThan(0);
  });

  it('shares the snapshot among the objects of one frame', async () => {
    results.emit(resultAt(1, [detection(1), detection(2), detection(3)], gate));
    await until(async () => {
      await clock.advance(1_000);
      return (await list()).events.filter(({ snapshot_id }) => snapshot_id === 'snap').length === 3;
    });
    expect(snapshot).toHaveBeenCalledTimes(1);
  });

  it('gives objects that appear near each other a picture each, no faster than two a second', async () => {
    snapshot.mockImplementation((_cameraId, timestampUs) =>
      Promise.resolve({ id: `at ${String(timestampUs)}` }),
    );
    for (let n = 0; n < 6; n++) results.emit(near(n, 50));
    const began: number[] = [];
    await until(async () => {
      await clock.advance(100);
      while (began.length < snapshot.mock.calls.length) began.push(clock.monotonicUs() / 1000);
      return (await list()).events.every(({ snapshot_id }) => snapshot_id !== null) && began.length === 6;
    });
    for (const { snapshot_id, timestamp } of (await list()).events)
      expect(snapshot_id).toBe(`at ${String(Date.parse(timestamp) * 1000)}`);
    for (const [n, at] of began.entries())
      if (n > 0) expect(at - (began[n - 1] ?? 0)).toBeGreaterThanOrEqual(400);
  });

  it('gives up pictures beyond the bound of a camera and model, and counts them', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    snapshot.mockImplementation(async () => {
      await held;
      return { id: 'snap' };
    });
    for (let n = 0; n < 100; n++) results.emit(near(n, 20));
    await until(async () => {
      await clock.advance(1_000);
      return events.health().mediaFailed === 39;
    });
    release();
  });

  it('INV-76: nothing is captured of an event that is not stored', async () => {
    const other = new Database(path.join(folder, 'events.db'));
    other.exec('BEGIN IMMEDIATE');
    results.emit(resultAt(1, [detection(4)], gate));
    await clock.advance(10_000);
    expect(snapshot, 'not before the commit').not.toHaveBeenCalled();
    await until(() => Promise.resolve(events.health().drops.store === 1));
    other.exec('ROLLBACK');
    other.close();
    await clock.advance(10_000);
    expect(snapshot).not.toHaveBeenCalled();
    results.emit(resultAt(2, [detection(5)], gate));
    await until(async () => {
      await clock.advance(1_000);
      return (await list()).events[0]?.snapshot_id === 'snap';
    });
    expect(snapshot).toHaveBeenCalledTimes(1);
  }, 30_000);

  it('INV-77: a capture that never ends holds up neither the trigger nor the storing of events', async () => {
    snapshot.mockImplementation(() => new Promise(() => undefined));
    const { persistence, triggers } = await events.active();
    const store = () => persistence.persistEventDict(gate, 'm', new Date(clock.wallUs() / 1000), { a: 1 });
    const event = await store();
    if (event === null) throw new Error('not stored');
    const before = (await list()).events;
    // At once, without a promise.
    expect(triggers.trigger(event)).toBeUndefined();
    await until(async () => {
      await clock.advance(500);
      return snapshot.mock.calls.length === 1;
    });
    expect(await store()).not.toBeNull();
    expect((await list()).events.slice(1)).toEqual(before);
  });

  it('INV-83: a page has 100 events, at most 1,000, the newest first', async () => {
    const { request } = channels['ai-events.list'];
    expect(request.parse({})).toMatchObject({ limit: 100, offset: 0 });
    expect(request.parse({ limit: 1_000 }).limit).toBe(1_000);
    expect(request.safeParse({ limit: 1_001 }).success).toBe(false);
    expect(channels['ai-events.listForCamera'].request.parse({ camera_id: gate }).limit).toBe(100);
    const { persistence } = await events.active();
    for (const n of [3, 1, 2])
      await persistence.persistEventDict(gate, 'm', new Date(START_US / 1000 + n * 1_000), {});
    const times = (await list()).events.map(({ timestamp }) => timestamp);
    expect(times).toEqual([...times].sort().reverse());
  });

  it('INV-84: a read that fails concerns its request alone', async () => {
    results.emit(resultAt(1, [detection(4)], gate));
    await until(async () => (await list()).total === 1);
    const { queries } = await events.active();
    const asked = await Promise.allSettled([
      queries.get(uuid(5)),
      list({ start_time: '2027-01-01T00:00:00Z', end_time: '2026-01-01T00:00:00Z' }),
      list(),
    ]);
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    expect(events.health().store.state).toBe('working');
  });

  it('pages by cursor and tells what is stored', async () => {
    const heard: string[] = [];
    const stop = events.subscribe((value) => heard.push(...value.events.map(({ id }) => id)));
    const { persistence, queries } = await events.active();
    for (let n = 0; n < 5; n++)
      await persistence.persistEventDict(gate, 'm', new Date(START_US / 1000 + n), {});
    await clock.advance(1_000);
    stop();
    expect(heard).toHaveLength(5);
    const first = await list({ limit: 2 });
    expect(first).toMatchObject({ total: 5, limit: 2, offset: 0 });
    const second = await list({ limit: 2, cursor: first.next_cursor ?? '' });
    const third = await list({ limit: 2, cursor: second.next_cursor ?? '' });
    expect(third.next_cursor).toBeNull();
    expect([...first.events, ...second.events, ...third.events].map(({ id }) => id)).toEqual(
      [...heard].reverse(),
    );
    expect(await queries.get(heard[0] ?? '')).toMatchObject({ camera_id: gate });
    await expect(queries.get(uuid(5))).rejects.toMatchObject({ kind: 'not_found' });
    const backwards = { start_time: '2027-01-01T00:00:00Z', end_time: '2026-01-01T00:00:00Z' };
    await expect(list(backwards)).rejects.toMatchObject({ kind: 'invalid' });
    expect(await (await events.active()).review(heard, true)).toBe(5);
    expect((await list({ reviewed: false })).total).toBe(0);
  });

  it('INV-82: reads cannot write', async () => {
    const reader = new Database(path.join(folder, 'events.db'), { readonly: true });
    const before = reader.prepare('SELECT count(*) FROM event_names').pluck().get();
    await list({ labels: ['never seen'] });
    expect(reader.prepare('SELECT count(*) FROM event_names').pluck().get()).toBe(before);
    reader.close();
  });
});
