import path from 'node:path';
import { Worker } from 'node:worker_threads';
import pino from 'pino';
import { expect, onTestFinished, test, vi } from 'vitest';
import { SimulatedClock } from '../../base/simulatedClock';
import { WorkerPool } from './pool';
import { WorkerThread } from './thread';

const SCRIPT = path.join(import.meta.dirname, '../testing/misbehaving.cjs');

interface Rig {
  readonly pool: WorkerPool;
  readonly clock: SimulatedClock;
  readonly log: { msg: string; query?: string; elapsed_ms?: number }[];
  readonly starts: () => number;
  ask(what: string): Promise<unknown>;
  /** Lets hanging calls return. */
  release(): void;
  refuseStarts(refuse: boolean): void;
  /** Until this many calls were begun by the threads. */
  begun(calls: number): Promise<void>;
}

async function rig(size: number, deadlineMs: number | null): Promise<Rig> {
  const shared = new SharedArrayBuffer(12);
  const flags = new Int32Array(shared);
  const clock = new SimulatedClock();
  const log: Rig['log'] = [];
  let starts = 0;
  const pool = new WorkerPool({
    size,
    deadlineMs,
    clock,
    log: pino(
      { base: null },
      { write: (line: string) => void log.push(JSON.parse(line) as Rig['log'][number]) },
    ),
    start: () => {
      starts++;
      return new WorkerThread(
        (options) => new Worker(SCRIPT, { ...options, workerData: { ...options.workerData, shared } }),
        { role: 'reader', database: 'vas', file: 'unused' },
      );
    },
  });
  const release = (): void => {
    Atomics.store(flags, 0, 1);
    Atomics.notify(flags, 0);
  };
  onTestFinished(async () => {
    release();
    await pool.end();
    expect(clock.pendingTimers).toBe(0);
  });
  await pool.open();
  return {
    pool,
    clock,
    log,
    release,
    starts: () => starts,
    ask: (what) => pool.call({ name: 'getSetting', args: [what] }),
    refuseStarts: (refuse) => void Atomics.store(flags, 1, refuse ? 1 : 0),
    begun: (calls) => vi.waitFor(() => expect(Atomics.load(flags, 2)).toBe(calls), 10_000),
  };
}

const thrown = (kind: string, text: string): Error =>
  expect.objectContaining({ kind, message: expect.stringContaining(text) as string }) as Error;

test('a call that misses its deadline is given up, others are served meanwhile', async () => {
  const { clock, ask, begun, log, release } = await rig(2, 5000);
  const hanging = ask('hang');
  const refused = expect(hanging).rejects.toEqual(thrown('timeout', 'did not answer within 5 s'));
  await begun(1);
  expect(await Promise.all(['a', 'b', 'c'].map(ask))).toEqual(['a', 'b', 'c']);
  await clock.advance(4999);
  expect(log).toEqual([]);
  await clock.advance(1);
  await refused;
  expect(log).toMatchObject([{ msg: 'A query missed its deadline', query: 'getSetting' }]);
  release();
  // Its late answer is dropped and the thread serves again.
  expect(await Promise.all(['d', 'e', 'f'].map(ask))).toEqual(['d', 'e', 'f']);
});

test('a call that waits in the queue past its deadline is never run', async () => {
  const { clock, ask, begun, release, pool } = await rig(1, 5000);
  const both = Promise.allSettled([ask('hang'), ask('throw')]);
  await begun(1);
  await clock.advance(5000);
  expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  release();
  expect(await ask('a')).toBe('a');
  await pool.drain();
  await begun(2);
});

test('without a deadline calls run in their order, whatever it takes', async () => {
  const { clock, ask, begun, release } = await rig(1, null);
  const order: unknown[] = [];
  const all = ['hang', 'a', 'b'].map((what) => ask(what).then((value) => order.push(value)));
  await begun(1);
  await clock.advance(3_600_000);
  expect(order).toEqual([]);
  release();
  await Promise.all(all);
  expect(order).toEqual(['late', 'a', 'b']);
});

test.each(['throw', 'exit'])(
  'a thread that dies (%s) is replaced; only the call it ran fails',
  async (how) => {
    const { clock, ask, starts, log } = await rig(1, null);
    const [fatal, next] = await Promise.allSettled([
      ask(how),
      (async () => {
        const answer = ask('next');
        await vi.waitFor(() => expect(clock.pendingTimers).toBe(1), 10_000);
        await clock.advance(0);
        return answer;
      })(),
    ]);
    expect(fatal).toMatchObject({ reason: thrown('unavailable', 'stopped') });
    expect(next).toMatchObject({ value: 'next' });
    expect(starts()).toBe(2);
    expect(log.map(({ msg }) => msg)).toContain('A thread of the store died and is replaced');
  },
);

test('while no thread can be started calls fail at once, and attempts are spaced out', async () => {
  const { clock, ask, starts, refuseStarts } = await rig(1, 5000);
  refuseStarts(true);
  await expect(ask('exit')).rejects.toThrow('stopped');
  await vi.waitFor(() => expect(clock.pendingTimers).toBe(1), 10_000);
  const queued = expect(ask('a')).rejects.toEqual(thrown('unavailable', 'the disk is gone'));
  await clock.advance(0);
  await queued;
  await expect(ask('b')).rejects.toEqual(thrown('unavailable', 'the disk is gone'));
  expect(starts()).toBe(2);
  await clock.advance(199);
  expect(starts()).toBe(2);
  await clock.advance(1);
  expect(starts()).toBe(3);
  await vi.waitFor(() => expect(clock.pendingTimers).toBe(1), 10_000);
  refuseStarts(false);
  await clock.advance(1000);
  await vi.waitFor(async () => expect(await ask('c')).toBe('c'), 10_000);
});

test('slow statements are logged by name', async () => {
  const { ask, log } = await rig(1, null);
  await ask('slow');
  expect(log).toMatchObject([{ msg: 'Slow query', query: 'getSetting', elapsed_ms: 41 }]);
});

test('draining answers what was asked and refuses what comes after', async () => {
  const { pool, ask, begun, release } = await rig(1, null);
  const asked = Promise.all(['hang', 'a', 'b'].map(ask));
  const drained = pool.drain();
  await expect(ask('c')).rejects.toEqual(thrown('unavailable', 'shutting down'));
  await begun(1);
  release();
  await drained;
  expect(await asked).toEqual(['late', 'a', 'b']);
});

test('a pool that cannot open leaves no thread', async () => {
  const threads: Worker[] = [];
  const flags = new SharedArrayBuffer(12);
  new Int32Array(flags)[1] = 1;
  const pool = new WorkerPool({
    size: 3,
    deadlineMs: null,
    clock: new SimulatedClock(),
    log: pino({ level: 'silent' }),
    start: () =>
      new WorkerThread(
        (options) => {
          const worker = new Worker(SCRIPT, {
            ...options,
            workerData: { ...options.workerData, shared: flags },
          });
          threads.push(worker);
          return worker;
        },
        { role: 'reader', database: 'vas', file: 'unused' },
      ),
  });
  await expect(pool.open()).rejects.toEqual(thrown('unavailable', 'the disk is gone'));
  expect(threads.map(({ threadId }) => threadId)).toEqual([-1, -1, -1]);
});
