import type { ArchiveFinding } from '../../../../contract/archive';
import { messageOf } from '../../../base/errors';
import type { Logger } from '../../../base/logger';
import type { Store } from '../../../store/types';
import type { MediaWorker } from '../../media/mediaWorker';
import type { Archive } from '../archive';
import { registerAgain } from '../archiveCheck';
import type { Deletions } from '../deletions';
import type { StorageFolder } from '../folders/storageFolders';
import type { Finding } from './inspect';

export interface RepairContext {
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

/** From this many on, most of a camera's segments being wrong means that the disk is. */
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
      const { cameraId } = finding;
      if (!signal.aborted && !(finding.row && cameraId !== null && wrong.has(cameraId)))
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
  const { store, worker, archive, deletions } = context;
  switch (kind) {
    case 'file-missing':
      if (!row) return 'open';
      await store.write.deleteSegments([row.id], 'lost');
      return 'repaired';
    case 'size-differs':
    case 'hash-differs':
    case 'unreadable':
      if (!row || file === null) return 'open';
      await archive.quarantine(file, detail);
      if ((await worker.run('sizeOf', file)) !== null) return 'open';
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
      if (await registerAgain(parts, cameraId, relative)) return 'repaired';
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

/** Cameras most of whose segments are missing or differ: then it is not the segments that are wrong. */
async function tooManyWrong(
  { store }: RepairContext,
  findings: readonly Finding[],
): Promise<ReadonlySet<string>> {
  const counts = new Map<string, number>();
  for (const { row, kind } of findings)
    if (row && kind !== 'hash-missing') counts.set(row.cameraId, (counts.get(row.cameraId) ?? 0) + 1);
  const wrong = new Set<string>();
  for (const [cameraId, count] of counts)
    if (count >= FEW && count > (await store.read.segmentPaths(cameraId)).length / 2) wrong.add(cameraId);
  return wrong;
}
