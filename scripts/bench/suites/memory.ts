import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunningApp } from '../../../e2e/app';
import { startRelay } from '../../cameras/faults';
import { countOf, descriptorsOf } from '../lib/descriptors';
import { openCameras, reconnectsOf, startFleet, whenAllRun } from '../lib/fleet';
import { percentile, rounded } from '../lib/result';
import { launch, temporaryFolder, withCleanup } from '../lib/setup';
import type { Run } from '../measure';

const CAMERAS = 16;
/** Until caches, pools and the collector's own sizes have settled. */
const WARM_UP_ROUNDS = 4;
const RECONNECTS = 200;
/** As long as a round of reconnects takes. */
const IDLE_MS = 8_000;
const IDLE_ROUNDS = 8;
/** What a reconnect leaves for a moment: closed sockets, the segment that is being registered. */
const SETTLE_MS = 1_500;

/** Memory and descriptors of the main process over many reconnects. */
export function memory(run: Run): Promise<void> {
  return withCleanup(run.signal, async (cleanup) => {
    const server = await startFleet(cleanup, CAMERAS);
    const relay = await startRelay(server.port);
    cleanup.add(() => relay.stop());
    const url = (n: number) => `rtsp://127.0.0.1:${String(relay.port)}/c${String(n)}`;
    const app = await launch(cleanup, await temporaryFolder(cleanup, 'memory'));
    // Nothing is watched: pictures on the wall would cost other processes, not this one.
    await app.page.getByRole('link', { name: 'Settings' }).click();
    const ids = await openCameras(app.vas, CAMERAS, url);
    run.note(`${String(CAMERAS)} cameras run`);
    const total = async () => (await reconnectsOf(app.vas, ids)).reduce((all, count) => all + count, 0);

    // The same looks and the same questions without a cut: what grows then, grows with time. Too short to take it off.
    const idle: Sample[] = [];
    await delay(SETTLE_MS);
    for (let round = 0; round < WARM_UP_ROUNDS + IDLE_ROUNDS; round++) {
      run.signal.throwIfAborted();
      const until = performance.now() + IDLE_MS;
      while (performance.now() < until) {
        await whenAllRun(app.vas, ids);
        await delay(100);
      }
      if (round >= WARM_UP_ROUNDS) idle.push(await look(run, app, 0));
    }
    const samples: Sample[] = [];
    let first = 0;
    for (let round = 0; ; round++) {
      run.signal.throwIfAborted();
      const known = await reconnectsOf(app.vas, ids);
      relay.cut();
      await whenAllRun(app.vas, ids, known);
      await delay(SETTLE_MS);
      if (round < WARM_UP_ROUNDS - 1) continue;
      const reconnects = await total();
      if (samples.length === 0) first = reconnects;
      samples.push(await look(run, app, reconnects - first));
      if (reconnects - first >= RECONNECTS) break;
    }
    const [before] = samples;
    const last = samples.at(-1);
    if (!last || !before) throw new Error('nothing was measured');
    for (const kind of new Set([...Object.keys(before.kinds), ...Object.keys(last.kinds)])) {
      const more = (last.kinds[kind] ?? 0) - (before.kinds[kind] ?? 0);
      if (more !== 0) run.note(`descriptors: ${String(more)} more of ${kind}`);
    }
    const method =
      `The real application with ${String(CAMERAS)} recording cameras (640x360, 15 pictures a second), ${String(IDLE_ROUNDS)} looks ` +
      `${String(IDLE_MS / 1000)} s apart while nothing happens; then their connections are all cut again and again, ` +
      `${String(last.reconnects)} reconnects after warming up. Main process, `;
    const growth = { idle: rounded(slope(idle)), reconnecting: rounded(slope(samples)) };
    const seconds = last.atS - before.atS;
    run.result({
      id: 'memory.kb_per_reconnect',
      value: rounded(Math.max(0, (growth.reconnecting * seconds) / last.reconnects)),
      unit: 'KiB',
      samples: { kb_per_s: growth, seconds: rounded(seconds), idle, reconnecting: samples },
      method: `${method}anonymous memory (RssAnon) after collecting garbage in every thread; median slope over time, for each reconnect; that of the idle stretch before is told beside it and not taken off.`,
    });
    run.result({
      id: 'memory.descriptors',
      value: Math.max(0, last.descriptors - before.descriptors),
      unit: 'descriptors',
      samples: samples.map(({ descriptors }) => descriptors),
      method: `${method}descriptors that are open when all cameras run again, the last round against the first one after warming up.`,
    });
  });
}

async function look(run: Run, app: RunningApp, reconnects: number): Promise<Sample> {
  const usage = await usageOf(app);
  run.note(
    `${String(reconnects)} reconnects, ${String(usage.kb)} KiB (JavaScript ${String(usage.heapKb)}, ${String(usage.workersKb)} in ${String(usage.workers)} worker threads), ${String(usage.descriptors)} descriptors, database ${String(usage.storeKb)} KiB`,
  );
  return { reconnects, atS: performance.now() / 1000, ...usage };
}

interface Sample extends Usage {
  readonly reconnects: number;
  /** Seconds, of the clock that never goes back. */
  readonly atS: number;
}

interface Usage {
  /** All memory of the process's own, RssAnon. */
  readonly kb: number;
  /** Of it, what JavaScript holds. */
  readonly heapKb: number;
  readonly externalKb: number;
  /** Threads whose garbage was collected too. */
  readonly workers: number;
  /** What the JavaScript of those threads holds. */
  readonly workersKb: number;
  readonly descriptors: number;
  readonly kinds: Readonly<Record<string, number>>;
  /** Size of the database, whose pages are held in memory, up to a limit. */
  readonly storeKb: number;
}

async function usageOf(app: RunningApp): Promise<Usage> {
  const held = await app.electronApp.evaluate(collectEverything);
  const status = readFileSync(`/proc/${String(app.pid)}/status`, 'utf8');
  // Sockets and pipes of calls under way come and go: the least of several looks is what stays.
  let kinds = descriptorsOf(app.pid);
  for (let turn = 0; turn < 5; turn++) {
    await delay(60);
    const now = descriptorsOf(app.pid);
    if (countOf(now) < countOf(kinds)) kinds = now;
  }
  return {
    ...held,
    kb: Number(/RssAnon:\s+(\d+)/.exec(status)?.[1] ?? NaN),
    descriptors: countOf(kinds),
    kinds,
    storeKb: Math.round(statSync(path.join(app.dataDir, 'vas.db')).size / 1024),
  };
}

/**
 * Runs in the main process: collects the garbage of its own heap and of every worker thread's, which would otherwise
 * grow and shrink by several megabytes as their collectors please.
 */
async function collectEverything(): Promise<Pick<Usage, 'heapKb' | 'externalKb' | 'workers' | 'workersKb'>> {
  process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc');
  // Gives freed pages back to the system, so that what is read is what is held.
  const collect = process
    .getBuiltinModule('node:vm')
    .runInNewContext("() => gc({ type: 'major', execution: 'sync', flavor: 'last-resort' })") as () => void;
  const { Session } = process.getBuiltinModule('node:inspector');
  const session = new Session();
  session.connect();
  const workers = new Set<string>();
  const answered = new Map<string, (message: string) => void>();
  session.on('NodeWorker.attachedToWorker', ({ params }) => void workers.add(params.sessionId));
  session.on('NodeWorker.receivedMessageFromWorker', ({ params }) =>
    answered.get(params.sessionId)?.(params.message),
  );
  const post = (method: string, params: object) =>
    new Promise<void>((resolve, reject) =>
      session.post(method, params, (error) => (error ? reject(new Error(error.message)) : resolve())),
    );
  let id = 0;
  const askAll = (method: string) =>
    Promise.all(
      [...workers].map((sessionId) => {
        const done = new Promise<string>((resolve) => answered.set(sessionId, resolve));
        const message = JSON.stringify({ id: ++id, method });
        return post('NodeWorker.sendMessageToWorker', { sessionId, message }).then(() => done);
      }),
    );
  let workersKb = 0;
  try {
    // Threads that run are told at once.
    await post('NodeWorker.enable', { waitForDebuggerOnStart: false });
    for (let turn = 0; turn < 3; turn++) {
      collect();
      await askAll('HeapProfiler.collectGarbage');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    for (const text of await askAll('Runtime.getHeapUsage'))
      workersKb += (JSON.parse(text) as { result: { usedSize: number } }).result.usedSize / 1024;
  } finally {
    session.disconnect();
  }
  const { heapUsed, external } = process.memoryUsage();
  return {
    heapKb: Math.round(heapUsed / 1024),
    externalKb: Math.round(external / 1024),
    workers: workers.size,
    workersKb: Math.round(workersKb),
  };
}

/** KiB a second: the median of the slopes between any two looks (Theil and Sen). */
function slope(samples: readonly Sample[]): number {
  const slopes = samples.flatMap((one, n) =>
    samples.slice(n + 1).map((other) => (other.kb - one.kb) / (other.atS - one.atS)),
  );
  return percentile(slopes, 50);
}
