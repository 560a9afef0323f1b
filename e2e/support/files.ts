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

/** Runs of FFmpeg whose footage is still where FFmpeg writes it, the one that runs now included. */
export function incomingRuns(dataDir: string, cameraId: string): string[] {
  const files = filesBelow(path.join(dataDir, 'recordings', 'incoming', cameraId));
  return [
    ...new Set(files.filter((file) => file.endsWith('.mp4')).map((file) => path.basename(file).slice(0, 36))),
  ];
}

/** The newest file of a run where FFmpeg writes it; null when all of it has gone to the archive. */
export function newestOfRun(dataDir: string, cameraId: string, run: string): string | null {
  const files = filesBelow(path.join(dataDir, 'recordings', 'incoming', cameraId));
  return files.findLast((file) => path.basename(file).startsWith(run) && file.endsWith('.mp4')) ?? null;
}

/** Recorded files of a camera, the one being written and those on their way to the archive included. */
export function recordedFiles(dataDir: string, cameraId?: string): string[] {
  return filesBelow(path.join(dataDir, 'recordings')).filter(
    (file) => file.endsWith('.mp4') && (cameraId === undefined || file.includes(cameraId)),
  );
}
