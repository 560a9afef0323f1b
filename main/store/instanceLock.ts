import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Disposable } from '../base/disposable';
import { VasError } from '../base/errors';
import type { Logger } from '../base/logger';
import type { Spawn } from './client/thread';
import { WorkerThread } from './client/thread';
import { ensureDataFolder } from './dataFolder';

/** Proof that this process owns the data folder. */
export interface InstanceLock extends Disposable {
  readonly dataDir: string;
  dispose(): Promise<void>;
}

export interface InstanceLockOptions {
  readonly dataDir: string;
  /** The bundled store.worker. */
  readonly workerPath: string;
  readonly log: Logger;
}

/**
 * One application instance per data folder. The lock is SQLite's exclusive lock on `<dataDir>/instance.lock`, held
 * by a thread of its own; the operating system releases it when the process ends, however it ends, so that
 * nothing stale is ever left. The file itself stays, empty.
 * @throws VasError conflict when another window or process has the folder open, unavailable when it cannot be made
 */
export async function acquireInstanceLock(
  { dataDir, workerPath, log }: InstanceLockOptions,
  spawn: Spawn = (options) => new Worker(workerPath, options),
): Promise<InstanceLock> {
  await ensureDataFolder(dataDir, log);
  const thread = new WorkerThread(spawn, { role: 'lock', file: path.join(dataDir, 'instance.lock') });
  try {
    await thread.ready;
  } catch (error) {
    await thread.end();
    if (error instanceof VasError && error.kind === 'conflict')
      throw new VasError(
        'conflict',
        `The data folder ${dataDir} is already open in another window or process. Use that one, or close it first.`,
        { cause: error, details: { dataDir } },
      );
    throw error;
  }
  let released = false;
  void thread.gone.then((reason) => {
    if (!released) log.error({ dataDir, reason }, 'The lock of the data folder was lost');
  });
  return {
    dataDir,
    async dispose() {
      released = true;
      await thread.end();
    },
  };
}
