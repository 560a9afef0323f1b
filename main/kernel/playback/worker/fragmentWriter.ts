import { box, fullBox, i32, u16, u32, u64 } from '../../media/clip/build';
import type { Sample } from '../../media/fmp4/fragment';
import type { Track } from '../../media/fmp4/init';

const IDENTITY = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);
const SYNC = 0x02000000;
const NOT_SYNC = 0x01010000;

/** The head of a fragmented file that holds one video track and nothing else. */
export function initSegment(track: Track): Buffer {
  const source = track.boxes.tkhd;
  const version = source.readUInt8(8);
  // Layer, volume, matrix and size are the camera's.
  const look = source.subarray(8 + 4 + (version === 1 ? 32 : 20));
  return Buffer.concat([
    box('ftyp', Buffer.from('iso6', 'latin1'), u32(512), Buffer.from('iso6iso5mp41', 'latin1')),
    box(
      'moov',
      fullBox(
        'mvhd',
        1,
        0,
        ...[u64(0, 0), u32(track.timescale), u64(0), u32(0x10000), u16(0x100, 0), u32(0, 0)],
        ...[IDENTITY, u32(0, 0, 0, 0, 0, 0), u32(2)],
      ),
      box(
        'trak',
        fullBox('tkhd', 1, 3, u64(0, 0), u32(1, 0), u64(0), look),
        box(
          'mdia',
          fullBox('mdhd', 1, 0, u64(0, 0), u32(track.timescale), u64(0), u16(0x55c4, 0)),
          track.boxes.hdlr,
          box(
            'minf',
            ...(track.boxes.mediaHeader ? [track.boxes.mediaHeader] : []),
            track.boxes.dinf,
            box(
              'stbl',
              track.boxes.stsd,
              fullBox('stts', 0, 0, u32(0)),
              fullBox('stsc', 0, 0, u32(0)),
              fullBox('stsz', 0, 0, u32(0, 0)),
              fullBox('stco', 0, 0, u32(0)),
            ),
          ),
        ),
      ),
      box('mvex', fullBox('trex', 0, 0, u32(1, 1, 0, 0, 0))),
    ),
  ]);
}

/**
 * One fragment of pictures in decoding order. The first one is shown at `startTicks` and decoded then too: players
 * take the decoding time for the beginning, so the delay of B-frames goes into (negative) composition offsets.
 * @param startTicks presentation time of the first sample, 0 or more, ticks of the track
 */
export function fragment(
  samples: readonly Sample[],
  startTicks: number,
  sequence: number,
  read: (sample: Sample) => Uint8Array,
): Buffer {
  const first = samples[0];
  if (!first) return Buffer.alloc(0);
  const delay = first.pts - first.dts;
  const entries = samples.map((sample) =>
    Buffer.concat([
      u32(sample.duration, sample.size, sample.sync ? SYNC : NOT_SYNC),
      i32(sample.pts - sample.dts - delay),
    ]),
  );
  const moof = (dataAt: number): Buffer =>
    box(
      'moof',
      fullBox('mfhd', 0, 0, u32(sequence)),
      box(
        'traf',
        fullBox('tfhd', 0, 0x020000, u32(1)),
        fullBox('tfdt', 1, 0, u64(startTicks)),
        fullBox('trun', 1, 0xf01, u32(samples.length), i32(dataAt), ...entries),
      ),
    );
  const head = moof(moof(0).length + 8);
  return Buffer.concat([head, box('mdat', ...samples.map((sample) => Buffer.from(read(sample))))]);
}
