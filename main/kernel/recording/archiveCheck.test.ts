import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { silentLogger } from '../../base/logger';
import { VasError } from '../../base/errors';
import type { SegmentRow, Store } from '../../store/types';
import { checkFolders } from './archiveCheck';
import { inspectArchive } from './check/inspect';
import { repairFindings } from './check/repair';
import { Deletions } from './deletions';
import { archivePath, fromArchive, QUARANTINE_FOLDER } from './layout';
import type { RecorderStation } from './testing/recorderStation';
import { CAMERA, recorderStation, ROOT, START_US } from './testing/recorderStation';
import { segmentSample } from './testing/segmentFile';

const ALL = [0, Number.MAX_SAFE_INTEGER] as const;
const OTHER = '/other';
let sample: Buffer;

beforeAll(async () => {
  sample = await segmentSample();
});

const log = silentLogger();

/** As the application compares archive and index. @param store as it answers meanwhile */
function check(at: RecorderStation, store: Store = at.store) {
  return checkFolders({
    ...{ store, log, folders: at.folders, reader: at.worker, archive: at.archive, closing: () => false },
    exclusively: (_cameraId, task) => at.recorder.exclusively(task),
  });
}

async function recorded(segments: number): Promise<RecorderStation> {
  const at = await recorderStation(sample, true);
  for (let index = 0; index < segments; index++) {
    at.write();
    await at.close();
    await at.recorder.closeRun(at.run);
  }
  expect(await at.recorded()).toHaveLength(segments);
  return at;
}

const rowsOf = (at: RecorderStation): Promise<SegmentRow[]> => at.store.read.findSegments(CAMERA, ...ALL);
const quarantined = (at: RecorderStation) => at.worker.run('listTree', path.join(ROOT, QUARANTINE_FOLDER));

/** The store, where something happens before one of its calls is answered, once. */
function interrupted(store: Store, call: string, happens: () => Promise<void>): Store {
  let isOver = false;
  const around = <T extends object>(api: T): T =>
    new Proxy(api, {
      get:
        (target, name) =>
        async (...args: unknown[]) => {
          if (name === call && !isOver) {
            isOver = true;
            await happens();
          }
          return (target[name as keyof T] as (...given: unknown[]) => Promise<unknown>)(...args);
        },
    });
  return { ...store, read: around(store.read), write: around(store.write) };
}

describe('a segment that gets its row while the archive is compared', () => {
  it('before it is looked at stays where it is', async () => {
    const at = await recorded(2);
    const [row] = await rowsOf(at);
    if (!row) throw new Error('nothing recorded');
    await at.store.write.deleteSegments([row.id]);
    // Rows and files have been read by then.
    const store = interrupted(at.store, 'listTombstones', () => at.store.write.insertSegment(row));
    expect(await check(at, store)).toEqual({ segments: 1, missingFiles: 0, registered: 0, quarantined: 0 });
    expect(await rowsOf(at)).toHaveLength(2);
    expect(await quarantined(at)).toEqual([]);
  });

  it.each(['findSegments', 'insertSegment'])('before %s stays where it is', async (call) => {
    const at = await recorded(2);
    const [row] = await rowsOf(at);
    if (!row) throw new Error('nothing recorded');
    await at.store.write.deleteSegments([row.id]);
    const store = interrupted(at.store, call, () => at.store.write.insertSegment(row));
    expect(await check(at, store)).toEqual({ segments: 1, missingFiles: 0, registered: 0, quarantined: 0 });
    expect(await rowsOf(at)).toHaveLength(2);
    expect(await quarantined(at)).toEqual([]);
  });

  it('is tried again only when the camera is not being compared', async () => {
    const at = await recorderStation(sample, true);
    let isDown = true;
    at.hooks.onOperation = (operation) => {
      if (isDown && operation === 'moveDurably') throw Object.assign(new Error('EIO'), { code: 'EIO' });
    };
    at.write();
    await at.close();
    await at.recorder.closeRun(at.run);
    isDown = false;
    let release = (): void => undefined;
    const comparing = at.recorder.exclusively(() => new Promise<void>((resolve) => (release = resolve)));
    await at.clock.advance(1000);
    expect(await at.recorded()).toEqual([]);
    release();
    await comparing;
    await at.clock.advance(0);
    expect(await at.recorded()).toEqual([0]);
  });
});

it('a file without a row is not put aside because the index is busy', async () => {
  const at = await recorded(1);
  await at.store.write.deleteSegments((await rowsOf(at)).map(({ id }) => id));
  const busy = new VasError('unavailable', 'The disk that holds the database is full.');
  const store = interrupted(at.store, 'insertSegment', () => Promise.reject(busy));
  await check(at, store);
  expect(await quarantined(at)).toEqual([]);
  expect(await check(at)).toMatchObject({ registered: 1, quarantined: 0 });
});

describe('a disk that goes away', () => {
  /** Rows of another folder, whose files were there once. */
  async function elsewhere(at: RecorderStation, segments: number): Promise<SegmentRow[]> {
    const folderId = randomUUID();
    await at.store.write.addStorageFolder(folderId, OTHER, 1);
    const rows: SegmentRow[] = [];
    for (let index = 0; index < segments; index++) {
      const startUs = START_US - (segments - index) * 60e6;
      const id = randomUUID();
      rows.push({
        ...{ id, folderId, cameraId: CAMERA, runId: randomUUID(), path: archivePath(CAMERA, startUs, id) },
        ...{ startUs, endUs: startUs + 60e6, videoCodec: 'h264', audioCodec: null, width: 320, height: 180 },
        ...{ bytes: sample.length, sha256: null },
      });
    }
    for (const row of rows) await at.store.write.insertSegment(row);
    // The list is read again.
    await at.folders.use(at.folders.current.id);
    return rows;
  }

  function write(at: RecorderStation, row: SegmentRow, bytes: Buffer): void {
    const file = fromArchive(OTHER, row.path);
    at.disk.makeFolder(path.dirname(file));
    at.disk.write(file, bytes, 0);
  }

  const inspect = (at: RecorderStation) =>
    inspectArchive({
      ...{ folders: at.folders, read: at.store.read, worker: at.worker, hashes: false, live: false },
      ...{ signal: new AbortController().signal, onProgress: () => undefined },
    });

  const repair = (at: RecorderStation, findings: Awaited<ReturnType<typeof inspect>>) =>
    repairFindings(
      {
        ...{ folders: at.folders, store: at.store, worker: at.worker, archive: at.archive, log },
        deletions: new Deletions({ ...at, log }),
        heal: () => Promise.resolve(),
        exclusively: (_cameraId, task) => task(),
      },
      findings.filter(({ kind }) => kind !== 'hash-missing'),
      new AbortController().signal,
    );

  it('while the archive is compared keeps its rows, however few they are', async () => {
    const at = await recorded(1);
    const rows = await elsewhere(at, 3);
    let looks = 0;
    at.hooks.look = () => (looks++ === 0 ? 'ready' : 'missing');
    expect(await check(at)).toMatchObject({ missingFiles: 3 });
    expect(await rowsOf(at)).toHaveLength(1 + rows.length);
  });

  it('between check and repair keeps its rows; what is lost on one that is there goes', async () => {
    const at = await recorded(1);
    const rows = await elsewhere(at, 3);
    const findings = await inspect(at);
    at.hooks.look = () => 'missing';
    expect(await repair(at, findings)).toEqual(['open', 'open', 'open']);
    expect(await rowsOf(at)).toHaveLength(1 + rows.length);
    at.hooks.look = () => 'ready';
    expect(await repair(at, findings)).toEqual(['repaired', 'repaired', 'repaired']);
    expect(await rowsOf(at)).toHaveLength(1);
  });

  it('between check and repair keeps the row of a file that was to be put aside', async () => {
    const at = await recorded(1);
    const [row] = await elsewhere(at, 1);
    if (!row) throw new Error('no row');
    write(at, row, sample.subarray(0, 900));
    const findings = await inspect(at);
    expect(findings.map(({ kind }) => kind)).toContain('size-differs');
    at.disk.files.unlinkSync(fromArchive(OTHER, row.path));
    expect(await repair(at, findings)).toEqual(['open']);
    expect(await rowsOf(at)).toHaveLength(2);
  });

  it('and leaves an empty one in its place keeps its rows, although most of the camera is elsewhere', async () => {
    const at = await recorded(1);
    const rows = await elsewhere(at, 14);
    await at.store.write.addStorageFolder(randomUUID(), '/third', 1);
    // All but the last four are where they should be.
    for (const row of rows) write(at, row, sample);
    const third = (await at.store.read.listStorageFolders()).find((folder) => folder.path === '/third');
    const lost = rows.slice(-4);
    await at.store.write.deleteSegments(lost.map(({ id }) => id));
    for (const row of lost) await at.store.write.insertSegment({ ...row, folderId: third?.id ?? '' });
    await at.folders.use(at.folders.current.id);
    const findings = (await inspect(at)).filter(({ kind }) => kind === 'file-missing');
    expect(findings).toHaveLength(4);
    expect(await repair(at, findings)).toEqual(['open', 'open', 'open', 'open']);
    expect(await rowsOf(at)).toHaveLength(1 + rows.length);
  });
});
