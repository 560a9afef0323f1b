import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Clock } from '../base/clock';
import { VasError } from '../base/errors';
import type { Logger } from '../base/logger';
import { spawnChild } from '../kernel/process/child';

const DECODE_LIMIT_MS = 15_000;
/** Larger pictures are scaled down before they are shown to a model, pixels. */
const LONGEST_SIDE = 2560;
/** Larger pictures are scaled down before they are shown to people, pixels. */
const LONGEST_SHOWN = 1920;
const MAX_FILE_BYTES = 100 * 1024 ** 2;

/** A decoded picture: NV12, BT.601, limited range, rows without gaps. */
export interface StillPicture {
  readonly data: Uint8Array;
  /** Pixels, even. */
  readonly width: number;
  readonly height: number;
}

/** A file that the user chose (absolute path of a JPEG or PNG), or a JPEG of our own. */
export type StillSource = { readonly file: string } | { readonly jpeg: Uint8Array };

export interface StillOptions {
  /** FFmpeg's path. */
  readonly ffmpeg: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Decodes a picture for a model. @throws VasError invalid when it is no picture that can be read */
export async function decodeStill(source: StillSource, options: StillOptions): Promise<StillPicture> {
  const bytes = await convert(source, options, [
    ...['-vf', `${fitInto(LONGEST_SIDE)}:out_color_matrix=bt601:out_range=tv,format=yuv420p`],
    ...['-f', 'yuv4mpegpipe', '-strict', '-1', 'pipe:1'],
  ]);
  return readYuv4mpeg(bytes) ?? Promise.reject(noPicture(source));
}

/** The same picture as JPEG for people. @throws as `decodeStill` */
export async function showStill(source: StillSource, options: StillOptions): Promise<Uint8Array> {
  if ('jpeg' in source) return source.jpeg;
  const bytes = await convert(source, options, [
    ...['-vf', `${fitInto(LONGEST_SHOWN)}:out_range=pc,format=yuvj420p`],
    ...['-c:v', 'mjpeg', '-q:v', '3', '-f', 'image2pipe', 'pipe:1'],
  ]);
  return bytes.length > 0 ? bytes : Promise.reject(noPicture(source));
}

/** No larger than `side`, with even sizes. */
function fitInto(side: number): string {
  const even = (size: string) => `'trunc(${size}*min(1,${side}/max(iw,ih))/2)*2'`;
  return `scale=w=${even('iw')}:h=${even('ih')}`;
}

const noPicture = (source: StillSource): VasError =>
  new VasError(
    'invalid',
    'file' in source
      ? `${path.basename(source.file)} is no picture that can be read. Choose a JPEG or PNG file.`
      : 'The picture is damaged and cannot be read.',
  );

async function convert(
  source: StillSource,
  options: StillOptions,
  output: readonly string[],
): Promise<Buffer> {
  if ('file' in source) {
    const facts = path.isAbsolute(source.file) ? await stat(source.file).catch(() => null) : null;
    if (!facts?.isFile() || facts.size > MAX_FILE_BYTES) throw noPicture(source);
  }
  // `file:` keeps a name like concat:x from being taken for a protocol.
  const input =
    'file' in source
      ? ['-protocol_whitelist', 'file', '-i', `file:${source.file}`]
      : ['-f', 'mjpeg', '-i', 'pipe:0'];
  const child = spawnChild({
    file: options.ffmpeg,
    args: ['-v', 'error', '-nostdin', ...input, '-frames:v', '1', ...output],
    label: 'dry-run',
    log: options.log,
    ...('jpeg' in source ? { stdin: source.jpeg } : {}),
    stdout: 'pipe',
  });
  const limit = options.clock.after(DECODE_LIMIT_MS, () => void child.stop(0));
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  await child.exited;
  limit.cancel();
  return Buffer.concat(chunks);
}

/** One frame of YUV4MPEG2, whose header names the size; its two chroma planes are woven into one. */
function readYuv4mpeg(bytes: Buffer): StillPicture | null {
  const [header = '', frame = ''] = bytes.subarray(0, 512).toString('latin1').split('\n');
  const [width, height] = [/ W(\d+)/, / H(\d+)/].map((key) => Number(key.exec(header)?.[1] ?? NaN));
  if (!width || !height || !frame.startsWith('FRAME')) return null;
  const start = header.length + frame.length + 2;
  const [luma, chroma] = [width * height, (width / 2) * (height / 2)];
  if (bytes.length < start + luma + 2 * chroma) return null;
  const data = new Uint8Array(luma + 2 * chroma);
  data.set(bytes.subarray(start, start + luma));
  const [u, v] = [start + luma, start + luma + chroma];
  for (let index = 0; index < chroma; index++) {
    data[luma + 2 * index] = bytes[u + index] ?? 128;
    data[luma + 2 * index + 1] = bytes[v + index] ?? 128;
  }
  return { data, width, height };
}
