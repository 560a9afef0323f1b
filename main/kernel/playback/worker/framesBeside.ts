import { scannedFile } from './scanCache';

/**
 * Picture beside a media time of a file, in order of being shown.
 * @param seconds since the file's first picture
 * @returns its time, seconds; null when the file has none there
 */
export function frameBeside(
  file: string,
  seconds: number,
  which: 'shown' | 'next' | 'previous',
): number | null {
  const { pictures } = scannedFile(file);
  const { samples, timescale, firstPts } = pictures;
  // Half a tick and the rounding to whole microseconds: a picture's own time finds the picture.
  const slack = 0.5 / timescale + 0.000002;
  const times = samples
    .filter((sample) => sample.pts >= firstPts)
    .map((sample) => (sample.pts - firstPts) / timescale)
    .sort((a, b) => a - b);
  const shown = times.findLastIndex((time) => time <= seconds + slack);
  const index = which === 'shown' ? shown : which === 'next' ? shown + 1 : shown - 1;
  return times[index] ?? null;
}
