import { VasError } from '../../base/errors';
import type { FootagePiece, FootageSource } from './footage';
import type { MediaJobs } from './jobs';
import type { MediaWorker } from './mediaWorker';
import { systemCodeOf } from './mediaWorker';

/** One picture out of footage, as JPEG at full resolution. */
export interface Picture {
  readonly jpeg: Uint8Array;
  /** Wall clock of the picture, microseconds. */
  readonly instantUs: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
}

export interface PictureSource {
  readonly footage: FootageSource;
  readonly worker: MediaWorker;
  readonly jobs: MediaJobs;
}

/** A picture is shown until the next one; between two segments of a recording that may take this long, microseconds. */
const SHOWN_FOR_US = 250_000;
/** An instant means its whole millisecond. */
const INSTANT_US = 1000;
const TIMEOUT_MS = 12_000;
/** A segment may be moved into the archive between finding and opening it. */
const ATTEMPTS = 3;

/**
 * The picture that is shown at an instant: the latest one at or before it (W-31).
 * @param oldestUs the picture must not be older than this
 * @throws VasError not_found when there is no footage of that time
 */
export async function pictureAt(
  source: PictureSource,
  cameraId: string,
  instantUs: number,
  oldestUs = instantUs - SHOWN_FOR_US,
): Promise<Picture> {
  for (let attempt = 1; ; attempt++) {
    const pieces = await source.footage.locate(cameraId, oldestUs, instantUs + INSTANT_US);
    const piece = pieces.findLast((candidate) => candidate.startUs < instantUs + INSTANT_US);
    if (!piece)
      throw new VasError(
        'not_found',
        'There is no footage of this camera at that time. The time line shows what was recorded.',
      );
    const hold = source.footage.hold([piece]);
    try {
      return await decode(source, piece, instantUs);
    } catch (error) {
      if (attempt >= ATTEMPTS || systemCodeOf(error) !== 'ENOENT') throw error;
    } finally {
      hold.dispose();
    }
  }
}

async function decode(
  { worker, jobs }: PictureSource,
  { file, startUs, endUs, open }: FootagePiece,
  instantUs: number,
): Promise<Picture> {
  const packets = await worker.run('picturePackets', { file, startUs, endUs, open, instantUs });
  const jpeg = await jobs.run({
    label: 'snapshot',
    args: [
      ...['-hide_banner', '-nostdin', '-v', 'error', '-threads', '2', '-copyts'],
      ...['-f', 'mp4', '-i', 'pipe:0', '-map', '0:v:0'],
      ...['-vf', `select=eq(pts\\,${String(packets.pts)})`, '-frames:v', '1', '-fps_mode', 'passthrough'],
      ...['-c:v', 'mjpeg', '-q:v', '2', '-pix_fmt', 'yuvj420p', '-f', 'image2pipe', 'pipe:1'],
    ],
    stdin: packets.bytes,
    timeoutMs: TIMEOUT_MS,
  });
  if (jpeg.length === 0)
    throw new VasError('unavailable', 'The picture of that moment is damaged and cannot be decoded.');
  return { jpeg, instantUs: packets.pictureUs, width: packets.width, height: packets.height };
}
