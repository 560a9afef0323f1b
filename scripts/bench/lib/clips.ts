import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { inCache } from '../../bootstrap/paths.mjs';

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
  const key = createHash('sha256').update(args.join(' ')).digest('hex').slice(0, 16);
  const file = inCache('bench', `camera-1080p-${key}.mp4`);
  if (!existsSync(file)) {
    mkdirSync(inCache('bench'), { recursive: true });
    const partial = `${file}.${String(process.pid)}.mp4`;
    await run(ffmpeg, ['-nostdin', '-v', 'error', '-y', ...args, partial]);
    renameSync(partial, file);
  }
  return file;
}
