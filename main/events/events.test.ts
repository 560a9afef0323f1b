import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assignmentRules } from '../../contract/assignments';
import { uuid } from '../store/testing/fixtures';
import { EventWorld, gate, until } from './testing/eventWorld';
import { detection, resultAt, START_US } from './testing/results';

let world: EventWorld;
beforeEach(async () => {
  world = await EventWorld.create();
});
afterEach(() => world.end());

describe('events', () => {
  it('a result becomes an event with a snapshot of its own moment', async () => {
    world.results.emit(resultAt(1, [detection(4)], gate));
    const {
      events: stored,
      total,
      total_is_exact,
    } = await until(async () => {
      const page = await world.list();
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
      await world.clock.advance(1_000);
      return (await world.list()).events[0]?.snapshot_id === 'snap';
    });
    expect(world.snapshot.mock.calls).toEqual([[gate, START_US + 200_000]]);
    expect(world.clip).not.toHaveBeenCalled();
    expect((await world.events.active()).triggers.status()).toEqual({
      snapshot_triggers_enabled: true,
      clip_triggers_enabled: false,
      triggered_events_count: 1,
    });
  });

  it('tells the best moment of an object once, also after the system clock was set forward', async () => {
    world.clock.stepWall(3_600_000_000);
    const rules = assignmentRules.parse({ persist: { when: 'best' } });
    for (let n = 0; n < 40; n++) {
      world.results.emit({ ...resultAt(n, [detection(1, n === 7 ? 0.9 : 0.5)], gate), rules });
      await world.clock.advance(200);
    }
    expect((await world.list()).events).toEqual([]);
    await world.clock.advance(4_000);
    await until(async () => (await world.list()).events.length > 0);
    expect((await world.list()).events.map(({ frame_id }) => frame_id)).toEqual([7]);
  });

  it('INV-72, INV-73, INV-74: drops and counts what cannot be stored, without a throw', async () => {
    const { persistence } = await world.events.active();
    const at = new Date(START_US / 1000);
    expect(await persistence.persistEventDict(uuid(9), 'm', at, {})).toBeNull();
    expect(await persistence.persistEventDict(gate, '', at, {})).toBeNull();
    expect(await persistence.persistEventDict(gate, 'x'.repeat(129), at, {})).toBeNull();
    expect(await persistence.persistEventDict(gate, 'm', at, {}, { confidence: 1.2 })).toBeNull();
    expect(await persistence.persistEventDict(gate, 'm', new Date(Number.NaN), {})).toBeNull();
    expect(await persistence.persistEventDict(gate, 'm', at, { objects: [] })).toMatchObject({
      modelId: 'm',
    });
    expect(world.events.health()).toMatchObject({ stored: 1, drops: { invalid: 4, unknown_camera: 1 } });
  });

  it('INV-72: goes on without events when their database cannot be opened', async () => {
    await world.reopen({ openStore: () => Promise.reject(new Error('damaged')) });
    world.results.emit(resultAt(1, [detection(4)], gate));
    await expect(world.list()).rejects.toThrow('Video and recording go on');
    await until(() => Promise.resolve(world.events.health().drops.store === 1));
    expect(world.events.health()).toMatchObject({ stored: 0, store: { state: 'failing' } });
  });

  it('loses events while the database is locked by another program, and stores again afterwards', async () => {
    const { persistence } = await world.events.active();
    const other = new Database(path.join(world.folder, 'events.db'));
    other.exec('BEGIN IMMEDIATE');
    const lost = persistence.persistEventDict(gate, 'm', new Date(), {});
    await expect(lost).resolves.toBeNull();
    other.exec('ROLLBACK');
    other.close();
    expect(await persistence.persistEventDict(gate, 'm', new Date(), {})).not.toBeNull();
    expect(world.events.health()).toMatchObject({ stored: 1, drops: { store: 1 } });
  }, 20_000);

  it('INV-75: drops beyond the bound instead of growing', async () => {
    const { persistence } = await world.events.active();
    const all = Array.from({ length: 5_000 }, () => persistence.persistEventDict(gate, 'm', new Date(), {}));
    const stored = (await Promise.all(all)).filter((one) => one !== null).length;
    expect(stored + world.events.health().drops.overload).toBe(5_000);
    expect(stored).toBeGreaterThanOrEqual(2_000);
    expect((await world.list()).total).toBe(stored);
  });

  it('one bad event does not take its neighbours along', async () => {
    const { persistence } = await world.events.active();
    const good = () => persistence.persistEventDict(gate, 'm', new Date(), { schema: 1 });
    // Valid for the schema above, refused by the database.
    const bad = persistence.persistEvent({ camera_id: gate, model_id: 'm', timestamp: new Date(-5_000) });
    const [one, two] = await Promise.all([good(), good()]);
    expect(await bad).toBeNull();
    expect(one).not.toBeNull();
    expect(two).not.toBeNull();
  });
});
