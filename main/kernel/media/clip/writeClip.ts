import { closeSync, fchmodSync, fsyncSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { VasError } from '../../../base/errors';
import { fileBytes } from '../fmp4/bytes';
import { scanFragments } from '../fmp4/scan';
import type { FilePlace } from '../mediaTime';
import { box, u32, u64 } from './build';
import type { Chunk } from './layout';
import { layOut } from './layout';
import { buildMoov } from './moov';
import type { ClipSource, Cut } from './plan';
import { cutSource, joinable } from './plan';
import { joinCuts } from './timeline';

export interface ClipPiece extends FilePlace {
  readonly file: string;
}

export interface ClipRequest {
  /** Oldest first. */
  readonly pieces: readonly ClipPiece[];
  /** Wall clock, microseconds. */
  readonly fromUs: number;
  readonly toUs: number;
  /** Where the format changes in between, footage around this instant is kept. */
  readonly anchorUs: number;
  /** New file; it must not exist. */
  readonly target: string;
}

export interface ClipResult {
  /** What the clip really holds, microseconds of wall clock. */
  readonly startUs: number;
  readonly endUs: number;
  /** How long it plays, seconds; less than end minus start where footage is missing in between. */
  readonly seconds: number;
  readonly bytes: number;
  readonly videoCodec: string;
  /** Sources left out because of another format. */
  readonly leftOut: number;
}

const COPY_BLOCK = 1024 * 1024;

/**
 * Cuts a clip out of fragmented files without encoding: a progressive MP4 with its index in front, whose
 * edit list begins exactly at the picture shown at `fromUs`. The file is complete and on disk when this
 * returns, with mode 0600; after an error it is gone.
 * @throws VasError not_found when the pieces hold no picture of that time
 */
export function writeClip(request: ClipRequest): ClipResult {
  const descriptors: number[] = [];
  try {
    const sources = request.pieces.map((piece): [ClipSource, number] => {
      const fd = openSync(piece.file, 'r');
      descriptors.push(fd);
      return [{ ...piece, scan: scanFragments(fileBytes(fd)) }, fd];
    });
    const found = sources.flatMap(([source]) => cutSource(source, request.fromUs, request.toUs) ?? []);
    const cuts = joinable(found, request.anchorUs);
    if (!hasCuts(cuts)) throw new VasError('not_found', 'There is no footage of this camera at that time.');
    const inputs = cuts.map((cut) => sources.find(([source]) => source === cut.source)?.[1] ?? -1);
    const timeline = joinCuts(cuts);
    const chunks = layOut(timeline);
    const startUs = cuts[0].fromUs;
    const dataSize = chunks.reduce((sum, chunk) => sum + chunk.size, 0);
    const head = buildHead((dataAt) => buildMoov({ timeline, chunks, dataAt, startUs }), dataSize);
    writeFile(request.target, head, chunks, inputs);
    return {
      startUs,
      endUs: Math.max(startUs, cuts[cuts.length - 1]?.toUs ?? startUs),
      seconds: timeline.video.editDuration / timeline.video.track.timescale,
      bytes: head.length + dataSize,
      videoCodec: timeline.video.track.codec,
      leftOut: found.length - cuts.length,
    };
  } finally {
    for (const fd of descriptors) closeSync(fd);
  }
}

function hasCuts(cuts: Cut[]): cuts is [Cut, ...Cut[]] {
  return cuts.length > 0;
}

/** Everything before the pictures: `ftyp`, `moov` and the header of `mdat`. */
function buildHead(moov: (dataAt: number) => Buffer, dataSize: number): Buffer {
  const ftyp = box('ftyp', Buffer.from('isom'), u32(0x200), Buffer.from('isomiso2mp41'));
  const mdat = Buffer.concat([u32(1), Buffer.from('mdat'), u64(dataSize + 16)]);
  const dataAt = ftyp.length + moov(0).length + mdat.length;
  return Buffer.concat([ftyp, moov(dataAt), mdat]);
}

function writeFile(target: string, head: Buffer, chunks: readonly Chunk[], inputs: readonly number[]): void {
  const out = openSync(target, 'wx', 0o600);
  try {
    fchmodSync(out, 0o600);
    writeAll(out, head);
    const block = Buffer.allocUnsafe(COPY_BLOCK);
    for (const chunk of chunks) copy(inputs[chunk.cut] ?? -1, out, chunk, block);
    fsyncSync(out);
  } catch (error) {
    unlinkSync(target);
    throw error;
  } finally {
    closeSync(out);
  }
}

function copy(input: number, out: number, chunk: Chunk, block: Buffer): void {
  let done = 0;
  while (done < chunk.size) {
    const wanted = Math.min(block.length, chunk.size - done);
    const got = readSync(input, block, 0, wanted, chunk.sourceOffset + done);
    if (got === 0) throw new VasError('unavailable', 'The footage was removed while it was read. Try again.');
    writeAll(out, block.subarray(0, got));
    done += got;
  }
}

function writeAll(fd: number, bytes: Buffer): void {
  let done = 0;
  while (done < bytes.length) done += writeSync(fd, bytes, done);
}
