import type { ClipRequest, ClipResult } from '../clip/writeClip';
import { writeClip } from '../clip/writeClip';
import { fileBytes } from '../fmp4/bytes';
import type { FileFacts } from '../fmp4/facts';
import { fileFacts } from '../fmp4/facts';
import { scanFragments } from '../fmp4/scan';
import type { ChunkRequest, ChunkTable } from '../../playback/worker/chunks';
import { chunkBytes, chunkInit, chunkTable, placeEncoded } from '../../playback/worker/chunks';
import { pictureMotion } from '../../motionSearch/worker/pictureMotion';
import { scanSource } from '../../motionSearch/worker/scanSource';
import { frameBeside } from '../../playback/worker/framesBeside';
import { soundSource } from '../../playback/worker/soundSource';
import { prunePreviews, readPreview, removePreviews, writePreview } from '../../playback/worker/previewFiles';
import type { KeyFrames, KeyFramesRequest } from '../../playback/worker/keyFrames';
import { keyFrames } from '../../playback/worker/keyFrames';
import { folderState, markFolder, prepareFolder, tryFolder } from './folderIdentity';
import { hashFile } from './hash';
import { keepDurably, makeFolder, moveDurably, removeDurably, writeDurably } from './durable';
import type { PicturePackets, PictureRequest } from './picture';
import { picturePackets } from './picture';
import type { TreeFile } from './tree';
import { listFolders, listTree } from './tree';
import { disk } from './files';

/** Work on files that may block: it runs in the media worker, never on the main event loop. */
export const mediaOperations = {
  /**
   * Facts of a fragmented file.
   * @param from continue an earlier reading at its `wholeEnd`; then the facts are those of what was added
   */
  examine: (file: string, from: number): FileFacts => examine(file, from, null),
  /** Facts of the fragments that begin before a media time (seconds since the first picture). */
  examineUntil: (file: string, seconds: number): FileFacts => examine(file, 0, seconds),
  /** As `examineUntil`, of the fragments whose last picture ends by then. */
  examineBefore: (file: string, seconds: number): FileFacts => examine(file, 0, seconds, true),
  hashFile,
  makeFolder,
  keepDurably,
  moveDurably,
  removeDurably,
  writeDurably,
  /** Text of a small file; null when there is none. */
  readText: (file: string): string | null => {
    try {
      return disk.readFileSync(file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  },
  /** Bytes of a file; null when there is none. */
  sizeOf: (file: string): number | null => disk.statSync(file, { throwIfNoEntry: false })?.size ?? null,
  /** Last change, microseconds since the Unix epoch; null when there is no such file. */
  modifiedUs: (file: string): number | null => {
    const stat = disk.statSync(file, { throwIfNoEntry: false });
    return stat ? Math.round(stat.mtimeMs * 1000) : null;
  },
  listTree: (folder: string): TreeFile[] => listTree(folder),
  listFolders,
  /** Bytes of the file system that holds a folder; `free` is what an ordinary user may still write. */
  space: (folder: string): { free: number; total: number; device: number } => {
    const { bavail, blocks, bsize } = disk.statfsSync(folder);
    return { free: bavail * bsize, total: blocks * bsize, device: disk.statSync(folder).dev };
  },
  folderState,
  prepareFolder,
  markFolder,
  tryFolder,
  picturePackets: (request: PictureRequest): PicturePackets => picturePackets(request),
  writeClip: (request: ClipRequest): ClipResult => writeClip(request),
  chunkTable: (file: string, open: boolean): ChunkTable => chunkTable(file, open),
  chunkInit,
  chunkBytes: (request: ChunkRequest) => chunkBytes(request),
  placeEncoded,
  keyFrames: (request: KeyFramesRequest): KeyFrames => keyFrames(request),
  frameBeside,
  soundSource,
  scanSource,
  pictureMotion,
  writePreview,
  readPreview,
  removePreviews,
  prunePreviews,
} as const;

export type MediaOperations = typeof mediaOperations;
export type MediaOperation = keyof MediaOperations;

function examine(file: string, from: number, untilSeconds: number | null, isWhole = false): FileFacts {
  const fd = disk.openSync(file, 'r');
  try {
    const source = fileBytes(fd);
    const scan = scanFragments(source, from);
    const all = fileFacts(scan, source.size);
    if (untilSeconds === null || all.video?.firstPts == null) return all;
    const { firstPts, timescale } = all.video;
    const limit = firstPts + untilSeconds * timescale;
    const video = scan.init?.tracks.find((track) => track.kind === 'video');
    const kept = scan.fragments.filter((fragment) => {
      const samples = fragment.samples.filter((sample) => sample.trackId === video?.id);
      const [first] = samples;
      if (isWhole && samples.some(({ pts, duration }) => pts + duration > limit)) return false;
      return first !== undefined && first.pts < limit;
    });
    const wholeEnd = kept.at(-1)?.end ?? scan.initEnd;
    return fileFacts({ ...scan, fragments: kept, wholeEnd }, source.size);
  } finally {
    disk.closeSync(fd);
  }
}
