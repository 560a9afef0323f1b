import { randomUUID } from 'node:crypto';
import path from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { VasError } from '../../base/errors';
import { silentLogger } from '../../base/logger';
import { SimulatedClock } from '../../base/simulatedClock';
import { databaseAt, device } from '../../store/testing/fixtures';
import { deviceWrites } from '../../store/queries/devices';
import { Archive } from './archive';
import { checkFolders } from './archiveCheck';
import { inspectArchive } from './check/inspect';
import { Deletions } from './deletions';
import { StorageFolders } from './folders/storageFolders';
import { healIncoming } from './heal';
import { incomingFolder, segmentFileName } from './layout';
import { FootageLocks } from './locks/footageLocks';
import { Crash, FaultyDisk } from './testing/faultyDisk';
import { inProcessWorker } from './testing/inProcessWorker';
import { memoryStore } from './testing/memoryStore';
import { segmentSample } from './testing/segmentFile';

const ROOT = '/archive';
const CAMERA = device(1).id;
const START_US = 1_800_000_000_000_000;
const SEGMENT_US = 2_000_000;
const log = silentLogger();
let sample: Buffer;

beforeAll(async () => {
  sample = await segmentSample();
});

/** A workstation whose disk is in memory. */
async function station() {
  const disk = new FaultyDisk();
  const db = databaseAt();
  deviceWrites(db).createDevice(device(1));
  const clock = new SimulatedClock(START_US);
  const worker = inProcessWorker(disk.files);
  /** Each call that changes something and each write of the index is a step. */
  let steps = 0;
  let fate: ((step: number, name: string) => void) | null = null;
  const step = (name: string): void => fate?.(++steps, name);
  disk.onCall = (_call, name) => step(name);
  const store = memoryStore(db, () => step('index'));
  const parts = { store, clock, log };
  const folders = new StorageFolders({
    ...{ ...parts, defaultPath: ROOT },
    look: (folder, id) => worker.run('folderState', folder, id),
  });
  await worker.run('makeFolder', incomingFolder(ROOT, CAMERA));
  let n = 0;
  let shiftUs = 0;
  let archive = new Archive({ ...parts, folders, worker, hasher: worker });
  const deletions = new Deletions({ ...parts, folders, worker });
  const rows = () => store.read.findSegments(CAMERA, 0, Number.MAX_SAFE_INTEGER);

  return {
    ...{ disk, db, clock, store, rows, deletions, locks: new FootageLocks(store, clock) },
    steps: () => steps,
    /** The system clock is set. */
    stepClock(byUs: number): void {
      shiftUs += byUs;
    },
    /** What happens at each step from now on. */
    at(next: typeof fate) {
      steps = 0;
      fate = next;
    },
    /** A segment as FFmpeg leaves it: nothing of it is synced. @returns whether it has a row */
    async record(): Promise<boolean> {
      const index = ++n;
      const startUs = START_US + index * SEGMENT_US + shiftUs;
      const file = path.join(incomingFolder(ROOT, CAMERA), segmentFileName(randomUUID(), 0));
      disk.write(file, sample, (startUs + SEGMENT_US) / 1000);
      let isRegistered = false;
      await archive.register({
        file,
        row: {
          ...{
            id: randomUUID(),
            cameraId: CAMERA,
            runId: randomUUID(),
            startUs,
            endUs: startUs + SEGMENT_US,
          },
          ...{ videoCodec: 'h264', audioCodec: null, width: 320, height: 180 },
        },
        truncateTo: null,
        done: (row) => (isRegistered = row !== null),
      });
      return isRegistered;
    },
    async remove(count: number): Promise<void> {
      await deletions.remove((await rows()).slice(0, count));
    },
    /** The next start of the application. */
    async restart(): Promise<void> {
      fate = null;
      archive.dispose();
      disk.restart();
      archive = new Archive({ ...parts, folders, worker, hasher: worker });
      await worker.run('makeFolder', incomingFolder(ROOT, CAMERA));
      await deletions.finish();
      await healIncoming({ root: ROOT, read: store.read, worker, archive, log });
      const parts_ = { folders, store, archive, log, reader: worker, closing: () => false };
      await checkFolders({ ...parts_, exclusively: (_id, task) => task() });
    },
    /** Every invariant, every byte. */
    inspect: () =>
      inspectArchive({
        ...{ folders, worker, read: store.read, hashes: true, live: false, onProgress: () => undefined },
        signal: new AbortController().signal,
      }),
    dispose: () => {
      archive.dispose();
      db.close();
    },
  };
}

type Station = Awaited<ReturnType<typeof station>>;

const unlessCrashed = async (work: Promise<unknown>): Promise<void> => {
  await work.catch((error: unknown) => {
    if (!(error instanceof Crash)) throw error;
  });
};

/** Kills the process, or cuts the power, at a step. */
function crashAt(at: Station, step: number): void {
  at.at((now) => {
    if (now < step) return;
    at.disk.kill();
    throw new Crash('now');
  });
}

type End = 'kill' | 'power';

/** Whatever survives of what was not synced: nothing, all, or a random part. */
const survival = fc.oneof(
  fc.constant(() => false),
  fc.constant(() => true),
  fc.infiniteStream(fc.boolean()).map((stream) => () => stream.next().value),
);

describe('a crash at every single step', () => {
  it.each<[what: string, end: End]>([
    ['recording', 'kill'],
    ['recording', 'power'],
    ['deleting', 'kill'],
    ['deleting', 'power'],
  ])(
    'AR-1, AR-4: while %s, by %s, leaves an archive that is sound after the next start',
    async (what, end) => {
      for (let step = 1; ; step++) {
        const at = await station();
        for (let index = 0; index < 4; index++) await at.record();
        const before = (await at.rows()).map(({ id }) => id);
        crashAt(at, step);
        await unlessCrashed(what === 'recording' ? at.record() : at.remove(2));
        const wasReached = at.steps() >= step;
        at.at(null);
        at.disk.restart();
        if (end === 'power') at.disk.cutPower(() => step % 2 === 0);
        await at.restart();
        expect(await at.inspect(), `step ${String(step)}`).toEqual([]);
        const after = (await at.rows()).map(({ id }) => id);
        const kept = what === 'recording' ? before : before.slice(2);
        expect(after, 'what was registered before is there').toEqual(expect.arrayContaining(kept));
        at.dispose();
        if (!wasReached) {
          expect(step, 'steps that were tried').toBeGreaterThan(5);
          return;
        }
      }
    },
  );
});

const failing = (code: string): Error => Object.assign(new Error(code), { code });

describe('a disk that fails', () => {
  it.each(['ENOSPC', 'EIO', 'EROFS'])(
    '%s at any single call costs nothing: it is tried again',
    async (code) => {
      for (let step = 1; ; step++) {
        const at = await station();
        await at.record();
        at.at((now, name) => {
          if (now !== step) return;
          throw name === 'index'
            ? new VasError('unavailable', 'The disk of the database is full.')
            : failing(code);
        });
        await at.record();
        const wasReached = at.steps() >= step;
        at.at(null);
        for (let turn = 0; turn < 4; turn++) await at.clock.advance(30_000);
        expect((await at.rows()).length, `step ${String(step)}`).toBe(2);
        expect(await at.inspect(), `step ${String(step)}`).toEqual([]);
        at.dispose();
        if (!wasReached) return;
      }
    },
  );

  it('AR-5: that has become read-only keeps its files and what is known of them; later both go', async () => {
    const at = await station();
    for (let index = 0; index < 4; index++) await at.record();
    at.disk.isReadOnly = true;
    const { gone, stuck } = await at.deletions.remove((await at.rows()).slice(0, 2));
    expect([gone.size, stuck.size]).toEqual([2, 1]);
    expect((await at.deletions.finish()).size).toBe(1);
    at.disk.isReadOnly = false;
    expect((await at.inspect()).map(({ kind }) => kind)).toEqual([
      'deletion-unfinished',
      'deletion-unfinished',
    ]);
    expect((await at.deletions.finish()).size).toBe(0);
    expect(await at.inspect()).toEqual([]);
    expect((await at.rows()).length).toBe(2);
    at.dispose();
  });

  it('AR-4: a full disk that holds the index as well gives up a file to write down that it does', async () => {
    const at = await station();
    for (let index = 0; index < 4; index++) await at.record();
    let unlinked = false;
    at.at((_now, name) => {
      unlinked ||= name === 'unlink';
      if (name === 'index' && !unlinked) throw new VasError('unavailable', 'The disk is full.');
    });
    expect((await at.deletions.remove((await at.rows()).slice(0, 2))).gone.size).toBe(2);
    at.at(null);
    expect(await at.inspect()).toEqual([]);
    expect((await at.rows()).length).toBe(2);
    at.dispose();
  });
});

const action = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ kind: 'record' } as const) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('remove' as const), count: fc.integer({ min: 1, max: 4 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('lock' as const), from: fc.nat(12) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('clock' as const),
      seconds: fc.constantFrom(-3600, 3600, -1, 1),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('crash' as const),
      step: fc.integer({ min: 1, max: 20 }),
      end: fc.constantFrom<End>('kill', 'power'),
      survives: survival,
    }),
  },
);

it('AR-1 to AR-9: whatever is recorded, deleted, locked and interrupted, the archive is sound after each start', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 2, maxLength: 14 }), async (actions) => {
      const at = await station();
      /** What has had a row, and what of it may be gone because somebody asked for that. */
      const registered = new Set<string>();
      const unwanted = new Set<string>();
      const locked: number[] = [];
      const isLocked = ({ startUs, endUs }: { startUs: number; endUs: number }): boolean =>
        locked.some((us) => startUs <= us && us < endUs);
      const mustStay = new Set<string>();
      const oldest = async (count: number) => {
        for (const row of (await at.rows()).slice(0, count)) if (!isLocked(row)) unwanted.add(row.id);
        return at.remove(count);
      };
      for (const one of actions) {
        if (one.kind === 'record') expect(await at.record()).toBe(true);
        else if (one.kind === 'clock') at.stepClock(one.seconds * 1e6);
        else if (one.kind === 'remove') await oldest(one.count);
        else if (one.kind === 'lock') {
          const startUs = START_US + one.from * SEGMENT_US;
          const span = { source: 'range', sourceId: null, cameraIds: [CAMERA] } as const;
          await at.locks.create({ ...span, startUs, endUs: startUs + 1 }, 'evidence', null);
          locked.push(startUs);
        } else {
          crashAt(at, one.step);
          await unlessCrashed(one.step % 3 === 0 ? oldest(2) : at.record());
          at.at(null);
          at.disk.restart();
          if (one.end === 'power') at.disk.cutPower(one.survives);
          await at.restart();
          expect(await at.inspect()).toEqual([]);
        }
        const rows = await at.rows();
        for (const row of rows) {
          registered.add(row.id);
          if (isLocked(row)) mustStay.add(row.id);
        }
        const here = new Set(rows.map(({ id }) => id));
        for (const id of registered)
          expect(here.has(id) || unwanted.has(id), 'nothing is lost that nobody gave up').toBe(true);
        for (const id of mustStay) expect(here.has(id), 'what is locked is there').toBe(true);
      }
      expect(await at.inspect()).toEqual([]);
      at.dispose();
    }),
    { numRuns: 60 },
  );
});
