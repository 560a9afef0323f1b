import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CoreResult } from '../core/core';
import { EventWorld, gate, until } from './testing/eventWorld';
import { detection, resultAt, START_US } from './testing/results';

let world: EventWorld;
beforeEach(async () => {
  world = await EventWorld.create();
});
afterEach(() => world.end());

/** An object of its own, so many milliseconds after the one before. */
const near = (n: number, everyMs: number): CoreResult => {
  const result = resultAt(n, [detection(n)], gate);
  const afterUs = n * everyMs * 1_000;
  return { ...result, frame: { ...result.frame, wallUs: START_US + afterUs, monotonicUs: afterUs } };
};

describe('what the triggers make', () => {
  it('takes the picture as soon as it can be read, also after the system clock was set back', async () => {
    world.clock.stepWall(-3_600_000_000);
    world.results.emit(resultAt(0, [detection(1)], gate));
    await until(() => Promise.resolve(world.events.health().stored === 1));
    for (let ms = 0; ms < 2_000; ms += 100) {
      await world.clock.advance(100);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(world.snapshot).toHaveBeenCalledTimes(1);
  });

  it('INV-78: gives each event its media once, also after a restart', async () => {
    const { persistence, triggers } = await world.events.active();
    const event = await persistence.persistEventDict(gate, 'm', new Date(world.clock.wallUs() / 1000), {});
    if (event === null) throw new Error('not stored');
    triggers.trigger(event);
    triggers.trigger(event);
    await until(async () => {
      await world.clock.advance(500);
      return world.snapshot.mock.calls.length > 0;
    });
    await world.reopen();
    (await world.events.active()).triggers.trigger(event);
    for (let times = 0; times < 10; times++) {
      await world.clock.advance(1_000);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    expect(world.snapshot).toHaveBeenCalledTimes(1);
  });

  it('INV-80: makes clips when asked to, shared by events near each other, and says nothing of a failure', async () => {
    await world.reopen({ clips: true });
    world.snapshot.mockRejectedValue(new Error('no footage'));
    await world.events.active();
    for (const n of [1, 10, 80]) world.results.emit(resultAt(n, [detection(n)], gate));
    await until(async () => {
      await world.clock.advance(1_000);
      return world.clip.mock.calls.length === 2;
    });
    expect(
      world.clip.mock.calls.map(([, center, seconds, label]) => [
        (center - START_US) / 200_000,
        seconds,
        label,
      ]),
    ).toEqual([
      [1, 10, 'AI: people (0.80)'],
      [80, 10, 'AI: people (0.80)'],
    ]);
    await until(async () => (await world.list()).events.every(({ clip_id }) => clip_id === 'clip'));
    expect((await world.list()).events.every(({ snapshot_id }) => snapshot_id === null)).toBe(true);
    expect(world.events.health().mediaFailed).toBeGreaterThan(0);
  });

  it('shares the snapshot among the objects of one frame', async () => {
    world.results.emit(resultAt(1, [detection(1), detection(2), detection(3)], gate));
    await until(async () => {
      await world.clock.advance(1_000);
      return (await world.list()).events.filter(({ snapshot_id }) => snapshot_id === 'snap').length === 3;
    });
    expect(world.snapshot).toHaveBeenCalledTimes(1);
  });

  it('gives objects that appear near each other a picture each, no faster than two a second', async () => {
    world.snapshot.mockImplementation((_cameraId, timestampUs) =>
      Promise.resolve({ id: `at ${String(timestampUs)}` }),
    );
    for (let n = 0; n < 6; n++) world.results.emit(near(n, 50));
    const began: number[] = [];
    await until(async () => {
      await world.clock.advance(100);
      while (began.length < world.snapshot.mock.calls.length) began.push(world.clock.monotonicUs() / 1000);
      return (
        (await world.list()).events.every(({ snapshot_id }) => snapshot_id !== null) && began.length === 6
      );
    });
    for (const { snapshot_id, timestamp } of (await world.list()).events)
      expect(snapshot_id).toBe(`at ${String(Date.parse(timestamp) * 1000)}`);
    for (const [n, at] of began.entries())
      if (n > 0) expect(at - (began[n - 1] ?? 0)).toBeGreaterThanOrEqual(400);
  });

  it('gives up pictures beyond the bound of a camera and model, and counts them', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    world.snapshot.mockImplementation(async () => {
      await held;
      return { id: 'snap' };
    });
    for (let n = 0; n < 100; n++) world.results.emit(near(n, 20));
    await until(async () => {
      await world.clock.advance(1_000);
      return world.events.health().mediaFailed === 39;
    });
    release();
  });

  it('INV-76: nothing is captured of an event that is not stored', async () => {
    const other = new Database(path.join(world.folder, 'events.db'));
    other.exec('BEGIN IMMEDIATE');
    world.results.emit(resultAt(1, [detection(4)], gate));
    await world.clock.advance(10_000);
    expect(world.snapshot, 'not before the commit').not.toHaveBeenCalled();
    await until(() => Promise.resolve(world.events.health().drops.store === 1));
    other.exec('ROLLBACK');
    other.close();
    await world.clock.advance(10_000);
    expect(world.snapshot).not.toHaveBeenCalled();
    world.results.emit(resultAt(2, [detection(5)], gate));
    await until(async () => {
      await world.clock.advance(1_000);
      return (await world.list()).events[0]?.snapshot_id === 'snap';
    });
    expect(world.snapshot).toHaveBeenCalledTimes(1);
  }, 30_000);

  it('INV-77: a capture that never ends holds up neither the trigger nor the storing of events', async () => {
    world.snapshot.mockImplementation(() => new Promise(() => undefined));
    const { persistence, triggers } = await world.events.active();
    const store = () =>
      persistence.persistEventDict(gate, 'm', new Date(world.clock.wallUs() / 1000), { a: 1 });
    const event = await store();
    if (event === null) throw new Error('not stored');
    const before = (await world.list()).events;
    // At once, without a promise.
    expect(triggers.trigger(event)).toBeUndefined();
    await until(async () => {
      await world.clock.advance(500);
      return world.snapshot.mock.calls.length === 1;
    });
    expect(await store()).not.toBeNull();
    expect((await world.list()).events.slice(1)).toEqual(before);
  });

  it('counts what it has no room to wait for as an event without media', async () => {
    const { persistence, triggers } = await world.events.active();
    const store = (count: number) => {
      const now = new Date(world.clock.wallUs() / 1000);
      return Promise.all(
        Array.from({ length: count }, () => persistence.persistEventDict(gate, 'm', now, {})),
      );
    };
    for (const event of await store(500)) if (event !== null) triggers.trigger(event);
    await until(() => Promise.resolve(triggers.status().triggered_events_count === 500));
    expect(triggers.failed).toBe(0);
    for (const event of await store(7)) if (event !== null) triggers.trigger(event);
    expect(triggers.failed).toBe(7);
    expect(triggers.status().triggered_events_count).toBe(500);
  });
});
