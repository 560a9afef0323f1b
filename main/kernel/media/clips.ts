import { VasError } from '../../base/errors';
import type { ClipResult } from './clip/writeClip';
import type { FootageSource } from './footage';
import type { MediaJobs } from './jobs';
import type { MediaWorker } from './mediaWorker';
import { systemCodeOf } from './mediaWorker';

/** A segment may be moved into the archive between finding and opening it. */
const ATTEMPTS = 3;
const THUMBNAIL_TIMEOUT_MS = 10_000;

export interface ClipOrder {
  readonly cameraId: string;
  /** Wall clock, microseconds. */
  readonly fromUs: number;
  readonly toUs: number;
  /** Where the camera changed its format in between, footage around this instant is kept. */
  readonly anchorUs: number;
  /** New file. */
  readonly target: string;
}

/** Cuts a clip out of whatever footage there is of a span. @throws VasError not_found when there is none */
export async function clipOf(
  { footage, worker }: { footage: FootageSource; worker: MediaWorker },
  order: ClipOrder,
): Promise<ClipResult> {
  const { cameraId, fromUs, toUs, anchorUs, target } = order;
  for (let attempt = 1; ; attempt++) {
    const pieces = await footage.locate(cameraId, fromUs, toUs);
    if (pieces.length === 0)
      throw new VasError(
        'not_found',
        'There is no footage of this camera at that time. The time line shows what was recorded.',
      );
    const hold = footage.hold(pieces);
    try {
      const sources = pieces.map(({ file, startUs, endUs, open }) => ({ file, startUs, endUs, open }));
      return await worker.run('writeClip', { pieces: sources, fromUs, toUs, anchorUs, target });
    } catch (error) {
      if (attempt >= ATTEMPTS || systemCodeOf(error) !== 'ENOENT') throw error;
    } finally {
      hold.dispose();
    }
  }
}

/** A small JPEG of the middle of a clip. @param file a clip we wrote */
export async function thumbnailOf(jobs: MediaJobs, file: string, seconds: number): Promise<Uint8Array> {
  const jpeg = await jobs.run({
    label: 'thumbnail',
    args: [
      ...['-hide_banner', '-nostdin', '-v', 'error', '-threads', '2'],
      ...['-ss', (seconds / 2).toFixed(3), '-i', `file:${file}`, '-map', '0:v:0', '-frames:v', '1'],
      ...['-vf', 'scale=min(480\\,iw):-2', '-c:v', 'mjpeg', '-q:v', '4', '-pix_fmt', 'yuvj420p'],
      ...['-f', 'image2pipe', 'pipe:1'],
    ],
    timeoutMs: THUMBNAIL_TIMEOUT_MS,
  });
  if (jpeg.length === 0) throw new VasError('unavailable', 'The middle of the clip cannot be decoded.');
  return jpeg;
}
