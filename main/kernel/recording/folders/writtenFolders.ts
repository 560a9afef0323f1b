import type { CameraRecorder } from '../cameraRecorder';
import type { StorageFolder, StorageFolders } from './storageFolders';

/** Where new footage goes: the current folder, and those of runs that began while it was another or missing. */
export function writtenFolders(
  folders: StorageFolders,
  recorders: Iterable<CameraRecorder>,
): readonly StorageFolder[] {
  const written = new Set([folders.current]);
  for (const recorder of recorders) if (recorder.current) written.add(recorder.current.storage);
  return [...written];
}

/** Cameras whose run is written elsewhere than it would be if it began now. */
export function misplacedCameras(current: StorageFolder, recorders: Iterable<CameraRecorder>): string[] {
  const misplaced: string[] = [];
  for (const recorder of recorders)
    if (recorder.current && recorder.current.storage !== current) misplaced.push(recorder.cameraId);
  return misplaced;
}
