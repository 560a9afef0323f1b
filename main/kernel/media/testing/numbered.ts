import { run } from './run';

/** Pictures that carry their number: 16 vertical bars, the leftmost is bit 0, white is 1. */
const NUMBERED = "geq=lum='if(mod(floor(N/pow(2,floor(X*16/W))),2),235,16)':cb=128:cr=128";

export interface NumberedVideo {
  readonly codec?: 'h264' | 'hevc';
  /** Pictures per second; default 25. */
  readonly fps?: number;
  readonly seconds: number;
  /** Pictures between key frames; default 50. */
  readonly gop?: number;
  /** Consecutive B-frames; default 0. */
  readonly bFrames?: number;
  readonly audio?: boolean;
  readonly size?: string;
}

/** Makes a video whose pictures are numbered from 0, with edit list and index as a camera's packets have none. */
export async function makeNumberedVideo(file: string, video: NumberedVideo): Promise<void> {
  const { codec = 'h264', fps = 25, seconds, gop = 50, bFrames = 0, size = '320x180' } = video;
  const source = `color=black:s=${size}:r=${String(fps)}:d=${String(seconds)},${NUMBERED}`;
  const audio = video.audio
    ? ['-f', 'lavfi', '-i', 'sine=r=48000', '-c:a', 'aac', '-t', String(seconds)]
    : [];
  const encoder =
    codec === 'h264'
      ? ['-c:v', 'libx264', '-preset', 'ultrafast', '-sc_threshold', '0', '-bf', String(bFrames)]
      : [
          '-c:v',
          'libx265',
          '-preset',
          'ultrafast',
          '-x265-params',
          `bframes=${String(bFrames)}:log-level=none`,
        ];
  await run('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', source, ...audio, ...encoder],
    ...['-g', String(gop), '-keyint_min', String(gop), '-pix_fmt', 'yuv420p', '-y', file],
  ]);
}

/** The numbers of a video's pictures in the order in which a player shows them. */
export async function shownNumbers(file: string): Promise<number[]> {
  const raw = await run('ffmpeg', [
    ...['-v', 'error', '-i', file, '-map', '0:v:0', '-fps_mode', 'passthrough'],
    ...['-vf', 'scale=16:1:flags=area,format=gray', '-f', 'rawvideo', '-'],
  ]);
  return numbersIn(raw);
}

/** The number of the picture in a JPEG file or buffer. */
export async function numberOfJpeg(jpeg: Uint8Array): Promise<number> {
  const raw = await run(
    'ffmpeg',
    [
      ...['-v', 'error', '-f', 'mjpeg', '-i', 'pipe:0'],
      ...['-vf', 'scale=16:1:flags=area,format=gray', '-f', 'rawvideo', '-'],
    ],
    jpeg,
  );
  const [number] = numbersIn(raw);
  if (number === undefined) throw new Error('not a picture');
  return number;
}

function numbersIn(raw: Buffer): number[] {
  const numbers: number[] = [];
  for (let at = 0; at + 16 <= raw.length; at += 16) {
    let value = 0;
    for (let bit = 0; bit < 16; bit++) if ((raw[at + bit] ?? 0) > 128) value += 2 ** bit;
    numbers.push(value);
  }
  return numbers;
}
