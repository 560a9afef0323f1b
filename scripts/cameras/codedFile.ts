import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { CodedPicture } from './codedPicture';
import { CODE_COLUMNS, CODE_ROWS, decodePicture } from './codedPicture';

const run = promisify(execFile);
const SQUARES = CODE_COLUMNS * CODE_ROWS;

/**
 * Decodes a file and reads the code of each picture.
 * @returns in the order of the file; null for a picture whose code is damaged
 * @throws Error when FFmpeg cannot open the file
 */
export async function readCodedPictures(ffmpeg: string, file: string): Promise<(CodedPicture | null)[]> {
  // Each square becomes one byte: the mean over its area.
  const reduce = `crop=iw:iw/16:0:0,scale=${String(CODE_COLUMNS)}:${String(CODE_ROWS)}:flags=area,format=gray`;
  const { stdout } = await run(
    ffmpeg,
    ['-nostdin', '-v', 'error', '-i', `file:${file}`, '-map', '0:v:0', '-vf', reduce, '-f', 'rawvideo', '-'],
    { encoding: 'buffer', maxBuffer: 64 << 20 },
  );
  return Array.from({ length: Math.floor(stdout.length / SQUARES) }, (_, index) =>
    decodePicture(stdout.subarray(index * SQUARES, (index + 1) * SQUARES)),
  );
}
