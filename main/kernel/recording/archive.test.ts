import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { VasError } from '../../base/errors';
import { silentLogger } from '../../base/logger';
import { SimulatedClock } from '../../base/simulatedClock';
import type { NewSegment, SegmentRow, Store } from '../../store/types';
import { createMediaWorker } from '../media/mediaWorker';
import { Archive } from './archive';
import { StorageFolders } from './folders/storageFolders';
import { CAMERA, filesIn, MEDIA_WORKER, workstation } from './testing/workstation';

/** The real store, whose index refuses rows as long as `fails` says so. */
async function archive(
  fails: (row: NewSegment, attempt: number) => VasError | null,
  reads: Partial<Store['read']> = {},
) {
  const at = await workstation();
  const clock = new SimulatedClock();
  const worker = createMediaWorker(MEDIA_WORKER, silentLogger());
  let attempts = 0;
  const store: Store = {
    ...at.store,
    read: { ...at.store.read, ...reads },
    write: {
      ...at.store.write,
      async insertSegment(row) {
        const failure = fails(row, ++attempts);
        if (failure) throw failure;
        await at.store.write.insertSegment(row);
      },
    },
  };
  const root = at.recordings;
  const folders = new StorageFolders({
    ...{ defaultPath: root, store, clock, log: silentLogger() },
    look: (folder, id) => worker.run('folderState', folder, id),
  });
  const made = new Archive({ folders, store, worker, hasher: worker, clock, log: silentLogger() });
  onTestFinished(async () => {
    made.dispose();
    await worker.dispose();
  });
  const outcomes: (SegmentRow | null)[] = [];
  const register = async (startUs = 1_800_000_000_000_000, below = root): Promise<string> => {
    const file = path.join(below, 'incoming', `${randomUUID()}.mp4`);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, 'pictures and a torn fragment');
    await made.register({
      file,
      row: {
        ...{ id: randomUUID(), cameraId: CAMERA, runId: randomUUID(), startUs, endUs: startUs + 60_000_000 },
        ...{ videoCodec: 'h264', audioCodec: null, width: 640, height: 360 },
      },
      truncateTo: 8,
      done: (row) => outcomes.push(row),
    });
    return file;
  };
  const rows = () => at.store.read.findSegments(CAMERA, 0, Number.MAX_SAFE_INTEGER);
  return { ...at, root, clock, archive: made, folders, register, outcomes, rows, attempts: () => attempts };
}

const down = new VasError('unavailable', 'The disk that holds the database is full.');

describe('registering a segment', () => {
  it('is repeated until the index takes it, without throwing', async () => {
    const at = await archive((_row, attempt) => (attempt <= 3 ? down : null));
    await at.register();
    expect(at.archive.stats).toMatchObject({ pending: 1, failures: 1 });
    expect(await at.rows()).toEqual([]);
    for (const [ms, attempts] of [
      [999, 1],
      [1, 2],
      [2000, 3],
      [5000, 4],
    ] as const) {
      await at.clock.advance(ms);
      await expect.poll(at.attempts).toBe(attempts);
    }
    await expect.poll(() => at.outcomes.length).toBe(1);
    expect(at.archive.stats).toMatchObject({ pending: 0, failures: 3 });
    const [row] = await at.rows();
    expect(row).toEqual(at.outcomes[0]);
    expect(row?.bytes).toBe(8);
    expect(await filesIn(at.root)).toEqual([row?.path]);
    expect(at.clock.pendingTimers).toBe(0);
  });

  it('of a folder that has left the list is given up; its file stays where it is', async () => {
    const at = await archive(() => null);
    const elsewhere = path.join(at.folder, 'given-up');
    const file = await at.register(undefined, elsewhere);
    expect(at.outcomes).toEqual([null]);
    expect(at.archive.stats).toMatchObject({ pending: 0 });
    expect(at.clock.pendingTimers).toBe(0);
    expect(await filesIn(elsewhere)).toEqual([path.relative(elsewhere, file)]);
  });

  it('is tried again when the list of folders cannot be read yet', async () => {
    let isDown = true;
    let real: Store['read'] | null = null;
    const at = await archive(() => null, {
      listStorageFolders: () => (isDown || real === null ? Promise.reject(down) : real.listStorageFolders()),
    });
    real = at.store.read;
    await at.register();
    expect(at.outcomes).toEqual([]);
    expect(at.archive.stats).toMatchObject({ pending: 1, failures: 1 });
    isDown = false;
    await at.clock.advance(1000);
    await expect.poll(() => at.outcomes.length).toBe(1);
    expect(at.outcomes[0]).toEqual((await at.rows())[0]);
  });

  it('counts once although the answer of a successful attempt was lost', async () => {
    let store: Store | null = null;
    const lost: Promise<void>[] = [];
    const at = await archive((row, attempt) => {
      if (attempt > 1 || !store) return null;
      lost.push(store.write.insertSegment(row));
      return down;
    });
    store = at.store;
    await at.register();
    await Promise.all(lost);
    await at.clock.advance(1000);
    await expect.poll(() => at.outcomes.length).toBe(1);
    expect((await at.rows()).length).toBe(1);
    expect(at.archive.stats.pending).toBe(0);
  });

  it('of a time that is taken goes behind what is there', async () => {
    const at = await archive(() => null);
    await at.register(1_800_000_000_000_000);
    await at.register(1_800_000_030_000_000);
    expect((await at.rows()).map((row) => row.startUs)).toEqual([
      1_800_000_000_000_000, 1_800_000_060_000_000,
    ]);
  });

  it('that the index will never take ends in quarantine', async () => {
    const at = await archive(() => new VasError('not_found', 'It refers to a camera that does not exist.'));
    await at.register();
    expect(at.outcomes).toEqual([null]);
    expect(at.archive.stats).toMatchObject({ pending: 0, quarantined: 1 });
    expect((await filesIn(at.root)).every((file) => file.startsWith('quarantine/'))).toBe(true);
    expect(at.clock.pendingTimers).toBe(0);
  });

  it('waits for the next start when the application closes', async () => {
    const at = await archive(() => down);
    await at.register();
    at.archive.dispose();
    expect(at.clock.pendingTimers).toBe(0);
    await at.clock.advance(60_000);
    expect(at.attempts()).toBe(1);
  });
});
