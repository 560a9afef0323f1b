import type { ArchiveFinding } from '../../../../contract/archive';
import { messageOf } from '../../../base/errors';
import type { Logger } from '../../../base/logger';
import type { SegmentRow, Store } from '../../../store/types';
import type { MediaWorker } from '../../media/mediaWorker';
import type { Archive } from '../archive';
import { registerAgain } from '../archiveCheck';
import type { Deletions } from '../deletions';
import type { StorageFolder, StorageFolders } from '../folders/storageFolders';
import type { Finding } from './inspect';

export interface RepairContext {
  readonly folders: StorageFolders;
  readonly store: Store;
  readonly worker: MediaWorker;
  readonly archive: Archive;
  readonly deletions: Deletions;
  readonly log: Logger;
  /** Registers what a crash has left in a folder; where the application runs there is nothing to do. */
  readonly heal: (folder: StorageFolder) => Promise<unknown>;
  /** Runs a task while no segment of the camera is being registered. */
  exclusively<T>(cameraId: string, task: () => Promise<T>): Promise<T>;
}

type Outcome = ArchiveFinding['outcome'];

/** From this many on, most of a camera's segments in a folder being wrong means that the disk is. */
const FEW = 4;

/** Mends what can be mended, puts aside what cannot be used, and leaves alone what must not be hidden. */
export async function repairFindings(
  context: RepairContext,
  findings: readonly Finding[],
  signal: AbortSignal,
): Promise<Outcome[]> {
  const wrong = await tooManyWrong(context, findings);
  const healed = new Set<StorageFolder>();
  const outcomes: Outcome[] = [];
  for (const finding of findings) {
    let outcome: Outcome = 'open';
    try {
      const { cameraId, row } = finding;
      if (!signal.aborted && !(row && wrong.has(placeOf(row))))
        outcome =
          cameraId === null
            ? 'open'
            : await context.exclusively(cameraId, () => repair(context, finding, healed));
    } catch (error) {
      context.log.error({ file: finding.file, reason: messageOf(error) }, 'a finding could not be repaired');
    }
    outcomes.push(outcome);
  }
  return outcomes;
}

async function repair(
  context: RepairContext,
  { kind, row, file, folder, cameraId, detail }: Finding,
  healed: Set<StorageFolder>,
): Promise<Outcome> {
  const { folders, store, worker, archive, deletions } = context;
  switch (kind) {
    case 'file-missing':
      if (!row || !folder || file === null) return 'open';
      // The disk may have gone away since it was looked at: then nothing is lost.
      if ((await worker.run('sizeOf', file)) !== null) return 'open';
      if ((await folders.state(folder)) !== 'ready') return 'open';
      await store.write.deleteSegments([row.id], 'lost');
      return 'repaired';
    case 'size-differs':
    case 'hash-differs':
    case 'unreadable':
      if (!row || file === null) return 'open';
      if (!(await archive.quarantine(file, detail))) return 'open';
      await store.write.deleteSegments([row.id], 'damaged');
      return 'quarantined';
    case 'hash-missing':
      if (!row || file === null) return 'open';
      await store.write.sealSegment(row.id, await worker.run('hashFile', file, null));
      return 'repaired';
    case 'file-unknown': {
      if (!folder || file === null || cameraId === null) return 'open';
      const relative = file.slice(folder.path.length + 1).replaceAll('\\', '/');
      const parts = { ...context, folder, reader: worker, closing: () => false };
      if ((await registerAgain(parts, cameraId, relative)) !== 'quarantined') return 'repaired';
      return (await worker.run('sizeOf', file)) === null ? 'quarantined' : 'open';
    }
    case 'deletion-unfinished': {
      const before = await store.read.listTombstones({ limit: 1 });
      if (before.length > 0) await deletions.finish();
      return (await store.read.listTombstones({ limit: 1 })).length === 0 ? 'repaired' : 'open';
    }
    case 'not-registered':
      if (!folder || file === null) return 'open';
      if (!healed.has(folder)) await context.heal(folder);
      healed.add(folder);
      return (await worker.run('sizeOf', file)) === null ? 'repaired' : 'open';
    default:
      // What a chain, an overlap or a missing disk tell is for people, not to be made to look right.
      return 'open';
  }
}

type Place = Pick<SegmentRow, 'cameraId' | 'folderId'>;

/** Names a camera's part of a folder. */
const placeOf = ({ cameraId, folderId }: Place): string => `${cameraId} ${folderId}`;

/** Where most of a camera's segments in a folder are missing or differ: then it is not the segments that are wrong. */
async function tooManyWrong(
  { store }: RepairContext,
  findings: readonly Finding[],
): Promise<ReadonlySet<string>> {
  const counts = new Map<string, { place: Place; count: number }>();
  for (const { row, kind } of findings) {
    if (!row || kind === 'hash-missing') continue;
    const { count } = counts.get(placeOf(row)) ?? { count: 0 };
    counts.set(placeOf(row), { place: row, count: count + 1 });
  }
  const wrong = new Set<string>();
  for (const [key, { place, count }] of counts) {
    const { length } = await store.read.segmentPaths(place.cameraId, place.folderId);
    if (count >= FEW && count > length / 2) wrong.add(key);
  }
  return wrong;
}
