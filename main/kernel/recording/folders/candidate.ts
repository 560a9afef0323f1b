import path from 'node:path';
import { messageOf, VasError } from '../../../base/errors';
import type { MediaWorker } from '../../media/mediaWorker';
import { systemCodeOf } from '../../media/mediaWorker';
import { defaultFloor } from '../settings';
import type { StorageFolder } from './storageFolders';

/** In a folder that holds other things, recordings get one of their own. */
export const OWN_FOLDER = 'VAS recordings';
/** Above what must stay free, a new folder needs at least this, bytes. */
const LEAST_ROOM = 1_000_000_000;

/** A folder that recordings could go to. */
export interface FolderCandidate {
  /** Absolute, without links; may not exist yet. */
  readonly path: string;
  /** Set when it is a folder for recordings already. */
  readonly known: StorageFolder | null;
  readonly freeBytes: number;
  readonly totalBytes: number;
  /** It lies on the disk that is recorded to now. */
  readonly sameDisk: boolean;
}

export interface CandidateContext {
  readonly worker: MediaWorker;
  readonly dataDir: string;
  readonly folders: readonly StorageFolder[];
  readonly current: StorageFolder;
  /** What must stay free, bytes; null for the default. */
  readonly floorBytes: number | null;
}

/**
 * Examines a folder that somebody chose.
 * @throws VasError invalid: not absolute, inside or around another folder of the application, of another
 *   workstation, not writable, too little space
 */
export async function examineCandidate(chosen: string, context: CandidateContext): Promise<FolderCandidate> {
  if (!path.isAbsolute(chosen)) throw refused('The folder must be named with its full path.');
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u001f\u007f]/.test(chosen) || chosen.length > 900)
    throw refused('The name of this folder cannot be used: it is too long or contains control characters.');
  const first = await tried(chosen, context.worker);
  const known = context.folders.find((folder) => folder.path === first.path) ?? null;
  if (known && (known.isDefault || first.identity === known.id)) return report(known.path, known, context);
  if (first.identity !== null)
    throw refused(
      `${first.path} already holds recordings of another workstation, or of this one before it was set up anew or the folder left its list. Choose another folder.`,
    );
  const target = first.empty ? first.path : path.join(first.path, OWN_FOLDER);
  const trial = first.empty ? first : await tried(target, context.worker);
  const inside = context.folders.find((folder) => folder.path === trial.path);
  if (inside && trial.identity === inside.id) return report(inside.path, inside, context);
  if (trial.identity !== null)
    throw refused(`${trial.path} already holds recordings of another workstation. Choose another folder.`);
  refuseOverlap(trial.path, context.dataDir, 'the data folder of the application');
  for (const folder of context.folders)
    if (folder !== inside) refuseOverlap(trial.path, folder.path, 'another folder for recordings');
  return report(trial.path, inside ?? null, context);
}

async function tried(folder: string, worker: MediaWorker) {
  try {
    return await worker.run('tryFolder', folder);
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
      throw refused(`${folder} may not be written. Change its permissions, or choose another folder.`, error);
    if (code === 'ENOSPC') throw refused(`The disk of ${folder} is full. Choose another folder.`, error);
    throw refused(`${folder} cannot be used: ${messageOf(error)}`, error);
  }
}

async function report(
  folder: string,
  known: StorageFolder | null,
  context: CandidateContext,
): Promise<FolderCandidate> {
  const { worker, current } = context;
  const space = await spaceOf(folder, worker);
  const now = await worker.run('space', current.path).catch(() => null);
  const sameDisk = now?.device === space.device;
  const floor = context.floorBytes ?? defaultFloor(space.total);
  // On the disk in use there is as much room as there is now.
  if (!sameDisk && space.free < floor + LEAST_ROOM)
    throw refused(
      `There is too little space: ${gigabytes(space.free)} are free, ${gigabytes(floor)} must stay free, and recordings need at least 1 GB. Choose a larger disk.`,
    );
  return { path: folder, known, freeBytes: space.free, totalBytes: space.total, sameDisk };
}

/** Of the nearest parent where the folder itself does not exist yet. */
async function spaceOf(folder: string, worker: MediaWorker) {
  for (let at = folder; ; at = path.dirname(at)) {
    try {
      return await worker.run('space', at);
    } catch (error) {
      if (systemCodeOf(error) !== 'ENOENT' || path.dirname(at) === at) throw error;
    }
  }
}

function refuseOverlap(folder: string, other: string, what: string): void {
  const within = (inner: string, outer: string) => inner === outer || inner.startsWith(outer + path.sep);
  if (within(folder, other))
    throw refused(`${folder} lies inside ${what} (${other}). Choose a folder outside.`);
  if (within(other, folder))
    throw refused(`${folder} contains ${what} (${other}). Choose a folder beside it.`);
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`;

function refused(message: string, cause?: unknown): VasError {
  return new VasError('invalid', message, cause === undefined ? {} : { cause });
}
