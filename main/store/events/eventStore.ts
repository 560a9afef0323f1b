import path from 'node:path';
import type { Logger } from '../../base/logger';
import { methodsOf } from '../client/facade';
import { openPools } from '../client/pools';
import type { Spawn } from '../client/thread';
import type { EventReads, EventStore, EventWrites } from './types';

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
  probe: true,
  beginExpiry: true,
  expireEvents: true,
};

export const eventStoreFile = (dataDir: string): string => path.join(dataDir, 'events.db');

/**
 * Opens `<dataDir>/events.db`, made or migrated as needed. Video does not depend on it: whoever opens it goes on
 * without events when it cannot be opened.
 * @throws VasError unavailable (damaged, disk), conflict (newer or foreign database)
 */
export async function openEventStore(options: EventStoreOptions, spawn?: Spawn): Promise<EventStore> {
  const file = eventStoreFile(options.dataDir);
  const pools = await openPools(
    { ...options, database: 'events', file, readers: options.readers ?? 2, userName: '' },
    spawn,
  );
  return {
    read: methodsOf<EventReads>(READS, pools.read),
    write: methodsOf<EventWrites>(WRITES, pools.write),
    figures: pools.figures,
    dispose: pools.dispose,
    abandon: pools.abandon,
  };
}
