import type { Sample } from '../../media/fmp4/fragment';
import { own, readSamples } from '../../playback/worker/chunks';
import { fragment, initSegment } from '../../playback/worker/fragmentWriter';
import { scannedFile } from '../../playback/worker/scanCache';

/** Key frames further apart than this say too little about what lies between them, seconds. */
const FURTHEST_KEYS = 2.5;
/** Of key frames that are closer together some are left out, seconds. */
const CLOSEST_KEYS = 0.45;

export interface ScanSource {
  /** A playable file for FFmpeg; empty where the stretch holds no picture. */
  readonly bytes: Uint8Array;
  /**
   * Of each picture, seconds since the file's first one; the first one may lie before the stretch.
   * Null: every picture is there, from `firstSeconds` on.
   */
  readonly seconds: readonly number[] | null;
  readonly firstSeconds: number;
  /** From the file's first picture to the end of the last, seconds. */
  readonly mediaSeconds: number;
}

/**
 * What has to be decoded to see motion in a stretch of a file: its key frames alone where they are close enough, every
 * picture otherwise.
 * @param from seconds since the file's first picture
 */
export function scanSource(file: string, from: number, to: number): ScanSource {
  const { track, pictures } = scannedFile(file);
  const { samples, timescale, firstPts } = pictures;
  const secondsOf = (sample: Sample): number => (sample.pts - firstPts) / timescale;
  const keys = samples.flatMap((sample, index) => (sample.sync ? [{ index, at: secondsOf(sample) }] : []));
  const shown = Math.max(
    0,
    keys.findLastIndex(({ at }) => at <= from),
  );
  const wanted = keys.filter(({ at }, index) => index >= shown && at < to);
  const last = samples.at(-1);
  const mediaSeconds = last ? secondsOf(last) + last.duration / timescale : 0;
  const first = wanted[0];
  if (!first) return { bytes: new Uint8Array(0), seconds: [], firstSeconds: from, mediaSeconds };
  const bounds = [...wanted.map(({ at }) => at), Math.min(to, mediaSeconds)];
  const furthest = Math.max(...bounds.slice(1).map((at, index) => at - (bounds[index] ?? at)));
  if (furthest > FURTHEST_KEYS) {
    const end = samples.findIndex(
      (sample, index) => index > first.index && sample.sync && secondsOf(sample) >= to,
    );
    const all = samples.slice(first.index, end < 0 ? samples.length : end);
    return {
      bytes: own(Buffer.concat([initSegment(track), fragment(all, 0, 1, readSamples(file, all))])),
      seconds: null,
      firstSeconds: first.at,
      mediaSeconds,
    };
  }
  const chosen: typeof wanted = [];
  for (const key of wanted) {
    const before = chosen.at(-1);
    if (before === undefined || key.at - before.at >= CLOSEST_KEYS) chosen.push(key);
  }
  const duration = Math.max(1, Math.round(timescale / 25));
  const body = chosen.flatMap(({ index }, place) => {
    const sample = samples[index];
    return sample ? [{ ...sample, dts: place * duration, pts: place * duration, duration }] : [];
  });
  const parts = [initSegment(track), fragment(body, 0, 1, singly(file))];
  return {
    bytes: own(Buffer.concat(parts)),
    seconds: chosen.map(({ at }) => at),
    firstSeconds: first.at,
    mediaSeconds,
  };
}

/** Key frames lie apart: each is read by itself. */
function singly(file: string): (sample: Sample) => Uint8Array {
  return (sample) => readSamples(file, [sample])(sample);
}
