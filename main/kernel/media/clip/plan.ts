import { audioTrack, samplesOf, videoTrack } from '../fmp4/facts';
import type { Sample } from '../fmp4/fragment';
import type { Track } from '../fmp4/init';
import { keyFrameFor, pictureShownAt, picturesOf } from '../fmp4/pictures';
import type { Scan } from '../fmp4/scan';
import type { FilePlace, MediaTime } from '../mediaTime';
import { INSTANT_WIDTH, mediaTime, MICROSECOND } from '../mediaTime';

export interface ClipSource extends FilePlace {
  readonly scan: Scan;
}

/** What of one source goes into a clip. */
export interface Cut {
  readonly source: ClipSource;
  readonly video: Track;
  /** From the key frame that the first shown picture needs to the last one needed, in decoding order. */
  readonly videoSamples: readonly Sample[];
  /**
   * Pictures that are stored after the first key frame but shown before it. Only a player that comes from
   * the footage before can show them.
   */
  readonly leading: ReadonlySet<Sample>;
  /** Presentation times between which the clip shows this source, ticks of the video track. */
  readonly fromPts: number;
  readonly toPts: number;
  /** Those two on the wall clock, microseconds. */
  readonly fromUs: number;
  readonly toUs: number;
  readonly audio: Track | null;
  readonly audioSamples: readonly Sample[];
  /** `fromPts` and `toPts` in ticks of the audio track. */
  readonly audioFrom: number;
  readonly audioTo: number;
}

/**
 * What of a source is shown between two instants: from the picture shown at `fromUs` (its first one where
 * it begins later) up to `toUs`. Null when nothing is.
 */
export function cutSource(source: ClipSource, fromUs: number, toUs: number): Cut | null {
  const video = videoTrack(source.scan);
  const pictures = picturesOf(source.scan);
  if (!video || !pictures) return null;
  const { timescale, samples, firstPts } = pictures;
  const endPts = samples.reduce((end, sample) => Math.max(end, sample.pts + sample.duration), firstPts);
  const time = mediaTime(source, (endPts - firstPts) / timescale);
  const ptsAt = (us: number, margin: number): number =>
    Math.floor(firstPts + (time.seconds(us) + margin) * timescale);
  const toPts = Math.min(endPts, ptsAt(toUs, MICROSECOND));
  const wanted = Math.max(firstPts, ptsAt(fromUs, INSTANT_WIDTH));
  if (wanted >= endPts || toPts <= wanted) return null;
  const first = pictureShownAt(pictures, wanted);
  const firstSample = samples[first];
  if (!firstSample) return null;
  const lastNeeded = samples.findLastIndex((sample) => sample.pts < toPts);
  const fromPts = firstSample.pts;
  const videoSamples = samples.slice(keyFrameFor(pictures, first), lastNeeded + 1);
  return {
    source,
    video,
    videoSamples,
    leading: new Set(videoSamples.filter((sample) => sample.pts < firstPts)),
    fromPts,
    toPts,
    fromUs: time.wallUs((fromPts - firstPts) / timescale),
    toUs: wallOf(time, (toPts - firstPts) / timescale, source),
    ...cutAudio(source.scan, fromPts / timescale, toPts / timescale),
  };
}

/** Rounding must not carry a clip beyond its footage. */
function wallOf(time: MediaTime, seconds: number, place: FilePlace): number {
  const us = time.wallUs(seconds);
  return place.open ? us : Math.min(us, place.endUs);
}

/** @param from seconds of the file's own time line, which its tracks share */
function cutAudio(
  scan: Scan,
  from: number,
  to: number,
): Pick<Cut, 'audio' | 'audioSamples' | 'audioFrom' | 'audioTo'> {
  const audio = audioTrack(scan);
  if (!audio) return { audio: null, audioSamples: [], audioFrom: 0, audioTo: 0 };
  const audioFrom = Math.round(from * audio.timescale);
  const audioTo = Math.round(to * audio.timescale);
  const audioSamples = samplesOf(scan, audio).filter(
    (sample) => sample.dts + sample.duration > audioFrom && sample.dts < audioTo,
  );
  return { audio, audioSamples, audioFrom, audioTo };
}

/**
 * The longest run of neighbours around the source that holds `anchorUs` (or is nearest to it) which one
 * video track can carry: a camera that changed its format begins a run of its own.
 */
export function joinable(cuts: readonly Cut[], anchorUs: number): Cut[] {
  const distance = (cut: Cut): number => Math.max(0, cut.fromUs - anchorUs, anchorUs - cut.toUs);
  let anchor = 0;
  cuts.forEach((cut, index) => {
    const best = cuts[anchor];
    if (best && distance(cut) < distance(best)) anchor = index;
  });
  const model = cuts[anchor];
  if (!model) return [];
  let from = anchor;
  let to = anchor;
  const fits = (cut: Cut | undefined): boolean => cut !== undefined && sameFormat(cut.video, model.video);
  while (fits(cuts[from - 1])) from--;
  while (fits(cuts[to + 1])) to++;
  return cuts.slice(from, to + 1);
}

export function sameFormat(a: Track | null, b: Track | null): boolean {
  if (!a || !b) return a === b;
  return a.timescale === b.timescale && a.boxes.stsd.equals(b.boxes.stsd);
}
