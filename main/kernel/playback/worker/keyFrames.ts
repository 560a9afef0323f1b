import { closeSync, openSync, readSync } from 'node:fs';
import { VasError } from '../../../base/errors';
import { childBoxes } from '../../media/fmp4/boxes';
import type { Sample } from '../../media/fmp4/fragment';
import type { Track } from '../../media/fmp4/init';
import { own } from './chunks';
import { fragment, initSegment } from './fragmentWriter';
import { scannedFile } from './scanCache';

export interface KeyFramesRequest {
  readonly file: string;
  /** Seconds since the file's first picture; key frames in between, and the one shown at `from`. */
  readonly from: number;
  readonly to: number;
  /** At least this lies between two of them, seconds. */
  readonly step: number;
  readonly most: number;
  /** Take the last ones of the stretch rather than the first. */
  readonly backwards: boolean;
  /** As a playable file, for FFmpeg. */
  readonly asFile: boolean;
}

export interface KeyFrames {
  readonly codec: string;
  /** As WebCodecs names it; null when it cannot be told. */
  readonly codecString: string | null;
  /** Of the decoder's set-up (avcC, hvcC), bytes as base64; null when there is none. */
  readonly description: string | null;
  readonly width: number;
  readonly height: number;
  /** In time order: seconds since the file's first picture, and how many bytes of `bytes`. */
  readonly frames: readonly { readonly seconds: number; readonly size: number }[];
  readonly bytes: Uint8Array;
}

/** Bytes before the child boxes of a visual sample entry, from its beginning. */
const ENTRY_HEAD = 8 + 78;

/** Key frames of a stretch of a file, for fast and reverse play and for scrubbing. */
export function keyFrames(request: KeyFramesRequest): KeyFrames {
  const { track, pictures } = scannedFile(request.file);
  const { samples, timescale, firstPts } = pictures;
  const seconds = (sample: Sample): number => (sample.pts - firstPts) / timescale;
  const keys = samples.filter(({ sync }) => sync);
  const shown = keys.findLastIndex((sample) => seconds(sample) <= request.from);
  const inside = keys.filter(
    (sample, index) => index === shown || (seconds(sample) > request.from && seconds(sample) < request.to),
  );
  const chosen = spaced(request.backwards ? inside.reverse() : inside, seconds, request.step).slice(
    0,
    request.most,
  );
  if (request.backwards) chosen.reverse();
  const fd = openSync(request.file, 'r');
  try {
    const read = (sample: Sample): Uint8Array => {
      const bytes = Buffer.allocUnsafe(sample.size);
      if (readSync(fd, bytes, 0, sample.size, sample.offset) < sample.size)
        throw new VasError('not_found', 'The footage was removed while it was read.');
      return bytes;
    };
    const bytes = request.asFile
      ? Buffer.concat([initSegment(track), fragment(inSequence(chosen, timescale), 0, 1, read)])
      : Buffer.concat(chosen.map(read));
    const entry = decoderEntry(track);
    return {
      ...{ codec: track.codec, width: track.width, height: track.height, bytes: own(bytes) },
      codecString: entry?.codecString ?? null,
      description: entry?.description.toString('base64') ?? null,
      frames: chosen.map((sample) => ({ seconds: seconds(sample), size: sample.size })),
    };
  } finally {
    closeSync(fd);
  }
}

function spaced(keys: readonly Sample[], seconds: (sample: Sample) => number, step: number): Sample[] {
  const chosen: Sample[] = [];
  let last: number | null = null;
  for (const key of keys) {
    const at = seconds(key);
    if (last !== null && Math.abs(at - last) < step) continue;
    chosen.push(key);
    last = at;
  }
  return chosen;
}

/** One after the other without pauses: FFmpeg is to decode them, not to wait. */
function inSequence(keys: readonly Sample[], timescale: number): Sample[] {
  const duration = Math.max(1, Math.round(timescale / 25));
  return keys.map((key, index) => ({ ...key, dts: index * duration, pts: index * duration, duration }));
}

function decoderEntry(track: Track): { codecString: string | null; description: Buffer } | null {
  const { stsd } = track.boxes;
  const entryAt = 16;
  const entryEnd = entryAt + stsd.readUInt32BE(entryAt);
  const children = childBoxes(stsd, entryAt + ENTRY_HEAD, entryEnd);
  const record = children.find(({ type }) => type === 'avcC' || type === 'hvcC' || type === 'av1C');
  if (!record) return null;
  const description = stsd.subarray(record.body, record.end);
  const hex = (at: number): string => (description[at] ?? 0).toString(16).padStart(2, '0');
  return {
    codecString: record.type === 'avcC' ? `avc1.${hex(1)}${hex(2)}${hex(3)}` : null,
    description: Buffer.from(description),
  };
}
