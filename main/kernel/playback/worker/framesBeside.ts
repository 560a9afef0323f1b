import { INSTANT_WIDTH } from '../../media/mediaTime';
import { scannedFile } from './scanCache';

/**
 * Picture beside a media time of a file, in order of being shown.
 * @param seconds since the file's first picture; a picture that begins within its millisecond is the one shown, as in a tile
 * @returns its time, seconds; null when the file has none there
 */
export function frameBeside(
  file: string,
  seconds: number,
  which: 'shown' | 'next' | 'previous',
): number | null {
  const { pictures } = scannedFile(file);
  const { samples, timescale, firstPts } = pictures;
  const times = samples
    .filter((sample) => sample.pts >= firstPts)
    .map((sample) => (sample.pts - firstPts) / timescale)
    .sort((a, b) => a - b);
  const shown = times.findLastIndex((time) => time <= seconds + INSTANT_WIDTH);
  const index = which === 'shown' ? shown : which === 'next' ? shown + 1 : shown - 1;
  return times[index] ?? null;
}
