import { mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Scrub previews, one file a segment: `<folder>/<camera>/<day>/<segment>.vpv`. They can be made anew from the
 * footage, so they are written without waiting for the disk.
 */
export function writePreview(file: string, bytes: Uint8Array): void {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  const part = `${file}.part`;
  writeFileSync(part, bytes, { mode: 0o600 });
  renameSync(part, file);
}

/** Null when there is none. */
export function readPreview(file: string): { bytes: Uint8Array } | null {
  try {
    return { bytes: new Uint8Array(readFileSync(file)) };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Removes previews, and days that have none left. */
export function removePreviews(files: readonly string[]): void {
  for (const file of files) rmSync(file, { force: true });
  for (const day of new Set(files.map((file) => path.dirname(file)))) {
    try {
      rmdirSync(day);
    } catch {
      // Others are left in it, or it never was.
    }
  }
}

/**
 * Removes what is older than the footage it shows.
 * @param oldestDays first day of footage (`2026-11-21`) of each camera that has any
 * @returns how many days of cameras went
 */
export function prunePreviews(folder: string, oldestDays: Readonly<Record<string, string>>): number {
  let removed = 0;
  for (const camera of foldersIn(folder)) {
    const oldest = oldestDays[camera];
    for (const day of foldersIn(path.join(folder, camera))) {
      if (oldest !== undefined && day >= oldest) continue;
      rmSync(path.join(folder, camera, day), { recursive: true, force: true });
      removed++;
    }
  }
  return removed;
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
