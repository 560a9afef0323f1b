import { Worker } from 'node:worker_threads';
import { systemClock } from '../../base/clock';
import type { Logger } from '../../base/logger';
import type { DatabaseKind, Ready, StoreCall } from '../protocol';
import type { StoreFigures } from '../types';
import { WorkerPool } from './pool';
import type { Spawn } from './thread';
import { WorkerThread } from './thread';

/** Reads are given up after this long, milliseconds. */
const READ_DEADLINE_MS = 5_000;

export interface PoolsOptions {
  readonly database: DatabaseKind;
  /** Absolute path of the database. */
  readonly file: string;
  /** The bundled store.worker. */
  readonly workerPath: string;
  /** Reading threads. */
  readonly readers: number;
  readonly log: Logger;
  /** Becomes the local operator of a new database. */
  readonly userName: string;
  /** Wall clock, microseconds since the epoch. */
  readonly now: () => number;
}

/** The threads of one database: one that writes, some that read. */
export interface Pools {
  readonly ready: Ready;
  readonly read: (call: StoreCall) => Promise<unknown>;
  readonly write: (call: StoreCall) => Promise<unknown>;
  figures(): { readonly writer: StoreFigures; readonly readers: StoreFigures };
  /** Answers what was asked, then closes. */
  dispose(): Promise<void>;
  /** Ends the threads and leaves the files as they are: a damaged file is not written to once more. */
  abandon(): Promise<void>;
}

/** Makes or migrates the database as needed. @throws VasError unavailable, conflict; nothing is left running then */
export async function openPools(options: PoolsOptions, spawn: Spawn = spawnWith(options)): Promise<Pools> {
  const { database, file, userName, log } = options;
  let first = true;
  const common = { clock: systemClock, log };
  const writer = new WorkerPool({
    ...common,
    size: 1,
    deadlineMs: null,
    start: () => {
      const setup = { role: 'writer', database, file, first, userName, nowUs: options.now() } as const;
      first = false;
      return new WorkerThread(spawn, setup);
    },
  });
  const readers = new WorkerPool({
    ...common,
    size: options.readers,
    deadlineMs: READ_DEADLINE_MS,
    start: () => new WorkerThread(spawn, { role: 'reader', database, file }),
  });
  // Readers first: the last connection to close moves the log into the database and removes it.
  const end = async (): Promise<void> => {
    await readers.end();
    await writer.end();
  };
  let ready: Ready;
  try {
    ready = await writer.open();
    if (ready.migrated) log.info({ file, ...ready.migrated }, 'The database was brought to a new version');
    await readers.open();
  } catch (error) {
    await end();
    throw error;
  }
  let ended: Promise<void> | null = null;
  return {
    ready,
    read: (call) => readers.call(call),
    write: (call) => writer.call(call),
    figures: () => ({ writer: writer.figures(), readers: readers.figures() }),
    dispose: () => (ended ??= Promise.all([writer.drain(), readers.drain()]).then(end)),
    // The writer first: while others have the file open, its end moves nothing.
    abandon: () => (ended ??= writer.abandon().then(() => readers.abandon())),
  };
}

const spawnWith =
  ({ workerPath }: PoolsOptions): Spawn =>
  (workerOptions) =>
    new Worker(workerPath, workerOptions);
