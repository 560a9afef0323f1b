import { realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { FrameError } from './frame';

/** What a reference names: a camera's ring (seed 003) or a single picture for a dry run. */
export interface Reference {
  readonly kind: 'ring' | 'still';
  /** Absolute, without symbolic links. */
  readonly file: string;
}

/**
 * Accepts a reference only when it is a file of ours directly inside the export's folder, after symbolic links
 * and `..` are resolved (W-50).
 * @throws FrameError BAD_REFERENCE, or NO_RING when there is no such file
 */
export function resolveReference(exportDir: string, reference: string): Reference {
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
  const kind = /^vas_(frames|still)_[A-Za-z0-9-]{1,64}$/.exec(path.basename(file))?.[1];
  if (kind === undefined || !statSync(file).isFile())
    throw new FrameError('BAD_REFERENCE', 'it is not a frame ring');
  return { kind: kind === 'frames' ? 'ring' : 'still', file };
}
