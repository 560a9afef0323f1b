// Queries of AI events, the registry, assignments and observability, each asked with what a window may send, on
// real databases that somebody else watches.
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Emitter } from '../../base/emitter';
import { silentLogger } from '../../base/logger';
import { SimulatedClock } from '../../base/simulatedClock';
import type { ModelStatus } from '../../containers/containers';
import type { CoreResult, RuthCore } from '../../core/core';
import { createRuthCore } from '../../core/core';
import type { Events } from '../../events/events';
import { createEvents } from '../../events/events';
import { Observability } from '../../health/observability';
import { SeriesRecorder } from '../../health/series/recorder';
import { openPools } from '../../store/client/pools';
import type { Pools } from '../../store/client/pools';
import { eventStoreFile, openEventStore } from '../../store/events/eventStore';
import { openStore } from '../../store/store';
import { device, NOW_US, optionsFor, temporaryFolder, uuid, workerPath } from '../../store/testing/fixtures';
import { Watcher } from '../../store/testing/watcher';
import type { Store } from '../../store/types';
import { openReader } from '../../store/worker/connection';
import type { Api, Handlers, Subscriptions } from '../api';
import { createApi } from '../api';
import { guardFor } from '../access/testing';
import { aiHandlers } from './ai';
import type { HandlerContext } from './context';
import { eventHandlers } from './events';
import { observabilityHandlers } from './observability';
import { GATE, MODEL, QUERIES, REQUESTS, YARD } from './testing/readRequests';

const DETECTION = { class_id: 0, bbox: [0, 0, 1, 1] };

const statusOf = (id: string): ModelStatus =>
  ({
    ...{ id, state: 'ready', heartbeatAgeMs: 1_000 },
    metrics: { total_requests: 5, total_errors: 0, avg_latency_ms: 20, uptime_seconds: 60 },
  }) as ModelStatus;

/** Thousands of looks at real files, on a machine that may be busy; milliseconds. */
const TIMEOUT_MS = 240_000;

describe('read-only queries', { timeout: TIMEOUT_MS }, () => {
  let store: Store;
  let core: RuthCore;
  let events: Events;
  let recorder: SeriesRecorder;
  let api: Api;
  let watchers: readonly Watcher[];
  let assignmentId: string;

  const ask = (kind: 'query' | 'command', name: string, request: unknown) =>
    api.call('window', kind, name, request);
  const look = () => watchers.map((watcher) => watcher.look());

  beforeEach(async () => {
    const folder = await temporaryFolder();
    const clock = new SimulatedClock(NOW_US);
    const log = silentLogger();
    store = await openStore(optionsFor(folder));
    for (const n of [1, 2]) await store.write.createDevice(device(n));
    core = createRuthCore({
      ...{ store, clock, log, frames: null },
      containers: { infer: () => Promise.reject(new Error('nothing runs here')) },
    });
    const results = new Emitter<CoreResult>();
    events = createEvents({
      openStore: () => openEventStore({ dataDir: folder, workerPath, log, now: () => clock.wallUs() }),
      ...{ storeFile: eventStoreFile(folder), results, clock, log },
      captures: {
        snapshot: () => Promise.reject(new Error('no camera')),
        clip: () => Promise.reject(new Error('no camera')),
      },
      switches: { snapshots: true, clips: true },
      isCamera: (id) => id === GATE || id === YARD,
      userId: () => '0b8f5a4e-6d1f-4f6e-9a58-00000000aaaa',
      media: { removeSnapshot: () => Promise.resolve(), removeClip: () => Promise.resolve() },
      days: () => null,
      onRemoved: () => undefined,
    });
    await vi.waitUntil(() => events.health().store.state === 'working', { timeout: 20_000 });
    const { persistence } = await events.active();
    await Promise.all(
      Array.from({ length: 120 }, (_, n) =>
        persistence.persistEventDict(n % 2 === 0 ? GATE : YARD, MODEL, new Date(NOW_US / 1000 + n * 1000), {
          schema: 1,
          detections: [
            { ...DETECTION, class_name: n % 3 === 0 ? 'car' : 'person', confidence: (n % 10) / 10 },
          ],
        }),
      ),
    );
    await clock.advance(1_000);
    recorder = new SeriesRecorder({
      tick: { onTick: () => ({ dispose: () => undefined }) } as never,
      measure: () => Promise.resolve(new Map()),
      ...{ store, clock, log },
    });
    const observability = new Observability({
      agents: () => core.metrics(),
      models: () => [statusOf(MODEL)],
      nowUs: () => clock.wallUs(),
      log,
    });
    await core.models.register([
      {
        modelId: MODEL,
        name: 'People',
        version: '1',
        description: null,
        supportedTasks: [],
        configSchema: null,
      },
    ]);
    const context = { core, events, observability, store } as unknown as HandlerContext;
    api = createApi({
      handlers: {
        ...aiHandlers(context),
        ...eventHandlers(context),
        ...observabilityHandlers(context),
        'health.series': (request: Parameters<SeriesRecorder['query']>[0]) => recorder.query(request),
      } as unknown as Handlers,
      subscriptions: {} as Subscriptions,
      ...guardFor(undefined, { event: () => Promise.resolve(GATE) }),
      closeOwner: () => undefined,
      log,
    });
    await store.write.saveHealthMinute(
      { atS: NOW_US / 1e6, names: ['cpu_percent'], values: Float32Array.of(9) },
      0,
    );
    assignmentId = (
      await core.assignments.create({
        ...{
          camera_id: GATE,
          model_id: MODEL,
          enabled: true,
          desired_fps: 5,
          priority: null,
          parameters: null,
        },
        rules: {} as never,
      })
    ).id;
    watchers = [path.join(folder, 'vas.db'), eventStoreFile(folder)].map((file) => new Watcher(file));
  }, TIMEOUT_MS);

  afterEach(async () => {
    for (const watcher of watchers) watcher.close();
    await recorder.dispose();
    await core.dispose();
    await events.dispose();
    await store.dispose();
  });

  it('INV-82, INV-93: each query of events, registry, assignments and observability is unable to write', async () => {
    expect(new Set(Object.keys(REQUESTS)), 'a query that nobody watches').toEqual(new Set(QUERIES));
    const before = look();
    expect(before.map(({ rows }) => Object.values(rows).some((count) => Number(count) > 0))).toEqual([
      true,
      true,
    ]);
    const answered = new Set<string>();
    for (const name of QUERIES)
      await fc.assert(
        fc.asyncProperty(REQUESTS[name] ?? fc.constant({}), async (request) => {
          const reply = await ask('query', name, request);
          if (reply.ok) answered.add(name);
          else expect(reply.error.status, JSON.stringify({ name, request, reply })).toBeLessThan(500);
          expect(look(), `${name} ${JSON.stringify(request)}`).toEqual(before);
        }),
        { numRuns: 15 },
      );
    // Those that only know ids are asked for one that exists, too.
    const { data } = (await ask('query', 'ai-events.list', { limit: 1 })) as {
      data: { events: { id: string }[] };
    };
    for (const [name, request] of [
      ['ai-events.get', { id: data.events[0]?.id }],
      ['ai-model-assignments.get', { id: assignmentId }],
    ] as const) {
      expect(await ask('query', name, request)).toMatchObject({ ok: true });
      answered.add(name);
    }
    expect([...answered].sort(), 'each was answered, not only refused').toEqual([...QUERIES].sort());
    expect(look()).toEqual(before);

    // The watcher is no blind one: one command is seen at once, in the file that it is about.
    const id = data.events[0]?.id ?? '';
    expect(await ask('command', 'ai-events.review', { ids: [id], reviewed: true })).toMatchObject({
      ok: true,
    });
    const reviewed = look();
    expect(reviewed[0]).toEqual(before[0]);
    expect(reviewed[1]?.version).not.toBe(before[1]?.version);
    expect(await ask('command', 'ai-models.set-enabled', { model_id: MODEL, enabled: false })).toMatchObject({
      ok: true,
    });
    expect(look()[0]?.version).not.toBe(before[0]?.version);
  });

  it('INV-82: a reading connection refuses to write, whatever it is told', () => {
    for (const watcher of watchers) {
      const before = watcher.look();
      const reader = openReader(watcher.file);
      try {
        for (const table of watcher.tables)
          for (const sql of [
            `DELETE FROM "${table}"`,
            `DROP TABLE "${table}"`,
            `INSERT INTO "${table}" DEFAULT VALUES`,
          ])
            expect(() => reader.exec(sql), sql).toThrow(
              /readonly|read-only|query_only|may not be|prohibited|NOT NULL/i,
            );
        for (const sql of [
          'CREATE TABLE mine (x)',
          'CREATE INDEX mine ON sqlite_schema (name)',
          'VACUUM',
          'REINDEX',
          `ATTACH '${watcher.file}.mine' AS mine; CREATE TABLE mine.x (y)`,
          'PRAGMA user_version = 99; SELECT 1 FROM nothing_of_the_kind',
        ])
          expect(() => reader.exec(sql), sql).toThrow();
        // Not even once it takes back what keeps it from writing.
        reader.pragma('query_only = OFF');
        for (const table of watcher.tables)
          expect(() => reader.exec(`DELETE FROM "${table}"`), table).toThrow(/readonly|may not be/i);
      } finally {
        reader.close();
      }
      expect(watcher.look()).toEqual(before);
    }
  });

  it('INV-82: the reading threads know no call that writes', async () => {
    for (const [database, watcher, calls] of [
      [
        'vas',
        watchers[0],
        ['createAssignment', 'deleteAssignment', 'putModel', 'setModelEnabled', 'saveHealthMinute'],
      ],
      [
        'events',
        watchers[1],
        ['insertEvents', 'setReviewed', 'claimTrigger', 'linkMedia', 'beginExpiry', 'expireEvents'],
      ],
    ] as const) {
      if (watcher === undefined) throw new Error('there is no file');
      const pools: Pools = await openPools({
        ...{ database, file: watcher.file, workerPath, readers: 1, log: silentLogger(), userName: 'alex' },
        now: () => NOW_US,
      });
      try {
        const before = watcher.look();
        for (const name of calls)
          await expect(pools.read({ name, args: [uuid(1)] } as never), name).rejects.toThrow(
            'does not answer',
          );
        expect(watcher.look()).toEqual(before);
      } finally {
        await pools.dispose();
      }
    }
  });
});
