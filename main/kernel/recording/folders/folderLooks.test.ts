import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { VasError } from '../../../base/errors';
import { silentLogger } from '../../../base/logger';
import { SimulatedClock } from '../../../base/simulatedClock';
import { storageFolderWrites } from '../../../store/queries/storageFolders';
import { databaseAt } from '../../../store/testing/fixtures';
import type { MediaWorker } from '../../media/mediaWorker';
import type { FolderState } from '../../media/worker/folderIdentity';
import { incomingFolder } from '../layout';
import { memoryStore } from '../testing/memoryStore';
import { FolderLooks, LOOK_DEADLINE_MS } from './folderLooks';
import { StorageFolders } from './storageFolders';

const FAST = '/disk/fast';
const HUNG = '/share/hung';

/** Threads that answer at once, but for one folder, whose looks end when the test says so. */
function threads() {
  const clock = new SimulatedClock();
  const hung: { resolve: (state: FolderState) => void; reject: (error: Error) => void }[] = [];
  let made = 0;
  const createWorker = (): MediaWorker => {
    made++;
    let hangs = false;
    return {
      run: (_operation, ...args) =>
        new Promise((resolve, reject) => {
          hangs = args[0] === HUNG;
          if (hangs) hung.push({ resolve: resolve as (state: FolderState) => void, reject });
          else resolve('ready' as never);
        }),
      dispose: () => (hangs ? new Promise(() => undefined) : Promise.resolve()),
    };
  };
  const looks = new FolderLooks({ createWorker, clock, log: silentLogger() });
  return { clock, hung, looks, made: () => made };
}

describe('a look at a folder', () => {
  it('that does not end counts as missing after the deadline, and holds up no other folder', async () => {
    const at = threads();
    const late = at.looks.look(HUNG, 'id');
    expect(await at.looks.look(FAST, 'id')).toBe('ready');
    await at.clock.advance(LOOK_DEADLINE_MS);
    expect(await late).toBe('missing');
    expect(at.clock.pendingTimers).toBe(0);
  });

  it('is shared by who asks meanwhile; none is queued behind one that hangs, and nobody waits for it again', async () => {
    const at = threads();
    const both = [at.looks.look(HUNG, 'id'), at.looks.look(HUNG, 'id')];
    await at.clock.advance(LOOK_DEADLINE_MS);
    expect(await Promise.all(both)).toEqual(['missing', 'missing']);
    for (let turn = 0; turn < 20; turn++) expect(await at.looks.look(HUNG, 'id')).toBe('missing');
    expect([at.hung.length, at.made()]).toEqual([1, 1]);
  });

  it('is made again when the one that hung has ended', async () => {
    const at = threads();
    const late = at.looks.look(HUNG, 'id');
    await at.clock.advance(LOOK_DEADLINE_MS);
    await late;
    at.hung[0]?.reject(new VasError('unavailable', 'ESTALE'));
    await at.clock.advance(0);
    const again = at.looks.look(HUNG, 'id');
    at.hung[1]?.resolve('ready');
    expect(await again).toBe('ready');
  });

  it('that hangs does not keep the application from ending', async () => {
    const at = threads();
    await at.looks.look(FAST, 'id');
    void at.looks.look(HUNG, 'id');
    await at.looks.dispose();
  });
});

/** A default folder and one on a share that hangs. */
async function folders() {
  const at = threads();
  const db = databaseAt();
  const id = randomUUID();
  storageFolderWrites(db).addStorageFolder(id, HUNG, 1);
  const touched: string[] = [];
  const writing: MediaWorker = {
    run(_operation, ...args) {
      touched.push(String(args[0]));
      return Promise.resolve('ready' as never);
    },
    dispose: () => Promise.resolve(),
  };
  const made = new StorageFolders({
    ...{ store: memoryStore(db, () => undefined), clock: at.clock, log: silentLogger() },
    defaultPath: FAST,
    look: (folder, folderId) => at.looks.look(folder, folderId),
  });
  await made.load();
  const prepare = () => made.prepare(writing, (root) => incomingFolder(root, 'camera'));
  return { ...at, id, folders: made, prepare, touched };
}

describe('a folder whose share hangs', () => {
  it('is never touched by the thread that writes elsewhere', async () => {
    const at = await folders();
    const ready = at.folders.ready();
    await at.clock.advance(LOOK_DEADLINE_MS);
    expect((await ready).map(({ path }) => path)).toEqual([FAST]);
    expect((await at.prepare()).path).toBe(FAST);
    expect(at.touched).toEqual([FAST]);
  });

  it('counts as missing when it is to be written, and another one stands in when the operator allows it', async () => {
    const at = await folders();
    await at.folders.use(at.id);
    const refused = at.prepare().catch((error: unknown) => error);
    await at.clock.advance(LOOK_DEADLINE_MS);
    expect(await refused).toMatchObject({ kind: 'unavailable', details: { code: 'storage' } });
    at.folders.fallback = true;
    expect((await at.prepare()).path).toBe(FAST);
    expect(at.touched).toEqual([FAST]);
  });
});
