import { VasError } from '../../../base/errors';
import type { Box } from './boxes';
import { BoxReader, childBoxes, requireBox } from './boxes';
import { codecOf } from './codecs';

/** Boxes of a track that a copy takes over as they are. */
export interface TrackBoxes {
  readonly tkhd: Buffer;
  readonly hdlr: Buffer;
  /** vmhd, smhd or nmhd. */
  readonly mediaHeader: Buffer | null;
  readonly dinf: Buffer;
  readonly stsd: Buffer;
}

export interface SampleDefaults {
  readonly duration: number;
  readonly size: number;
  readonly flags: number;
}

export interface Track {
  readonly id: number;
  readonly kind: 'video' | 'audio' | 'other';
  /** Ticks per second. */
  readonly timescale: number;
  /** FFmpeg's codec name. */
  readonly codec: string;
  /** Pixels; 0 unless video. */
  readonly width: number;
  readonly height: number;
  readonly defaults: SampleDefaults;
  readonly boxes: TrackBoxes;
}

/** What a fragmented file says about its tracks before the first fragment. */
export interface InitSegment {
  readonly tracks: readonly Track[];
}

/** Parses a `moov` box. @throws VasError invalid */
export function parseMoov(buffer: Buffer, moov: Box): InitSegment {
  const children = childBoxes(buffer, moov.body, moov.end);
  const defaults = new Map<number, SampleDefaults>();
  const mvex = children.find((box) => box.type === 'mvex');
  if (!mvex) throw new VasError('invalid', 'The file is not a fragmented MP4 file.');
  for (const trex of childBoxes(buffer, mvex.body, mvex.end)) {
    if (trex.type !== 'trex') continue;
    const reader = new BoxReader(buffer, trex);
    reader.skip(4);
    const id = reader.u32();
    reader.skip(4);
    defaults.set(id, { duration: reader.u32(), size: reader.u32(), flags: reader.u32() });
  }
  const tracks = children
    .filter((box) => box.type === 'trak')
    .map((trak) => parseTrak(buffer, trak, defaults));
  if (new Set(tracks.map((track) => track.id)).size !== tracks.length)
    throw new VasError('invalid', 'The file is damaged: two tracks have one number.');
  return { tracks };
}

function parseTrak(buffer: Buffer, trak: Box, defaults: ReadonlyMap<number, SampleDefaults>): Track {
  const inTrak = childBoxes(buffer, trak.body, trak.end);
  const tkhd = requireBox(inTrak, 'tkhd');
  const mdia = requireBox(inTrak, 'mdia');
  const inMdia = childBoxes(buffer, mdia.body, mdia.end);
  const hdlr = requireBox(inMdia, 'hdlr');
  const minf = requireBox(inMdia, 'minf');
  const inMinf = childBoxes(buffer, minf.body, minf.end);
  const dinf = requireBox(inMinf, 'dinf');
  const stbl = requireBox(inMinf, 'stbl');
  const stsd = requireBox(childBoxes(buffer, stbl.body, stbl.end), 'stsd');

  const header = new BoxReader(buffer, tkhd);
  header.skip(header.versionAndFlags().version === 1 ? 16 : 8);
  const id = header.u32();

  const kind = kindOf(buffer, hdlr);
  const entries = new BoxReader(buffer, stsd);
  entries.skip(4);
  if (entries.u32() === 0) throw new VasError('invalid', 'The file is damaged: a track has no format.');
  const entry = childBoxes(buffer, stsd.body + 8, stsd.end)[0];
  if (!entry) throw new VasError('invalid', 'The file is damaged: a track has no format.');
  const size = kind === 'video' ? pictureSize(buffer, entry) : { width: 0, height: 0 };
  const raw = (box: Box | undefined): Buffer | null =>
    box ? Buffer.from(buffer.subarray(box.start, box.end)) : null;
  return {
    id,
    kind,
    timescale: timescaleOf(buffer, requireBox(inMdia, 'mdhd')),
    codec: codecOf(buffer, entry, kind),
    ...size,
    defaults: defaults.get(id) ?? { duration: 0, size: 0, flags: 0 },
    boxes: {
      tkhd: Buffer.from(buffer.subarray(tkhd.start, tkhd.end)),
      hdlr: Buffer.from(buffer.subarray(hdlr.start, hdlr.end)),
      mediaHeader: raw(inMinf.find((box) => ['vmhd', 'smhd', 'nmhd'].includes(box.type))),
      dinf: Buffer.from(buffer.subarray(dinf.start, dinf.end)),
      stsd: Buffer.from(buffer.subarray(stsd.start, stsd.end)),
    },
  };
}

function kindOf(buffer: Buffer, hdlr: Box): Track['kind'] {
  const reader = new BoxReader(buffer, hdlr);
  reader.skip(8);
  const handler = reader.text(4);
  return handler === 'vide' ? 'video' : handler === 'soun' ? 'audio' : 'other';
}

function timescaleOf(buffer: Buffer, mdhd: Box): number {
  const reader = new BoxReader(buffer, mdhd);
  reader.skip(reader.versionAndFlags().version === 1 ? 16 : 8);
  const timescale = reader.u32();
  if (timescale === 0) throw new VasError('invalid', 'The file is damaged: a track has no time base.');
  return timescale;
}

/** Width and height of a visual sample entry, pixels. */
function pictureSize(buffer: Buffer, entry: Box): { width: number; height: number } {
  const reader = new BoxReader(buffer, entry);
  reader.skip(24);
  return { width: reader.u16(), height: reader.u16() };
}
