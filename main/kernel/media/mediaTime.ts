import { LARGEST_SLEW } from '../../../contract/slew';

/** Where a file stands on the wall clock. */
export interface FilePlace {
  /** Wall clock of the file's first picture, microseconds. */
  readonly startUs: number;
  /** Wall clock at which its footage ends, microseconds. */
  readonly endUs: number;
  /** It may have grown since `endUs` was read. */
  readonly open: boolean;
}

export interface MediaTime {
  /** Wall clock of a media time (seconds since the first picture), microseconds. */
  wallUs(seconds: number): number;
  /** Media time of a wall clock, seconds since the first picture. */
  seconds(wallUs: number): number;
}

/**
 * Maps between a file's media time and the wall clock. A closed file is spread evenly between its start
 * and end, so that neighbours join without a jump; where that would be no slewing, seconds are seconds.
 * @param mediaSeconds from the first picture to the end of the last
 */
export function mediaTime(place: FilePlace, mediaSeconds: number): MediaTime {
  const ratio = mediaSeconds > 0 ? (place.endUs - place.startUs) / (mediaSeconds * 1e6) : 1;
  const rate = place.open || Math.abs(ratio - 1) > LARGEST_SLEW ? 1 : ratio;
  return {
    wallUs: (seconds) => Math.round(place.startUs + seconds * 1e6 * rate),
    seconds: (wallUs) => (wallUs - place.startUs) / 1e6 / rate,
  };
}

/**
 * Instants reach us in whole milliseconds, rounded down, while pictures lie between them: an instant means
 * the picture shown at any moment of its millisecond, so that asking for a picture's own time finds it again.
 * Seconds.
 */
export const INSTANT_WIDTH = 0.000999;

/** What rounding to whole microseconds may have taken away, seconds. */
export const MICROSECOND = 0.000001;
