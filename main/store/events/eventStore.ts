import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { systemClock } from '../../base/clock';
import type { Logger } from '../../base/logger';
import { WorkerPool } from '../client/pool';
import type { Spawn } from '../client/thread';
import { WorkerThread } from '../client/thread';
import type { StoreCall } from '../protocol';
import type { EventReads, EventStore, EventWrites } from './types';

/** Reads are given up after this long, milliseconds. */
const READ_DEADLINE_MS = 5_000;

export interface EventStoreOptions {
  /** Exists, and its lock is held by the caller. */
  readonly dataDir: string;
  /** The bundled store.worker. */
  readonly workerPath: string;
  /** Reading threads. */
  readonly readers?: number;
  readonly log: Logger;
  /** Wall clock, microseconds since the epoch. */
  readonly now: () => number;
}

const READS: Record<keyof EventReads, true> = {
  listEvents: true,
  countEvents: true,
  getEvent: true,
  eventNames: true,
  spansWithEvents: true,
  countOlder: true,
  lastExpiry: true,
  eventStats: true,
};
const WRITES: Record<keyof EventWrites, true> = {
  insertEvents: true,
  claimTrigger: true,
  linkMedia: true,
  setReviewed: true,
  beginExpiry: true,
  expireEvents: true,
};

export const eventStoreFile = (dataDir: string): string => path.join(dataDir, 'events.db');

/**
 * Opens `<dataDir>/events.db`, made or migrated as needed. Video does not depend on it: whoever opens it goes on
 * without events when it cannot be opened.
 * @throws VasError unavailable (damaged, disk), conflict (newer or foreign database)
 */
export async function openEventStore(
  options: EventStoreOptions,
  spawn: Spawn = (workerOptions) => new Worker(options.workerPath, workerOptions),
): Promise<EventStore> {
  const { log } = options;
  const file = eventStoreFile(options.dataDir);
  let first = true;
  const common = { clock: systemClock, log };
  const writer = new WorkerPool({
    ...common,
    size: 1,
    deadlineMs: null,
    start: () => {
      const setup = {
        role: 'writer',
        database: 'events',
        file,
        first,
        userName: '',
        nowUs: options.now(),
      } as const;
      first = false;
      return new WorkerThread(spawn, setup);
    },
  });
  const readers = new WorkerPool({
    ...common,
    size: options.readers ?? 2,
    deadlineMs: READ_DEADLINE_MS,
    start: () => new WorkerThread(spawn, { role: 'reader', database: 'events', file }),
  });
  const end = async (): Promise<void> => {
    await readers.end();
    await writer.end();
  };
  try {
    const ready = await writer.open();
    if (ready.migrated)
      log.info({ file, ...ready.migrated }, 'the event database was brought to a new version');
    await readers.open();
  } catch (error) {
    await end();
    throw error;
  }
  let disposed: Promise<void> | null = null;
  return {
    read: methodsOf<EventReads>(READS, (call) => readers.call(call)),
    write: methodsOf<EventWrites>(WRITES, (call) => writer.call(call)),
    dispose: () => (disposed ??= Promise.all([writer.drain(), readers.drain()]).then(end)),
  };
}

function methodsOf<Api>(
  names: Record<keyof Api & string, true>,
  send: (call: StoreCall) => Promise<unknown>,
): Api {
  return Object.fromEntries(
    Object.keys(names).map((name) => [name, (...args: unknown[]) => send({ name, args } as StoreCall)]),
  ) as Api;
}
