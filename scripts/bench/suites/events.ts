import path from 'node:path';
import { repositoryRoot } from '../../../e2e/support/runtime';
import { silentLogger } from '../../../main/base/logger';
import { openEventStore } from '../../../main/store/events/eventStore';
import type { EventCursor, EventFilter, EventStore } from '../../../main/store/events/types';
import { startCameraServer } from '../../cameras/camera';
import { h264 } from '../../cameras/launches';
import {
  CAMERAS,
  eventDatabase,
  eventOf,
  LABELS,
  linkInto,
  MODELS,
  NEWEST_US,
  restore,
  ROWS,
} from '../lib/eventRows';
import { percentile, rounded, summarise } from '../lib/result';
import type { Cleanup } from '../lib/setup';
import { addCamera, launch, temporaryFolder, withCleanup } from '../lib/setup';
import type { Run } from '../measure';

const DAY_US = 86_400 * 1e6;
const BATCH = 500;
const BATCHES = 200;
const COMMITS = 300;
const PAGE = 100;

interface Case {
  readonly name: string;
  readonly filter: EventFilter;
  /** From the newest, or from the middle of the history. */
  readonly isDeep: boolean;
}

/** The history of events on ten million rows. */
export function events(run: Run): Promise<void> {
  return withCleanup(run.signal, async (cleanup) => {
    const prepared = await eventDatabase((text) => run.note(text));
    const dataDir = await temporaryFolder(cleanup, 'events');
    await linkInto(dataDir, prepared);
    cleanup.add(() => Promise.resolve(restore(prepared)));
    const workerPath = path.join(repositoryRoot, 'dist/workers/store.worker.cjs');
    const store = await openEventStore({ dataDir, workerPath, log: silentLogger(), now: () => NEWEST_US });
    try {
      await pages(run, store);
      await writes(run, store);
    } finally {
      await store.dispose();
    }
    await throughIpc(run, cleanup, dataDir);
  });
}

function cases(): Case[] {
  const [camera = '', other = ''] = [CAMERAS[3], CAMERAS[9]];
  const [model = '', seldom = ''] = MODELS;
  const [common = '', , , rare = '', , rarest = ''] = LABELS;
  const filters: Record<string, EventFilter> = {
    all: {},
    camera: { cameraIds: [camera] },
    'three cameras': { cameraIds: [camera, other, CAMERAS[0] ?? ''] },
    model: { modelIds: [seldom] },
    'camera, model': { cameraIds: [camera], modelIds: [seldom] },
    'common label': { labels: [common] },
    'rare label': { labels: [rare] },
    'rarest label': { labels: [rarest] },
    'camera, label': { cameraIds: [camera], labels: [rare] },
    'model, label': { modelIds: [model], labels: [rare] },
    'camera, model, label': { cameraIds: [camera], modelIds: [model], labels: [common] },
    'two labels': { labels: [common, rare] },
    'a day': { fromUs: NEWEST_US - 40 * DAY_US, toUs: NEWEST_US - 39 * DAY_US },
    'camera, label, a day': {
      ...{ cameraIds: [camera], labels: [rare] },
      ...{ fromUs: NEWEST_US - 40 * DAY_US, toUs: NEWEST_US - 39 * DAY_US },
    },
  };
  return Object.entries(filters).flatMap(([name, filter]) => [
    { name, filter, isDeep: false },
    { name: `${name}, deep`, filter, isDeep: true },
  ]);
}

const startOf = ({ isDeep }: Case): { after?: EventCursor } =>
  isDeep ? { after: { timestampUs: NEWEST_US - 45 * DAY_US, seq: 0 } } : {};

async function pages(run: Run, store: EventStore): Promise<void> {
  const samples: number[] = [];
  const byCase: Record<string, number> = {};
  for (const one of cases()) {
    const times: number[] = [];
    for (let round = 0; round < 12; round++) {
      run.signal.throwIfAborted();
      const began = performance.now();
      await store.read.listEvents(one.filter, { limit: PAGE, ...startOf(one) });
      // The first of each reads its pages from the disk: a warm cache is what the figure is about.
      if (round >= 2) times.push(performance.now() - began);
    }
    samples.push(...times);
    byCase[one.name] = rounded(percentile(times, 95));
  }
  run.note(`pages by case, p95 ms: ${JSON.stringify(byCase)}`);
  run.result({
    id: 'events.page_p95_ms',
    value: percentile(samples, 95),
    unit: 'ms',
    samples: { ...summarise(samples), by_case: byCase },
    method: `Pages of ${String(PAGE)} by cursor from ${String(ROWS)} rows through the store's reading threads, ${String(cases().length)} filters, from the newest and from the middle, 10 rounds each after two of warming.`,
  });
  const confidence: number[] = [];
  for (const minConfidence of [0.35, 0.62, 0.9, 0.98, 0.999])
    for (const base of [{}, { cameraIds: [CAMERAS[3] ?? ''] }, { labels: [LABELS[3] ?? ''] }])
      for (let round = 0; round < 6; round++) {
        const began = performance.now();
        await store.read.listEvents({ ...base, minConfidence }, { limit: PAGE });
        if (round > 0) confidence.push(performance.now() - began);
      }
  run.result({
    id: 'events.confidence_p95_ms',
    value: percentile(confidence, 95),
    unit: 'ms',
    samples: summarise(confidence),
    method: `As above with a least confidence of 0.35 to 0.999, alone, with a camera and with a rare label.`,
  });
}

async function writes(run: Run, store: EventStore): Promise<void> {
  let next = ROWS;
  const rates: number[] = [];
  for (let batch = 0; batch < BATCHES; batch++) {
    run.signal.throwIfAborted();
    const rows = Array.from({ length: BATCH }, () => eventOf(next++));
    const began = performance.now();
    await store.write.insertEvents(rows);
    rates.push(BATCH / ((performance.now() - began) / 1000));
  }
  const seconds = rates.reduce((sum, rate) => sum + BATCH / rate, 0);
  run.result({
    id: 'events.insert_rate',
    value: Math.round((BATCH * BATCHES) / seconds),
    unit: 'rows/s',
    samples: summarise(rates),
    method: `${String(BATCHES)} transactions of ${String(BATCH)} events into ${String(ROWS)} rows with every index, through the store's writing thread, commits and checkpoints included.`,
  });
  const commits: number[] = [];
  for (let commit = 0; commit < COMMITS; commit++) {
    const row = eventOf(next++);
    const began = performance.now();
    await store.write.insertEvents([row]);
    commits.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  run.result({
    id: 'events.commit_p99_ms',
    value: percentile(commits, 99),
    unit: 'ms',
    samples: summarise(commits),
    method: `${String(COMMITS)} single events, from the call in the main thread to its commit, 5 ms apart.`,
  });
}

async function throughIpc(run: Run, cleanup: Cleanup, dataDir: string): Promise<void> {
  const server = await startCameraServer();
  cleanup.add(() => server.stop());
  await server.mount({ path: '/small', launch: h264({ width: 320, height: 180, fps: 10 }) });
  const app = await launch(cleanup, dataDir);
  // One source and sixteen cameras: the addresses differ by their query.
  for (let n = 0; n < 16; n++)
    await addCamera(app.vas, `Camera ${String(n + 1)}`, `${server.url('/small')}?n=${String(n)}`);
  await app.vas.query('health.get', {});
  const samples: number[] = [];
  const loop: number[] = [];
  for (let round = 0; round < 8; round++) {
    for (const { filter, isDeep } of cases()) {
      run.signal.throwIfAborted();
      const request = {
        ...(filter.cameraIds === undefined ? {} : { camera_ids: [...filter.cameraIds] }),
        ...(filter.modelIds === undefined ? {} : { model_ids: [...filter.modelIds] }),
        ...(filter.labels === undefined ? {} : { labels: [...filter.labels] }),
        ...(filter.fromUs === undefined ? {} : { start_time: new Date(filter.fromUs / 1000).toISOString() }),
        ...(filter.toUs === undefined ? {} : { end_time: new Date(filter.toUs / 1000).toISOString() }),
        ...(isDeep ? { cursor: `${String(NEWEST_US - 45 * DAY_US)}.0` } : {}),
        with_total: false,
        limit: PAGE,
      };
      const elapsed = await app.page.evaluate(async (body) => {
        const { vas } = globalThis as unknown as {
          vas: { query(name: string, request: unknown): Promise<{ ok: boolean }> };
        };
        const began = performance.now();
        const reply = await vas.query('ai-events.list', body);
        if (!reply.ok) throw new Error(JSON.stringify(reply));
        return performance.now() - began;
      }, request);
      if (round >= 2) samples.push(elapsed);
    }
    loop.push((await app.vas.query('health.get', {})).event_loop_delay_p99_ms);
  }
  run.result({
    id: 'events.page_ipc_p95_ms',
    value: percentile(samples, 95),
    unit: 'ms',
    samples: summarise(samples),
    method: `The same pages as the renderer of the real application gets them, checked by the contract on both sides, while 16 cameras record.`,
  });
  run.result({
    id: 'events.loop_delay_p99_ms',
    value: Math.max(...loop.slice(2)),
    unit: 'ms',
    samples: loop,
    method: `p99 of the main process's event-loop delay as health.get tells it, the largest reading while those pages were asked for one after the other and 16 cameras recorded.`,
  });
}
