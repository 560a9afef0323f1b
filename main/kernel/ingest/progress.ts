/** One report of FFmpeg's `-progress`. */
export interface Progress {
  /** Pictures handed to the first output so far. */
  readonly frames: number;
  /** Media time that was handed out, seconds since the run's start; null before the first picture. */
  readonly mediaSeconds: number | null;
  /** The last report of the run. */
  readonly ended: boolean;
}

/**
 * Collects the `key=value` lines of `-progress` into reports.
 * @returns for each line the report that it completes, or null
 */
export function createProgressParser(): (line: string) => Progress | null {
  let frames = 0;
  let mediaSeconds: number | null = null;
  return (line) => {
    const separator = line.indexOf('=');
    if (separator < 0) return null;
    const key = line.slice(0, separator).trim();
    const value = line.slice(separator + 1).trim();
    if (key === 'frame') {
      if (/^\d+$/.test(value)) frames = Number(value);
    } else if (key === 'out_time_us') {
      // `N/A` before the first packet; negative while the first of reordered pictures are on their way.
      mediaSeconds = /^-?\d+$/.test(value) && frames > 0 ? Number(value) / 1e6 : mediaSeconds;
    } else if (key === 'progress') {
      return { frames, mediaSeconds, ended: value === 'end' };
    }
    return null;
  };
}
