import type { FrameSource } from './frame';
import { resolveReference } from './reference';
import { openRingFrame } from './ring';
import { openStill } from './still';

/** Frames of the export's folder: rings of cameras and still pictures of dry runs. */
export function exportedFrames(exportDir: string): FrameSource {
  return {
    open(query) {
      const { kind, file } = resolveReference(exportDir, query.reference);
      return kind === 'ring' ? openRingFrame(file, query) : openStill(file, query);
    },
  };
}
