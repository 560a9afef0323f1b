import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channels } from '../../contract';
import { uuid } from '../store/testing/fixtures';
import type { EventReads } from '../store/events/types';
import { EventQueries } from './queries';
import { EventWorld, gate, until } from './testing/eventWorld';
import { detection, resultAt, START_US } from './testing/results';

let world: EventWorld;
beforeEach(async () => {
  world = await EventWorld.create();
});
afterEach(() => world.end());

describe('reading events', () => {
  it('INV-83: a page has 100 events, at most 1,000, the newest first', async () => {
    const { request } = channels['ai-events.list'];
    expect(request.parse({})).toMatchObject({ limit: 100, offset: 0 });
    expect(request.parse({ limit: 1_000 }).limit).toBe(1_000);
    expect(request.safeParse({ limit: 1_001 }).success).toBe(false);
    expect(channels['ai-events.listForCamera'].request.parse({ camera_id: gate }).limit).toBe(100);
    const { persistence } = await world.events.active();
    for (const n of [3, 1, 2])
      await persistence.persistEventDict(gate, 'm', new Date(START_US / 1000 + n * 1_000), {});
    const times = (await world.list()).events.map(({ timestamp }) => timestamp);
    expect(times).toEqual([...times].sort().reverse());
  });

  it('an event that came between the count and the page is counted', async () => {
    const row = {
      ...{ id: uuid(1), seq: 1, cameraId: gate, modelId: 'm', timestampUs: START_US, createdUs: START_US },
      ...{ frameId: null, trackId: null, detections: '{}', metadata: '{}', confidence: null },
      ...{ snapshotId: null, clipId: null, reviewedUs: null },
    };
    const counted = (count: number, rows: (typeof row)[]) =>
      new EventQueries(
        {
          listEvents: () => Promise.resolve({ rows, next: null, scannedToUs: null }),
          countEvents: () => Promise.resolve({ count, isExact: true }),
        } as unknown as EventReads,
        () => uuid(9),
      );
    const ask = (more: object) => channels['ai-events.list'].request.parse(more);
    expect((await counted(0, [row]).list(ask({}))).total).toBe(1);
    expect((await counted(7, [row]).list(ask({ offset: 3 }))).total).toBe(7);
    expect((await counted(7, []).list(ask({ offset: 30 }))).total).toBe(7);
    expect((await counted(0, [row]).list(ask({ with_total: false }))).total).toBe(0);
  });

  it('INV-84: a read that fails concerns its request alone', async () => {
    world.results.emit(resultAt(1, [detection(4)], gate));
    await until(async () => (await world.list()).total === 1);
    const { queries } = await world.events.active();
    const asked = await Promise.allSettled([
      queries.get(uuid(5)),
      world.list({ start_time: '2027-01-01T00:00:00Z', end_time: '2026-01-01T00:00:00Z' }),
      world.list(),
    ]);
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    expect(world.events.health().store.state).toBe('working');
  });

  it('pages by cursor and tells what is stored', async () => {
    const heard: string[] = [];
    const stop = world.events.subscribe((value) => heard.push(...value.events.map(({ id }) => id)));
    const { persistence, queries } = await world.events.active();
    for (let n = 0; n < 5; n++)
      await persistence.persistEventDict(gate, 'm', new Date(START_US / 1000 + n), {});
    await world.clock.advance(1_000);
    stop();
    expect(heard).toHaveLength(5);
    const first = await world.list({ limit: 2 });
    expect(first).toMatchObject({ total: 5, limit: 2, offset: 0 });
    const second = await world.list({ limit: 2, cursor: first.next_cursor ?? '' });
    const third = await world.list({ limit: 2, cursor: second.next_cursor ?? '' });
    expect(third.next_cursor).toBeNull();
    expect([...first.events, ...second.events, ...third.events].map(({ id }) => id)).toEqual(
      [...heard].reverse(),
    );
    expect(await queries.get(heard[0] ?? '')).toMatchObject({ camera_id: gate });
    await expect(queries.get(uuid(5))).rejects.toMatchObject({ kind: 'not_found' });
    const backwards = { start_time: '2027-01-01T00:00:00Z', end_time: '2026-01-01T00:00:00Z' };
    await expect(world.list(backwards)).rejects.toMatchObject({ kind: 'invalid' });
    expect(await (await world.events.active()).review(heard, true)).toBe(5);
    expect((await world.list({ reviewed: false })).total).toBe(0);
  });

  it('INV-82: reads cannot write', async () => {
    const reader = new Database(path.join(world.folder, 'events.db'), { readonly: true });
    const before = reader.prepare('SELECT count(*) FROM event_names').pluck().get();
    await world.list({ labels: ['never seen'] });
    expect(reader.prepare('SELECT count(*) FROM event_names').pluck().get()).toBe(before);
    reader.close();
  });
});
