import { access, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** Parts of a database that is in use: the file, and the log whose newest rows are not in it yet. */
const PARTS = ['', '-wal'];

/**
 * Moves an event store aside, under a name with the time, so that a new one can take its place. The log goes along
 * under the name that SQLite looks for.
 * @returns the new name; null when there was none to move
 * @throws the error of the operating system; nothing was moved then
 */
export async function moveAside(file: string, nowUs: number): Promise<string | null> {
  const { dir, name, ext } = path.parse(file);
  const time = new Date(nowUs / 1000).toISOString().slice(0, 19).replaceAll(':', '');
  let kept = `${name}-${time}Z${ext}`;
  for (let n = 2; await exists(path.join(dir, kept)); n++) kept = `${name}-${time}Z-${String(n)}${ext}`;
  let isMoved = false;
  for (const part of PARTS) {
    if (!(await exists(file + part))) continue;
    await rename(file + part, path.join(dir, kept) + part);
    isMoved = true;
  }
  // An index over the log, made anew by whoever opens it.
  await rm(`${file}-shm`, { force: true });
  return isMoved ? kept : null;
}

/** Names of the event stores that were moved aside, oldest first. */
export async function keptFiles(file: string): Promise<string[]> {
  const { dir, name, ext } = path.parse(file);
  const found = await readdir(dir).catch(() => []);
  return found.filter((entry) => entry.startsWith(`${name}-`) && entry.endsWith(`Z${ext}`)).sort();
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
