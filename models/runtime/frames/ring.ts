import type { Frame, FrameQuery } from './frame';
import { FrameError } from './frame';

/** Not in this build yet; replaced by the native reader. */
export function openRingFrame(_file: string, _query: FrameQuery): Frame {
  throw new FrameError('BAD_RING', 'this build cannot read frame rings');
}
