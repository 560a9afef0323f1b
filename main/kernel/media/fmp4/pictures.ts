import { samplesOf, videoTrack } from './facts';
import type { Sample } from './fragment';
import type { Scan } from './scan';

/** The pictures of a file that can be shown: those from the first key frame on. */
export interface Pictures {
  readonly timescale: number;
  /** In decoding order, the first one is a key frame. */
  readonly samples: readonly Sample[];
  /** Presentation time of the first key frame, ticks: media time 0 of the file. */
  readonly firstPts: number;
}

/** Null when there are none. */
export function picturesOf(scan: Scan): Pictures | null {
  const track = videoTrack(scan);
  if (!track) return null;
  const all = samplesOf(scan, track);
  const key = all.findIndex((sample) => sample.sync);
  const first = all[key];
  return first ? { timescale: track.timescale, samples: all.slice(key), firstPts: first.pts } : null;
}

/**
 * Index of the picture that is shown at a presentation time: the latest one at or before it.
 * @param pts ticks
 * @returns -1 when the time is before the first picture
 */
export function pictureShownAt(pictures: Pictures, pts: number): number {
  let best = -1;
  let bestPts = Number.NEGATIVE_INFINITY;
  pictures.samples.forEach((sample, index) => {
    if (sample.pts > pts || sample.pts < pictures.firstPts || sample.pts < bestPts) return;
    best = index;
    bestPts = sample.pts;
  });
  return best;
}

/**
 * Index of the key frame from which a picture can be decoded. Pictures that are stored after a key frame
 * but shown before it refer to the one before.
 */
export function keyFrameFor(pictures: Pictures, index: number): number {
  const target = pictures.samples[index];
  for (let at = index; at > 0; at--) {
    const sample = pictures.samples[at];
    if (sample?.sync && target && sample.pts <= target.pts) return at;
  }
  return 0;
}
