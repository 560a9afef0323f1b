import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** Every regular file below `folder`, absolute, sorted; empty when the folder is missing. */
export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

/** Bytes of a file, 0 when it is gone. */
export function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}

/** Recorded files of a camera in the order of their names, the one being written included. */
export function recordedFiles(dataDir: string, cameraId?: string): string[] {
  return filesBelow(path.join(dataDir, 'recordings')).filter(
    (file) => file.endsWith('.mp4') && (cameraId === undefined || file.includes(cameraId)),
  );
}
