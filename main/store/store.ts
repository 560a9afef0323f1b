import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { systemClock } from '../base/clock';
import { VasError } from '../base/errors';
import type { Logger } from '../base/logger';
import { readsThrough, writesThrough } from './client/facade';
import { WorkerPool } from './client/pool';
import { WorkerThread } from './client/thread';
import type { Spawn } from './client/thread';
import { ensureDataFolder } from './dataFolder';
import type { InstanceLock } from './instanceLock';
import { acquireInstanceLock } from './instanceLock';
import type { Ready } from './protocol';
import type { Store } from './types';

/** Reads are given up after this long, milliseconds. */
const READ_DEADLINE_MS = 5_000;

export interface StoreOptions {
  /** Folder of everything the application keeps; made when missing. */
  readonly dataDir: string;
  /** The bundled store.worker. */
  readonly workerPath: string;
  /** Reading threads, 1 to 16, default 2. */
  readonly readers?: number;
  readonly log: Logger;
  /** Name of the person as the operating system knows it; becomes the local operator of a new database. */
  readonly userName: string;
  /** Wall clock, microseconds since the epoch. */
  readonly now: () => number;
  /** The folder's lock where the caller holds it already; otherwise the store takes it for its lifetime. */
  readonly lock?: InstanceLock;
}

/**
 * Opens `<dataDir>/vas.db`, made or migrated as needed.
 * @throws VasError conflict (folder in use, newer or foreign database), unavailable (damaged, disk), invalid
 */
export async function openStore(
  options: StoreOptions,
  spawn: Spawn = (workerOptions) => new Worker(options.workerPath, workerOptions),
): Promise<Store> {
  const { readers: size = 2, log } = options;
  const dataDir = path.resolve(options.dataDir);
  if (!Number.isInteger(size) || size < 1 || size > 16)
    throw new VasError('invalid', 'The store takes 1 to 16 readers.');
  await ensureDataFolder(dataDir, log);
  const ownLock = options.lock ? null : await acquireInstanceLock({ ...options, dataDir }, spawn);
  const file = path.join(dataDir, 'vas.db');

  let first = true;
  const common = { clock: systemClock, log };
  const writer = new WorkerPool({
    ...common,
    size: 1,
    deadlineMs: null,
    start: () => {
      const setup = {
        role: 'writer',
        database: 'vas',
        file,
        first,
        userName: options.userName,
        nowUs: options.now(),
      } as const;
      first = false;
      return new WorkerThread(spawn, setup);
    },
  });
  const readers = new WorkerPool({
    ...common,
    size,
    deadlineMs: READ_DEADLINE_MS,
    start: () => new WorkerThread(spawn, { role: 'reader', database: 'vas', file }),
  });
  // Readers first: the last connection to close moves the log into the database and removes it.
  const end = async (): Promise<void> => {
    await readers.end();
    await writer.end();
    await ownLock?.dispose();
  };

  let ready: Ready;
  try {
    ready = await writer.open();
    await readers.open();
  } catch (error) {
    await end();
    throw error;
  }
  if (ready.migrated) log.info({ file, ...ready.migrated }, 'The database was brought to a new version');

  let disposed: Promise<void> | null = null;
  return {
    read: readsThrough((call) => readers.call(call)),
    write: writesThrough((call) => writer.call(call)),
    transact: async (calls) => void (await writer.call({ name: 'transact', args: [calls] })),
    schemaVersion: ready.schemaVersion,
    dispose: () => (disposed ??= Promise.all([writer.drain(), readers.drain()]).then(end)),
  };
}
