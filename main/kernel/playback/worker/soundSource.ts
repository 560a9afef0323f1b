import { own, readSamples } from './chunks';
import { fragment, initSegment } from './fragmentWriter';
import { scannedFile } from './scanCache';

/** A decoder of sound needs some of what came before, seconds. */
const BEFORE = 0.15;

export interface SoundSource {
  /** A playable file with the sound alone; empty where there is none. */
  readonly bytes: Uint8Array;
  /** Where it begins, seconds since the file's first picture; a little before what was asked for. */
  readonly startSeconds: number;
}

/** The packets of sound that are heard in a stretch. @param from seconds since the file's first picture */
export function soundSource(file: string, from: number, to: number): SoundSource {
  const { sound, pictures } = scannedFile(file);
  const zero = pictures.firstPts / pictures.timescale;
  if (sound === null) return { bytes: new Uint8Array(0), startSeconds: from };
  const { timescale } = sound.track;
  const at = (pts: number): number => pts / timescale - zero;
  const wanted = sound.samples.filter(
    ({ pts, duration }) => at(pts + duration) > from - BEFORE && at(pts) < to,
  );
  const first = wanted[0];
  if (first === undefined || !wanted.some(({ pts, duration }) => at(pts + duration) > from))
    return { bytes: new Uint8Array(0), startSeconds: from };
  const body = fragment(wanted, 0, 1, readSamples(file, wanted));
  return { bytes: own(Buffer.concat([initSegment(sound.track), body])), startSeconds: at(first.pts) };
}
