import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { readCodedPictures } from '../../cameras/codedFile';
import { CODE_COLUMNS, CODE_ROWS, decodePicture } from '../../cameras/codedPicture';
import { runProgram } from '../../cameras/process';
import { ffmpegPath } from '../lib/setup';
import { running, startOne } from './children';

const SQUARES = CODE_COLUMNS * CODE_ROWS;
const QUICK = ['-fflags', 'nobuffer', '-analyzeduration', '0', '-probesize', '32'];
const INPUT = ['-v', 'error', '-nostdin', '-rtsp_transport', 'tcp'];
/** What came before is the start, milliseconds. */
const SETTLE_MS = 3000;

/** From painting to decoded pixels out of one bare FFmpeg with its options for low delay, milliseconds. */
export async function ffmpegPixels(url: string, seconds: number, signal: AbortSignal): Promise<number[]> {
  const reduce = `crop=iw:iw/16:0:0,scale=${String(CODE_COLUMNS)}:${String(CODE_ROWS)}:flags=area,format=gray`;
  const child = startOne(
    {
      file: ffmpegPath(),
      args: [
        ...[...INPUT, ...QUICK, '-flags', 'low_delay', '-threads', '1', '-i', url, '-map', '0:v:0'],
        ...['-vf', reduce, '-fps_mode', 'passthrough', '-flush_packets', '1', '-f', 'rawvideo', '-'],
      ],
    },
    ['ignore', 'pipe', 'ignore'],
  );
  const latencies: number[] = [];
  let rest = Buffer.alloc(0);
  const from = performance.now() + SETTLE_MS;
  child.stdout?.on('data', (chunk: Buffer) => {
    const now = Date.now();
    rest = Buffer.concat([rest, chunk]);
    for (; rest.length >= SQUARES; rest = rest.subarray(SQUARES)) {
      const coded = decodePicture(rest.subarray(0, SQUARES));
      if (coded && performance.now() >= from) latencies.push(now - coded.madeAtMs);
    }
  });
  await delay(SETTLE_MS + seconds * 1000, undefined, { signal });
  await running([child]).stop();
  return latencies;
}

/**
 * From painting to the last byte of the picture out of a bare FFmpeg that copies to fragmented MP4, milliseconds.
 * @param movflags how it fragments
 * @param file where the bytes are kept meanwhile
 */
export async function ffmpegFragments(
  { url, movflags, file }: { url: string; movflags: readonly string[]; file: string },
  seconds: number,
  signal: AbortSignal,
): Promise<number[]> {
  const child = startOne(
    {
      file: ffmpegPath(),
      args: [
        ...[...INPUT, ...QUICK, '-i', url, '-map', '0:v:0', '-c', 'copy', '-f', 'mp4', ...movflags],
        ...['-flush_packets', '1', '-'],
      ],
    },
    ['ignore', 'pipe', 'ignore'],
  );
  const arrivals: { readonly bytes: number; readonly atMs: number }[] = [];
  let bytes = 0;
  const kept = createWriteStream(file);
  const began = Date.now();
  child.stdout?.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    arrivals.push({ bytes, atMs: Date.now() });
    kept.write(chunk);
  });
  await delay(SETTLE_MS + seconds * 1000, undefined, { signal });
  await running([child]).stop();
  kept.end();
  await once(kept, 'finish');
  const pictures = await readCodedPictures(ffmpegPath(), file);
  const ends = (
    await runProgram('ffprobe', [
      ...['-v', 'error', '-select_streams', 'v:0', '-show_entries', 'packet=pos,size', '-of', 'csv=p=0'],
      `file:${file}`,
    ])
  )
    .trim()
    .split('\n')
    .map((line) => line.split(',').map(Number))
    .map(([size = NaN, position = NaN]) => position + size);
  return pictures.flatMap((picture, index) => {
    const end = ends[index];
    const arrival = arrivals.find((one) => end !== undefined && one.bytes >= end);
    const isSettled = arrival !== undefined && arrival.atMs - began >= SETTLE_MS;
    return picture === null || !isSettled ? [] : [arrival.atMs - picture.madeAtMs];
  });
}
