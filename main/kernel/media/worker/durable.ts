import path from 'node:path';
import { disk } from './files';

/** Makes what was created, renamed or removed in a folder survive a power cut. */
export function syncFolder(folder: string): void {
  const fd = disk.openSync(folder, 'r');
  try {
    disk.fsyncSync(fd);
  } finally {
    disk.closeSync(fd);
  }
}

/**
 * A folder and those above it, up to `last`: one of them may have been made by a run that was killed before it
 * was on disk.
 */
function syncFolders(folder: string, last: string): void {
  for (let current = folder; ; current = path.dirname(current)) {
    syncFolder(current);
    if (current === last || current === path.dirname(current)) return;
  }
}

function commonFolder(one: string, other: string): string {
  let folder = path.dirname(other);
  while (!one.startsWith(folder + path.sep) && folder !== path.dirname(folder)) folder = path.dirname(folder);
  return folder;
}

/** Makes a file that is there survive a power cut, with every folder up to `root`. */
export function keepDurably(file: string, root: string): void {
  const fd = disk.openSync(file, 'r+');
  try {
    disk.fsyncSync(fd);
  } finally {
    disk.closeSync(fd);
  }
  syncFolders(path.dirname(file), root);
}

/** Creates a folder with its parents, each entry on disk when this returns. Mode 0700. */
export function makeFolder(folder: string): void {
  if (disk.existsSync(folder)) return;
  const parent = path.dirname(folder);
  makeFolder(parent);
  disk.mkdirSync(folder, { recursive: true, mode: 0o700 });
  syncFolder(parent);
}

/**
 * Moves a finished file to its place within one file system, content first: file, name, folders.
 * Doing it again after a failure half way is harmless.
 * @param truncateTo bytes to keep, null keeps all
 * @returns its length, bytes
 */
export function moveDurably(from: string, to: string, truncateTo: number | null): number {
  if (!disk.existsSync(from) && disk.existsSync(to)) {
    syncFolders(path.dirname(to), commonFolder(from, to));
    return disk.statSync(to).size;
  }
  const fd = disk.openSync(from, 'r+');
  try {
    if (truncateTo !== null) {
      // When it was written tells later whether its clock was right.
      const { atime, mtime } = disk.fstatSync(fd);
      disk.ftruncateSync(fd, truncateTo);
      disk.futimesSync(fd, atime, mtime);
    }
    disk.fchmodSync(fd, 0o600);
    disk.fsyncSync(fd);
  } finally {
    disk.closeSync(fd);
  }
  makeFolder(path.dirname(to));
  disk.renameSync(from, to);
  syncFolders(path.dirname(to), commonFolder(from, to));
  syncFolder(path.dirname(from));
  return disk.statSync(to).size;
}

/** Writes a whole file or none: a temporary name, then the real one. Mode 0600. */
export function writeDurably(target: string, bytes: Uint8Array): void {
  const temporary = `${target}.tmp`;
  const fd = disk.openSync(temporary, 'w', 0o600);
  try {
    try {
      disk.fchmodSync(fd, 0o600);
      let done = 0;
      while (done < bytes.length) done += disk.writeSync(fd, bytes, done);
      disk.fsyncSync(fd);
    } finally {
      disk.closeSync(fd);
    }
    disk.renameSync(temporary, target);
  } catch (error) {
    removeIfThere(temporary);
    throw error;
  }
  syncFolder(path.dirname(target));
}

/** Removes a file; false when it was gone already. */
function removeIfThere(file: string): boolean {
  try {
    disk.unlinkSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/**
 * Removes files and then makes their absence durable.
 * @param pruneBelow folders below this one that have become empty go too; null keeps them
 * @returns for each file: null, or why it could not be removed. Gone already counts as removed.
 */
export function removeDurably(files: readonly string[], pruneBelow: string | null): (string | null)[] {
  const folders = new Set<string>();
  const outcome = files.map((file) => {
    try {
      removeIfThere(file);
      folders.add(path.dirname(file));
      return null;
    } catch (error) {
      return (error as Error).message;
    }
  });
  for (const folder of folders) {
    if (!disk.existsSync(folder)) continue;
    syncFolder(folder);
    if (pruneBelow !== null) pruneEmpty(folder, pruneBelow);
  }
  return outcome;
}

function pruneEmpty(folder: string, below: string): void {
  let current = folder;
  while (current.startsWith(below + path.sep)) {
    try {
      disk.rmdirSync(current);
    } catch {
      return;
    }
    current = path.dirname(current);
  }
}
