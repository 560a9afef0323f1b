import {
  closeSync,
  existsSync,
  fchmodSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  futimesSync,
  mkdirSync,
  openSync,
  renameSync,
  rmdirSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';

/** Makes what was created, renamed or removed in a folder survive a power cut. */
export function syncFolder(folder: string): void {
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Creates a folder with its parents, each entry on disk when this returns. Mode 0700. */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const parent = path.dirname(folder);
  makeFolder(parent);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  syncFolder(parent);
}

/**
 * Moves a finished file to its place within one file system, content first: file, name, folders.
 * Doing it again after a failure half way is harmless.
 * @param truncateTo bytes to keep, null keeps all
 * @returns its length, bytes
 */
export function moveDurably(from: string, to: string, truncateTo: number | null): number {
  if (!existsSync(from) && existsSync(to)) {
    syncFolder(path.dirname(to));
    return statSync(to).size;
  }
  const fd = openSync(from, 'r+');
  try {
    if (truncateTo !== null) {
      // When it was written tells later whether its clock was right.
      const { atime, mtime } = fstatSync(fd);
      ftruncateSync(fd, truncateTo);
      futimesSync(fd, atime, mtime);
    }
    fchmodSync(fd, 0o600);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  makeFolder(path.dirname(to));
  renameSync(from, to);
  syncFolder(path.dirname(to));
  syncFolder(path.dirname(from));
  return statSync(to).size;
}

/** Writes a whole file or none: a temporary name, then the real one. Mode 0600. */
export function writeDurably(target: string, bytes: Uint8Array): void {
  const temporary = `${target}.tmp`;
  const fd = openSync(temporary, 'w', 0o600);
  try {
    try {
      fchmodSync(fd, 0o600);
      let done = 0;
      while (done < bytes.length) done += writeSync(fd, bytes, done);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(temporary, target);
  } catch (error) {
    removeIfThere(temporary);
    throw error;
  }
  syncFolder(path.dirname(target));
}

/** Removes a file; false when it was gone already. */
export function removeIfThere(file: string): boolean {
  try {
    unlinkSync(file);
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
    if (!existsSync(folder)) continue;
    syncFolder(folder);
    if (pruneBelow !== null) pruneEmpty(folder, pruneBelow);
  }
  return outcome;
}

function pruneEmpty(folder: string, below: string): void {
  let current = folder;
  while (current.startsWith(below + path.sep)) {
    try {
      rmdirSync(current);
    } catch {
      return;
    }
    current = path.dirname(current);
  }
}
