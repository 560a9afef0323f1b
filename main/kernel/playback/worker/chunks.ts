import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { VasError } from '../../../base/errors';
import type { Sample } from '../../media/fmp4/fragment';
import { memoryBytes } from '../../media/fmp4/bytes';
import { picturesOf } from '../../media/fmp4/pictures';
import { scanFragments } from '../../media/fmp4/scan';
import { fragment, initSegment } from './fragmentWriter';
import { scannedFile } from './scanCache';

/** Whole groups of pictures of a file: what a player fetches at once. Times in seconds since its first picture. */
export interface Chunk {
  readonly from: number;
  readonly to: number;
  /** Index of its first picture and how many there are, in decoding order. */
  readonly first: number;
  readonly count: number;
}

export interface ChunkTable {
  readonly codec: string;
  readonly width: number;
  readonly height: number;
  /** Equal for files that one decoder plays without being set up anew. */
  readonly parameters: string;
  readonly chunks: readonly Chunk[];
}

/** A chunk holds at least this, seconds: fewer requests than groups of pictures of half a second would need. */
const LEAST_SECONDS = 1;

/** How a file is divided. @param open it is still being written: its last group of pictures is left out */
export function chunkTable(file: string, open: boolean): ChunkTable {
  const { track, pictures } = scannedFile(file);
  const { samples, firstPts, timescale } = pictures;
  const starts = samples.flatMap((sample, index) => (sample.sync ? [index] : []));
  const seconds = (pts: number): number => (pts - firstPts) / timescale;
  const chunks: Chunk[] = [];
  let first = starts[0] ?? 0;
  const close = (end: number): void => {
    const group = samples.slice(first, end);
    const from = seconds(group[0]?.pts ?? firstPts);
    const next = samples[end];
    const to = next ? seconds(next.pts) : Math.max(...group.map((one) => seconds(one.pts + one.duration)));
    if (to > from) chunks.push({ from, to, first, count: group.length });
    first = end;
  };
  for (const start of starts.slice(1))
    if (seconds(samples[start]?.pts ?? 0) - seconds(samples[first]?.pts ?? 0) >= LEAST_SECONDS) close(start);
  if (!open && first < samples.length) close(samples.length);
  return {
    ...{ codec: track.codec, width: track.width, height: track.height, chunks },
    parameters: createHash('sha1')
      .update(track.boxes.stsd)
      .update(String(track.timescale))
      .digest('hex')
      .slice(0, 16),
  };
}

export interface ChunkRequest {
  readonly file: string;
  readonly first: number;
  readonly count: number;
  /** Where its first picture goes on the player's time line, seconds. */
  readonly mediaSeconds: number;
  readonly sequence: number;
  /** Put the head before it, so that it is a file of its own. */
  readonly withInit: boolean;
}

/** Most bytes of a chunk: 30 s of 60 Mbit/s. */
const MAX_CHUNK = 256 * 1024 * 1024;

/** The head for all chunks of a file. */
export function chunkInit(file: string): { bytes: Uint8Array } {
  return { bytes: own(initSegment(scannedFile(file).track)) };
}

export function chunkBytes(request: ChunkRequest): { bytes: Uint8Array } {
  const { track, pictures } = scannedFile(request.file);
  const samples = pictures.samples.slice(request.first, request.first + request.count);
  if (samples.length < request.count) throw new VasError('not_found', 'This part of the footage is gone.');
  const data = readSamples(request.file, samples);
  const startTicks = Math.round(request.mediaSeconds * pictures.timescale);
  const body = fragment(samples, startTicks, request.sequence, data);
  return { bytes: own(request.withInit ? Buffer.concat([initSegment(track), body]) : body) };
}

/** Takes pictures that FFmpeg has encoded anew to their place on the player's time line. */
export function placeEncoded(
  encoded: Uint8Array,
  mediaSeconds: number,
  sequence: number,
): { bytes: Uint8Array; init: Uint8Array } {
  const buffer = Buffer.from(encoded.buffer, encoded.byteOffset, encoded.byteLength);
  const scan = scanFragments(memoryBytes(buffer));
  const track = scan.init?.tracks.find((candidate) => candidate.kind === 'video');
  const pictures = picturesOf(scan);
  if (!track || !pictures) throw new VasError('unavailable', 'This part of the footage cannot be converted.');
  const body = fragment(
    pictures.samples,
    Math.round(mediaSeconds * pictures.timescale),
    sequence,
    ({ offset, size }) => buffer.subarray(offset, offset + size),
  );
  return { bytes: own(body), init: own(initSegment(track)) };
}

/** Reads the stretch of the file that holds the samples at once. */
export function readSamples(file: string, samples: readonly Sample[]): (sample: Sample) => Uint8Array {
  const from = Math.min(...samples.map(({ offset }) => offset));
  const to = Math.max(...samples.map(({ offset, size }) => offset + size));
  if (to - from > MAX_CHUNK)
    throw new VasError('unavailable', 'The key frames of this camera are too far apart.');
  const buffer = Buffer.allocUnsafe(to - from);
  const fd = openSync(file, 'r');
  try {
    for (let done = 0; done < buffer.length;) {
      const got = readSync(fd, buffer, done, buffer.length - done, from + done);
      if (got === 0) throw new VasError('not_found', 'The footage was removed while it was read.');
      done += got;
    }
  } finally {
    closeSync(fd);
  }
  return ({ offset, size }) => buffer.subarray(offset - from, offset - from + size);
}

/** A copy in memory of its own, which can be handed to another thread. */
export function own(buffer: Buffer): Uint8Array {
  return new Uint8Array(buffer);
}
