import type { Clock } from '../../../base/clock';
import type { ExpirySummary, Store } from '../../../store/types';
import type { MediaWorker } from '../../media/mediaWorker';
import type { RetentionSettings } from '../settings';
import { DAY_US, defaultFloor, GUARD_SHARE } from '../settings';
import { disksOf } from './disks';
import type { StorageFolder, StorageFolders } from './storageFolders';

/** What retention would delete. */
export interface RetentionPreview extends ExpirySummary {
  /** All recordings, bytes. */
  readonly recordedBytes: number;
  /** It is more than one sweep may delete: half goes at once, the rest later. */
  readonly inSteps: boolean;
}

/** What rules would delete now if they were in force; footage that is read or written at the moment would stay. */
export async function previewRetention(
  rules: RetentionSettings,
  context: {
    readonly folders: StorageFolders;
    readonly written: readonly StorageFolder[];
    readonly store: Store;
    readonly worker: MediaWorker;
    readonly clock: Clock;
  },
): Promise<RetentionPreview> {
  const { store, worker, clock } = context;
  const ready = await context.folders.ready(worker);
  const idsOf = (folders: readonly StorageFolder[]) => folders.map(({ id }) => id);
  const recordedBytes = await store.read.recordedBytes();
  // Retention deletes what ended before this, not at it.
  const byAge = rules.maxDays === null ? 0 : clock.wallUs() - rules.maxDays * DAY_US - 1;
  const surplus = rules.maxBytes === null ? 0 : recordedBytes - rules.maxBytes;
  const bySize = (await store.read.expiryCutoff(idsOf(ready), surplus)) ?? 0;
  const limits = new Map(ready.map(({ id }) => [id, Math.max(byAge, bySize)]));
  for (const disk of await disksOf(ready, context.written, worker)) {
    const missing = (rules.floorBytes ?? defaultFloor(disk.total)) - disk.free;
    const bySpace = (await store.read.expiryCutoff(idsOf(disk.folders), missing)) ?? 0;
    for (const { id } of disk.folders) limits.set(id, Math.max(limits.get(id) ?? 0, bySpace));
  }
  const summary = await store.read.expirySummary(
    [...limits].map(([folderId, untilUs]) => ({ folderId, untilUs })),
  );
  return { ...summary, recordedBytes, inSteps: summary.bytes > recordedBytes * GUARD_SHARE };
}
