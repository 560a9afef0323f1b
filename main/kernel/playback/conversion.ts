import { VasError } from '../../base/errors';
import type { MediaJobs } from '../media/jobs';

/** Wider pictures are scaled down, pixels. */
const MAX_WIDTH = 1280;
const CHUNK_TIMEOUT_MS = 20_000;
const KEYS_TIMEOUT_MS = 12_000;
const INPUT = [
  '-hide_banner',
  '-nostdin',
  '-v',
  'error',
  '-threads',
  '2',
  '-f',
  'mp4',
  '-i',
  'pipe:0',
  '-map',
  '0:v:0',
];
const scale = (width: number): string => `scale=w='min(${String(width)},iw)':h=-2:flags=fast_bilinear`;

/** A chunk as H.264 that every page decodes; a file of its own, with the same number of pictures. */
export function convertChunk(jobs: MediaJobs, file: Uint8Array, signal: AbortSignal): Promise<Buffer> {
  return jobs.run({
    label: 'playback-convert',
    args: [
      ...INPUT,
      ...['-vf', `${scale(MAX_WIDTH)},format=yuv420p`, '-fps_mode', 'passthrough', '-an'],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-bf', '0', '-crf', '23'],
      // One group of pictures a chunk, and parameters that are the same for each.
      ...['-g', '100000', '-sc_threshold', '0', '-threads', '2'],
      ...['-f', 'mp4', '-movflags', 'frag_keyframe+empty_moov+default_base_moof', 'pipe:1'],
    ],
    stdin: file,
    timeoutMs: CHUNK_TIMEOUT_MS,
    signal,
  });
}

/** Key frames as JPEG pictures, one after the other. */
export async function convertKeys(
  jobs: MediaJobs,
  file: Uint8Array,
  signal: AbortSignal,
  width = MAX_WIDTH,
): Promise<Buffer[]> {
  const pictures = await jobs.run({
    label: 'playback-keys',
    args: [
      ...INPUT,
      ...[
        '-vf',
        scale(width),
        '-fps_mode',
        'passthrough',
        '-c:v',
        'mjpeg',
        '-q:v',
        '5',
        '-pix_fmt',
        'yuvj420p',
      ],
      ...['-f', 'image2pipe', 'pipe:1'],
    ],
    stdin: file,
    timeoutMs: KEYS_TIMEOUT_MS,
    signal,
  });
  return separated(pictures);
}

const END = Buffer.from([0xff, 0xd9]);
const START = Buffer.from([0xff, 0xd8, 0xff]);

/** Pictures of a stream of JPEGs: an end is one only where the next begins or the stream ends. */
export function separated(stream: Buffer): Buffer[] {
  const pictures: Buffer[] = [];
  let from = 0;
  for (let at = stream.indexOf(END, from); at >= 0; at = stream.indexOf(END, at + 2)) {
    const next = at + 2;
    if (next < stream.length && stream.indexOf(START, next) !== next) continue;
    pictures.push(stream.subarray(from, next));
    from = next;
  }
  if (pictures.length === 0 && stream.length > 0)
    throw new VasError('unavailable', 'These pictures cannot be converted.');
  return pictures;
}
