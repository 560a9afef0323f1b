import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { makeFolder, removeDurably, writeDurably } from './durable';
import { disk } from './files';

/**
 * Says whose folder it is. Where it is missing, the disk is not mounted, and writing would fill the disk that
 * holds the mount point.
 */
const IDENTITY_FILE = '.vas-recordings.json';

/** `missing`: not there, or not the one it was. `foreign`: it belongs to other recordings. */
export type FolderState = 'ready' | 'missing' | 'foreign';

const NO_FOLDER = ['ENOENT', 'ENOTDIR', 'ESTALE', 'ENODEV', 'EIO'];

/** Id in a folder's identity file; null where there is none, 'unreadable' where nobody can tell. */
export function identityOf(folder: string): string | null {
  let text: string;
  try {
    text = disk.readFileSync(path.join(folder, IDENTITY_FILE), 'utf8');
  } catch (error) {
    if (NO_FOLDER.includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
  try {
    const { id } = JSON.parse(text) as { id?: unknown };
    return typeof id === 'string' ? id : 'unreadable';
  } catch {
    return 'unreadable';
  }
}

/** @param id that the identity file must name; null for a folder that has none because it is always there */
export function folderState(folder: string, id: string | null): FolderState {
  if (id === null) return 'ready';
  const found = identityOf(folder);
  if (found === null) return 'missing';
  return found === id ? 'ready' : 'foreign';
}

/** Makes a folder below `root` as long as that is the right one; nothing is made otherwise. */
export function prepareFolder(root: string, id: string | null, folder: string): FolderState {
  const state = folderState(root, id);
  if (state === 'ready') makeFolder(folder);
  return state;
}

/** Puts the identity file into a folder, which is made when it is missing. */
export function markFolder(folder: string, id: string): void {
  makeFolder(folder);
  const text = JSON.stringify(
    { version: 1, id, what: 'Recordings of VAS Workstation. Do not remove.' },
    null,
    2,
  );
  writeDurably(path.join(folder, IDENTITY_FILE), Buffer.from(`${text}\n`));
}

export interface FolderTrial {
  /** Without links and dots. */
  readonly path: string;
  readonly exists: boolean;
  readonly empty: boolean;
  /** Null where there is no identity file. */
  readonly identity: string | null;
  readonly device: number;
}

/**
 * Looks whether a folder can be written by writing a file and removing it; one that does not exist is tried in
 * its nearest parent.
 * @throws the error of the operating system
 */
export function tryFolder(wanted: string): FolderTrial {
  let parent = wanted;
  while (!isThere(parent) && path.dirname(parent) !== parent) parent = path.dirname(parent);
  const real = disk.realpathSync(parent);
  const folder = path.join(real, path.relative(parent, wanted));
  const probe = path.join(real, `.vas-probe-${randomUUID()}`);
  disk.mkdirSync(probe, { mode: 0o700 });
  try {
    const file = path.join(probe, 'probe');
    writeDurably(file, Buffer.alloc(4096));
    removeDurably([file], null);
  } finally {
    disk.rmdirSync(probe);
  }
  const exists = parent === wanted;
  const { dev } = disk.statSync(real);
  return {
    ...{ path: folder, exists, device: dev },
    empty: !exists || disk.readdirSync(real).every((name) => name === IDENTITY_FILE),
    identity: exists ? identityOf(real) : null,
  };
}

function isThere(folder: string): boolean {
  try {
    disk.statSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
