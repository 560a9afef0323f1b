import type { Track } from '../fmp4/init';
import { box, fullBox, i32, runLengths, u16, u32, u64 } from './build';
import type { Chunk } from './layout';
import { durations } from './layout';
import type { ClipTrack, Timeline } from './timeline';

/** Seconds from 1904-01-01, where MP4 counts from, to 1970-01-01. */
const MP4_EPOCH = 2_082_844_800;
const IDENTITY = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);

export interface MoovOptions {
  readonly timeline: Timeline;
  readonly chunks: readonly Chunk[];
  /** Where the content of `mdat` begins in the file, bytes. */
  readonly dataAt: number;
  /** Wall clock of the first picture shown, microseconds; becomes the creation time. */
  readonly startUs: number;
}

/** The index of a clip. Its length does not depend on `dataAt`. */
export function buildMoov(options: MoovOptions): Buffer {
  const { video, audio } = options.timeline;
  // The video's time base is the movie's, so that edits of the video are exact to the tick.
  const movieScale = video.track.timescale;
  const created = Math.floor(options.startUs / 1e6) + MP4_EPOCH;
  const tracks = [trak(1, video, 'video', movieScale, created, options)];
  if (audio) tracks.push(trak(2, audio, 'audio', movieScale, created, options));
  const mvhd = fullBox(
    'mvhd',
    1,
    0,
    u64(created, created),
    u32(movieScale),
    u64(video.editDuration),
    u32(0x10000),
    u16(0x100, 0),
    u32(0, 0),
    IDENTITY,
    u32(0, 0, 0, 0, 0, 0),
    u32(tracks.length + 1),
  );
  return box('moov', mvhd, ...tracks);
}

function trak(
  id: number,
  clip: ClipTrack,
  kind: Chunk['track'],
  movieScale: number,
  created: number,
  options: MoovOptions,
): Buffer {
  const { track } = clip;
  const inMovie = (ticks: number): number => Math.round((ticks * movieScale) / track.timescale);
  const shown = inMovie(clip.emptyBefore) + inMovie(clip.editDuration);
  const edits = [u64(inMovie(clip.editDuration), clip.editStart), u32(0x10000)];
  if (clip.emptyBefore > 0) edits.unshift(u64(inMovie(clip.emptyBefore)), i32(-1, -1), u32(0x10000));
  const mdhd = fullBox(
    'mdhd',
    1,
    0,
    u64(created, created),
    u32(track.timescale),
    u64(clip.endDts),
    u16(0x55c4, 0),
  );
  return box(
    'trak',
    tkhd(track, id, shown, created),
    box('edts', fullBox('elst', 1, 0, u32(clip.emptyBefore > 0 ? 2 : 1), ...edits)),
    box(
      'mdia',
      mdhd,
      track.boxes.hdlr,
      box(
        'minf',
        ...(track.boxes.mediaHeader ? [track.boxes.mediaHeader] : []),
        track.boxes.dinf,
        sampleTable(
          clip,
          options.chunks.filter((chunk) => chunk.track === kind),
          options.dataAt,
        ),
      ),
    ),
  );
}

/** Layer, volume, matrix and size are the source's: a rotated or stretched picture stays so. */
function tkhd(track: Track, id: number, duration: number, created: number): Buffer {
  const source = track.boxes.tkhd;
  const version = source.readUInt8(8);
  const rest = source.subarray(8 + 4 + (version === 1 ? 32 : 20));
  return fullBox('tkhd', 1, 3, u64(created, created), u32(id, 0), u64(duration), rest);
}

function sampleTable(clip: ClipTrack, chunks: readonly Chunk[], dataAt: number): Buffer {
  const { samples, track } = clip;
  const stts = runLengths(durations(samples, clip.endDts)).map(([delta, count]) => u32(count, delta));
  const parts = [describedAsHvc1(track), fullBox('stts', 0, 0, u32(stts.length), ...stts)];
  if (track.kind === 'video') {
    const keys = samples.flatMap((placed, index) => (placed.sample.sync ? [index + 1] : []));
    if (keys.length < samples.length) parts.push(fullBox('stss', 0, 0, u32(keys.length), u32(...keys)));
    if (samples.some((placed) => placed.offset !== 0)) parts.push(compositionOffsets(clip));
  }
  const perChunk = chunks.map((chunk) => chunk.samples);
  const changes = perChunk.flatMap((count, index) =>
    perChunk[index - 1] === count ? [] : [u32(index + 1, count, 1)],
  );
  parts.push(
    fullBox('stsc', 0, 0, u32(changes.length), ...changes),
    fullBox('stsz', 0, 0, u32(0, samples.length), u32(...samples.map((placed) => placed.sample.size))),
    fullBox('co64', 0, 0, u32(chunks.length), u64(...chunks.map((chunk) => chunk.at + dataAt))),
  );
  return box('stbl', ...parts);
}

function compositionOffsets(clip: ClipTrack): Buffer {
  const runs = runLengths(clip.samples.map((placed) => placed.offset));
  const version = runs.some(([offset]) => offset < 0) ? 1 : 0;
  const entries = runs.map(([offset, count]) => Buffer.concat([u32(count), i32(offset)]));
  return fullBox('ctts', version, 0, u32(entries.length), ...entries);
}

/** Where the entry's type stands in `stsd`: box header, version and flags, count, entry size. */
const ENTRY_TYPE_AT = 8 + 4 + 4 + 4;

/**
 * H.265 is announced as hvc1: Apple's players refuse hev1. Only where the parameter sets stand in the
 * entry, as hvc1 demands.
 */
function describedAsHvc1(track: Track): Buffer {
  const { stsd } = track.boxes;
  if (stsd.toString('latin1', ENTRY_TYPE_AT, ENTRY_TYPE_AT + 4) !== 'hev1') return stsd;
  const hvcC = stsd.indexOf('hvcC');
  const arrays = hvcC < 0 ? 0 : (stsd[hvcC + 4 + 22] ?? 0);
  if (arrays === 0) return stsd;
  const tagged = Buffer.from(stsd);
  tagged.write('hvc1', ENTRY_TYPE_AT, 'latin1');
  return tagged;
}
