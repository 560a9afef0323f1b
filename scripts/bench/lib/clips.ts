import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { inCache, inRoot } from '../../bootstrap/paths.mjs';

const run = promisify(execFile);

/**
 * A clip as a 1080p camera sends it: 30 pictures a second, a key frame every second, 4 Mb/s, H.264 High without
 * B-frames. Made once and kept in the user's cache folder, so that playing it costs little.
 */
export async function clip1080p(ffmpeg: string): Promise<string> {
  const args = [
    ...['-f', 'lavfi', '-i', 'testsrc2=size=1920x1080:rate=30,noise=alls=10:allf=t', '-t', '10'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-pix_fmt', 'yuv420p', '-bf', '0'],
    ...['-g', '30', '-sc_threshold', '0', '-b:v', '4M', '-maxrate', '4M', '-bufsize', '4M'],
  ];
  return made(ffmpeg, 'camera-1080p', args);
}

/**
 * The 1080p clip over and over for so many seconds, as the ingest writes it: fragments of half a second.
 * @param codec arguments of FFmpeg that say how the pictures are written
 */
export async function loopedClip(
  ffmpeg: string,
  file: string,
  seconds: number,
  codec: readonly string[] = ['-c', 'copy'],
): Promise<void> {
  await run(ffmpeg, [
    ...[
      '-nostdin',
      '-v',
      'error',
      '-stream_loop',
      '-1',
      '-i',
      await clip1080p(ffmpeg),
      '-t',
      String(seconds),
    ],
    ...codec,
    ...['-movflags', 'frag_keyframe+empty_moov+default_base_moof', '-frag_duration', '500000', file],
  ]);
}

/** Pictures a second of `clip360p`. */
export const CLIP_360P_FPS = 15;

/** A clip as a small camera sends it: 640x360, 15 pictures a second, 500 kb/s, a key frame every second. */
export async function clip360p(ffmpeg: string): Promise<string> {
  return made(ffmpeg, 'camera-360p15', [
    ...['-f', 'lavfi', '-i', 'testsrc2=size=640x360:rate=15,noise=alls=6:allf=t', '-t', '20'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'main', '-pix_fmt', 'yuv420p', '-bf', '0'],
    ...['-g', '15', '-sc_threshold', '0', '-b:v', '500k', '-maxrate', '500k', '-bufsize', '500k'],
  ]);
}

/** The footage as a 640x360 sub-stream of 5 pictures a second sends it: a key frame each second, no B-frames. */
export async function footageClip(ffmpeg: string): Promise<string> {
  return made(ffmpeg, 'footage-360p5', [
    ...['-i', inRoot('assets/footage/pedestrians-768x576.mp4'), '-an', '-vf', 'fps=5,scale=640:360'],
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-pix_fmt', 'yuv420p', '-bf', '0'],
    ...['-g', '5', '-sc_threshold', '0', '-b:v', '500k'],
  ]);
}

/** A few pictures of the footage, 640x360 NV12 without gaps. */
export async function rawPictures(ffmpeg: string, file: string): Promise<string> {
  await run(ffmpeg, [
    ...['-nostdin', '-v', 'error', '-y', '-i', inRoot('assets/footage/pedestrians-768x576.mp4')],
    ...['-an', '-vf', 'fps=2,scale=640:360,format=nv12', '-frames:v', '16', '-f', 'rawvideo', file],
  ]);
  return file;
}

async function made(ffmpeg: string, name: string, args: readonly string[]): Promise<string> {
  const key = createHash('sha256').update(args.join(' ')).digest('hex').slice(0, 16);
  const file = inCache('bench', `${name}-${key}.mp4`);
  if (!existsSync(file)) {
    mkdirSync(inCache('bench'), { recursive: true });
    const partial = `${file}.${String(process.pid)}.mp4`;
    await run(ffmpeg, ['-nostdin', '-v', 'error', '-y', ...args, partial]);
    renameSync(partial, file);
  }
  return file;
}
