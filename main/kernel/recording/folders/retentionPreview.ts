import type { Clock } from '../../../base/clock';
import type { ExpirySummary, Store } from '../../../store/types';
import type { MediaWorker } from '../../media/mediaWorker';
import type { RetentionSettings } from '../settings';
import { DAY_US, floorBytes } from '../settings';
import { disksOf } from './disks';
import type { StorageFolder, StorageFolders } from './storageFolders';

/** What retention would delete. */
export interface RetentionPreview extends ExpirySummary {
  /** All recordings in folders that are there, bytes. */
  readonly recordedBytes: number;
}

/**
 * Bytes of all recordings in these folders. What lies on a disk that is missing counts for no rule: it cannot go,
 * and in its place everything else would.
 */
export async function bytesIn(ready: readonly StorageFolder[], store: Store): Promise<number> {
  const ids = new Set(ready.map(({ id }) => id));
  const folders = await store.read.listStorageFolders();
  return folders.reduce((sum, { id, bytes }) => sum + (ids.has(id) ? bytes : 0), 0);
}

/** Until when segments of each folder would go for their age and for the size of everything. */
async function limitsByRules(
  rules: Pick<RetentionSettings, 'maxDays' | 'maxBytes'>,
  context: {
    readonly ready: readonly StorageFolder[];
    readonly recordedBytes: number;
    readonly store: Store;
    readonly nowUs: number;
  },
): Promise<Map<string, number>> {
  const { ready, recordedBytes, store, nowUs } = context;
  // Retention deletes what ended before this, not at it.
  const byAge = rules.maxDays === null ? 0 : nowUs - rules.maxDays * DAY_US - 1;
  const surplus = rules.maxBytes === null ? 0 : recordedBytes - rules.maxBytes;
  const ids = ready.map(({ id }) => id);
  const bySize = surplus > 0 ? ((await store.read.expiryCutoff(ids, surplus, nowUs)) ?? 0) : 0;
  return new Map(ids.map((id) => [id, Math.max(byAge, bySize)]));
}

async function summaryOf(limits: Map<string, number>, store: Store, nowUs: number): Promise<ExpirySummary> {
  const list = [...limits].map(([folderId, untilUs]) => ({ folderId, untilUs }));
  return store.read.expirySummary(list, nowUs);
}

/** What age and size would delete now. */
export async function expiryByRules(
  rules: Pick<RetentionSettings, 'maxDays' | 'maxBytes'>,
  context: Parameters<typeof limitsByRules>[1],
): Promise<ExpirySummary> {
  return summaryOf(await limitsByRules(rules, context), context.store, context.nowUs);
}

/**
 * What rules would delete now if they were in force; footage that is locked, read or written at the moment would
 * stay.
 */
export async function previewRetention(
  rules: RetentionSettings,
  context: {
    readonly folders: StorageFolders;
    readonly written: readonly StorageFolder[];
    readonly store: Store;
    readonly worker: MediaWorker;
    readonly clock: Clock;
    readonly bytesPerSecond: number;
  },
): Promise<RetentionPreview> {
  const { store, worker, clock } = context;
  const nowUs = clock.wallUs();
  const ready = await context.folders.ready();
  const recordedBytes = await bytesIn(ready, store);
  const limits = await limitsByRules(rules, { ready, recordedBytes, store, nowUs });
  for (const disk of await disksOf(ready, context.written, worker)) {
    const missing = floorBytes(rules, disk.total, context.bytesPerSecond) - disk.free;
    const ids = disk.folders.map(({ id }) => id);
    const bySpace = (await store.read.expiryCutoff(ids, missing, nowUs)) ?? 0;
    for (const id of ids) limits.set(id, Math.max(limits.get(id) ?? 0, bySpace));
  }
  return { ...(await summaryOf(limits, store, nowUs)), recordedBytes };
}
