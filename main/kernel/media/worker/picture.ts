import { closeSync, openSync, readSync } from 'node:fs';
import { VasError } from '../../../base/errors';
import { fileBytes } from '../fmp4/bytes';
import { keyFrameFor, pictureShownAt, picturesOf } from '../fmp4/pictures';
import { scanFragments } from '../fmp4/scan';
import type { FilePlace } from '../mediaTime';
import { INSTANT_WIDTH, mediaTime } from '../mediaTime';

export interface PictureRequest extends FilePlace {
  readonly file: string;
  /** Wall clock, microseconds. */
  readonly instantUs: number;
}

export interface PicturePackets {
  /** A playable fragmented MP4 of the fragments from the needed key frame to the picture. */
  readonly bytes: Uint8Array;
  /** Presentation time of the picture, ticks of its track. */
  readonly pts: number;
  /** Wall clock of the picture, microseconds. */
  readonly pictureUs: number;
  /** Pixels, as the file announces them. */
  readonly width: number;
  readonly height: number;
}

/** More than a group of pictures may hold, bytes: 10 s of 100 Mbit/s. */
const MAX_PACKETS = 128 * 1024 * 1024;

/**
 * What a decoder needs to show one picture: the latest one at or before the instant (W-31). Reads only
 * these fragments, so that it takes as long in a file that is being written, or was cut off, as in any other.
 * @throws VasError not_found when no picture of the file is that old
 */
export function picturePackets(request: PictureRequest): PicturePackets {
  const fd = openSync(request.file, 'r');
  try {
    const scan = scanFragments(fileBytes(fd));
    const pictures = picturesOf(scan);
    const track = scan.init?.tracks.find((candidate) => candidate.kind === 'video');
    if (!pictures || !track) throw new VasError('not_found', 'There is no picture in this footage.');
    const { samples, timescale, firstPts } = pictures;
    const endPts = samples.reduce((end, sample) => Math.max(end, sample.pts + sample.duration), firstPts);
    const time = mediaTime(request, (endPts - firstPts) / timescale);
    const wanted = firstPts + (time.seconds(request.instantUs) + INSTANT_WIDTH) * timescale;
    const index = pictureShownAt(pictures, wanted);
    const picture = samples[index];
    const key = samples[keyFrameFor(pictures, index)];
    if (!picture || !key) throw new VasError('not_found', 'There is no picture that old in this footage.');
    const holding = (offset: number) =>
      scan.fragments.find((fragment) => fragment.start <= offset && offset < fragment.end);
    const from = holding(key.offset)?.start ?? key.offset;
    const to = holding(picture.offset)?.end ?? picture.offset + picture.size;
    if (to - from > MAX_PACKETS)
      throw new VasError('unavailable', 'The key frames of this camera are too far apart for a snapshot.');
    const bytes = new Uint8Array(scan.initEnd + to - from);
    readInto(fd, bytes.subarray(0, scan.initEnd), 0);
    readInto(fd, bytes.subarray(scan.initEnd), from);
    return {
      bytes,
      pts: picture.pts,
      pictureUs: time.wallUs((picture.pts - firstPts) / timescale),
      width: track.width,
      height: track.height,
    };
  } finally {
    closeSync(fd);
  }
}

function readInto(fd: number, target: Uint8Array, offset: number): void {
  let done = 0;
  while (done < target.length) {
    const got = readSync(fd, target, done, target.length - done, offset + done);
    if (got === 0) throw new VasError('unavailable', 'The footage was removed while it was read. Try again.');
    done += got;
  }
}
