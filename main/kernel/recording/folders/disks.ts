import type { MediaWorker } from '../../media/mediaWorker';
import { systemCodeOf } from '../../media/mediaWorker';
import type { StorageFolder } from './storageFolders';

/** A file system that is written. */
export interface Disk {
  readonly written: StorageFolder;
  /** Every folder on it. */
  readonly folders: readonly StorageFolder[];
  /** Bytes. */
  readonly free: number;
  readonly total: number;
}

/** The file systems that are written, each with its folders: only what lies there makes room there. */
export async function disksOf(
  ready: readonly StorageFolder[],
  written: readonly StorageFolder[],
  worker: MediaWorker,
): Promise<Disk[]> {
  const spaces = new Map<StorageFolder, { free: number; total: number; device: number }>();
  for (const folder of ready) {
    try {
      spaces.set(folder, await worker.run('space', folder.path));
    } catch (error) {
      // The default folder appears with the first recording.
      if (systemCodeOf(error) !== 'ENOENT') throw error;
    }
  }
  const disks = new Map<number, Disk>();
  for (const folder of written) {
    const space = spaces.get(folder);
    if (!space) continue;
    const { device, free, total } = space;
    const folders = ready.filter((other) => spaces.get(other)?.device === device);
    disks.set(device, { written: folder, folders, free, total });
  }
  return [...disks.values()];
}
