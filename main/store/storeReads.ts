import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { systemClock } from '../base/clock';
import { VasError } from '../base/errors';
import { readsThrough, writesThrough } from './client/facade';
import { WorkerPool } from './client/pool';
import type { Spawn } from './client/thread';
import { WorkerThread } from './client/thread';
import { migrations } from './migrations';
import type { StoreOptions } from './store';
import type { Store } from './types';

/**
 * Opens an existing `<dataDir>/vas.db` for reading only, also while the application has it open: what needs no lock.
 * Writes are refused.
 * @throws VasError conflict when its version is another one
 */
export async function openStoreReads(
  options: Pick<StoreOptions, 'dataDir' | 'workerPath' | 'log'>,
  spawn: Spawn = (workerOptions) => new Worker(options.workerPath, workerOptions),
): Promise<Store> {
  const file = path.join(path.resolve(options.dataDir), 'vas.db');
  const readers = new WorkerPool({
    ...{ clock: systemClock, log: options.log, size: 1, deadlineMs: null },
    start: () => new WorkerThread(spawn, { role: 'reader', database: 'vas', file }),
  });
  const { schemaVersion } = await readers.open();
  const newest = Math.max(...migrations.map(({ number }) => number));
  if (schemaVersion !== newest) {
    await readers.end();
    throw new VasError(
      'unavailable',
      `The database has version ${String(schemaVersion)}, this is for ${String(newest)}. Start the application once, or use the version that made it.`,
    );
  }
  const refuse = () => Promise.reject(new VasError('internal', 'The database was opened for reading only.'));
  let disposed: Promise<void> | null = null;
  return {
    read: readsThrough((call) => readers.call(call)),
    write: writesThrough(refuse),
    transact: refuse,
    figures: () => ({ writer: readers.figures(), readers: readers.figures() }),
    schemaVersion,
    dispose: () => (disposed ??= readers.drain().then(() => readers.end())),
  };
}
