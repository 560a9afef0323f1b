import { closeSync, openSync, statSync } from 'node:fs';
import { fileBytes } from '../../media/fmp4/bytes';
import { audioTrack, samplesOf } from '../../media/fmp4/facts';
import type { Sample } from '../../media/fmp4/fragment';
import type { Pictures } from '../../media/fmp4/pictures';
import { picturesOf } from '../../media/fmp4/pictures';
import type { Track } from '../../media/fmp4/init';
import { scanFragments } from '../../media/fmp4/scan';
import { VasError } from '../../../base/errors';

/** What playback needs to know of a file: its tracks and where their pictures and packets of sound lie. */
export interface Scanned {
  readonly track: Track;
  readonly pictures: Pictures;
  /** Null: it has none. */
  readonly sound: { readonly track: Track; readonly samples: readonly Sample[] } | null;
}

/** Files of a minute: a wall of sixteen tiles needs three of each. */
const MOST_FILES = 64;
const cache = new Map<
  string,
  { readonly size: number; readonly mtimeMs: number; readonly scanned: Scanned }
>();

/** The headers of a file, read once as long as it does not change. @throws VasError not_found without a picture */
export function scannedFile(file: string): Scanned {
  const { size, mtimeMs } = statSync(file);
  const known = cache.get(file);
  if (known?.size === size && known.mtimeMs === mtimeMs) {
    cache.delete(file);
    cache.set(file, known);
    return known.scanned;
  }
  const fd = openSync(file, 'r');
  try {
    const scan = scanFragments(fileBytes(fd));
    const track = scan.init?.tracks.find((candidate) => candidate.kind === 'video');
    const pictures = picturesOf(scan);
    if (!track || !pictures) throw new VasError('not_found', 'There is no picture in this footage.');
    const audio = audioTrack(scan);
    const sound = audio === null ? null : { track: audio, samples: samplesOf(scan, audio) };
    const scanned = { track, pictures, sound };
    cache.set(file, { size, mtimeMs, scanned });
    for (const oldest of cache.keys()) {
      if (cache.size <= MOST_FILES) break;
      cache.delete(oldest);
    }
    return scanned;
  } finally {
    closeSync(fd);
  }
}
