import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { VasError } from '../base/errors';
import type { Logger } from '../base/logger';
import { readsThrough, writesThrough } from './client/facade';
import type { Pools } from './client/pools';
import { openPools } from './client/pools';
import type { Spawn } from './client/thread';
import { ensureDataFolder } from './dataFolder';
import type { InstanceLock } from './instanceLock';
import { acquireInstanceLock } from './instanceLock';
import type { Store } from './types';

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
  let pools: Pools;
  try {
    pools = await openPools(
      { ...options, database: 'vas', file: path.join(dataDir, 'vas.db'), readers: size },
      spawn,
    );
  } catch (error) {
    await ownLock?.dispose();
    throw error;
  }
  const { read, write } = pools;
  let disposed: Promise<void> | null = null;
  return {
    read: readsThrough(read),
    write: writesThrough(write),
    transact: async (calls) => void (await write({ name: 'transact', args: [calls] })),
    figures: pools.figures,
    schemaVersion: pools.ready.schemaVersion,
    dispose: () => (disposed ??= pools.dispose().then(() => ownLock?.dispose())),
  };
}
