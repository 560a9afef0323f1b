import { VasError } from '../../../base/errors';
import type { Box } from './boxes';
import { BoxReader, childBoxes, requireBox } from './boxes';
import type { InitSegment, Track } from './init';

/** One picture or audio packet. Times in ticks of its track. */
export interface Sample {
  readonly trackId: number;
  /** Decoding time. */
  readonly dts: number;
  /** Presentation time: dts plus the composition offset. */
  readonly pts: number;
  readonly duration: number;
  /** Can be decoded without any other. */
  readonly sync: boolean;
  /** Position in the file, bytes. */
  readonly offset: number;
  readonly size: number;
}

/** A `moof` with the `mdat` that follows it. */
export interface Fragment {
  /** Byte range of the file, from the `moof` to the end of the `mdat`. */
  readonly start: number;
  readonly end: number;
  /** Of all known tracks, each track in decoding order. */
  readonly samples: readonly Sample[];
}

/** More samples than a fragment of half a second can have by a factor of a thousand. */
const MAX_SAMPLES = 200_000;
const NOT_SYNC = 0x10000;

interface TrackFragment {
  readonly track: Track;
  readonly base: number;
  readonly duration: number;
  readonly size: number;
  readonly flags: number;
}

/**
 * Parses a `moof` box.
 * @param moofAt where the box begins in the file, bytes
 * @throws VasError invalid
 */
export function parseMoof(buffer: Buffer, moof: Box, moofAt: number, init: InitSegment): Sample[] {
  const samples: Sample[] = [];
  for (const traf of childBoxes(buffer, moof.body, moof.end)) {
    if (traf.type !== 'traf') continue;
    const children = childBoxes(buffer, traf.body, traf.end);
    const header = parseTfhd(new BoxReader(buffer, requireBox(children, 'tfhd')), moofAt, init);
    if (!header) continue;
    let dts = parseTfdt(new BoxReader(buffer, requireBox(children, 'tfdt')));
    let dataAt = header.base;
    for (const trun of children) {
      if (trun.type !== 'trun') continue;
      const end = parseTrun(new BoxReader(buffer, trun), header, dts, dataAt, samples);
      dts = end.dts;
      dataAt = end.dataAt;
    }
  }
  return samples;
}

/** Null for a track that the file does not announce. */
function parseTfhd(reader: BoxReader, moofAt: number, init: InitSegment): TrackFragment | null {
  const { flags } = reader.versionAndFlags();
  const id = reader.u32();
  const track = init.tracks.find((candidate) => candidate.id === id);
  if (!track) return null;
  const base = flags & 0x1 ? reader.u64() : moofAt;
  if (flags & 0x2) reader.skip(4);
  return {
    track,
    base,
    duration: flags & 0x8 ? reader.u32() : track.defaults.duration,
    size: flags & 0x10 ? reader.u32() : track.defaults.size,
    flags: flags & 0x20 ? reader.u32() : track.defaults.flags,
  };
}

/** FFmpeg writes a negative one where sound that comes late began before the picture that the file was cut at. */
function parseTfdt(reader: BoxReader): number {
  return reader.versionAndFlags().version === 1 ? reader.i64() : reader.u32();
}

function parseTrun(
  reader: BoxReader,
  header: TrackFragment,
  startDts: number,
  startAt: number,
  into: Sample[],
): { dts: number; dataAt: number } {
  const { version, flags } = reader.versionAndFlags();
  const count = reader.u32();
  if (into.length + count > MAX_SAMPLES)
    throw new VasError('invalid', 'The file is damaged: a fragment has too many samples.');
  let dataAt = flags & 0x1 ? header.base + reader.i32() : startAt;
  let dts = startDts;
  const firstFlags = flags & 0x4 ? reader.u32() : null;
  for (let index = 0; index < count; index++) {
    const duration = flags & 0x100 ? reader.u32() : header.duration;
    const size = flags & 0x200 ? reader.u32() : header.size;
    const own = flags & 0x400 ? reader.u32() : header.flags;
    const offset = flags & 0x800 ? (version === 0 ? reader.u32() : reader.i32()) : 0;
    const sampleFlags = index === 0 && firstFlags !== null ? firstFlags : own;
    into.push({
      trackId: header.track.id,
      dts,
      pts: dts + offset,
      duration,
      sync: (sampleFlags & NOT_SYNC) === 0,
      offset: dataAt,
      size,
    });
    dts += duration;
    dataAt += size;
  }
  if (!Number.isSafeInteger(dts) || !Number.isSafeInteger(dataAt))
    throw new VasError('invalid', 'The file is damaged: a number is too large.');
  return { dts, dataAt };
}
