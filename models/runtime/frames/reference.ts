import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { FrameError } from './frame';

/**
 * Accepts a reference only when it is a frame ring directly inside the export's folder, after symbolic links and
 * `..` are resolved (W-50).
 * @returns the file, absolute, without symbolic links
 * @throws FrameError BAD_REFERENCE, or NO_RING when there is no such file
 */
export function resolveReference(exportDir: string, reference: string): string {
  if (!path.isAbsolute(reference) || reference.includes('\0'))
    throw new FrameError('BAD_REFERENCE', 'it must be an absolute path');
  let file: string;
  try {
    file = realpathSync(reference);
  } catch (error) {
    throw new FrameError('NO_RING', 'the camera exports no frames (no such file)', { cause: error });
  }
  if (path.dirname(file) !== realpathSync(exportDir))
    throw new FrameError('BAD_REFERENCE', "it lies outside the frame export's folder");
  if (!/^vas_frames_[A-Za-z0-9._-]{1,64}$/.test(path.basename(file)) || !statSync(file).isFile())
    throw new FrameError('BAD_REFERENCE', 'it is not a frame ring');
  return file;
}
