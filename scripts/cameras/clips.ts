import { createHash } from 'node:crypto';
import { access, mkdir, rename, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { runProgram } from './process';

/** An H.264 clip as a transport stream, made once and kept in the user's cache folder. */
export const transportStreamOf = (clip: string): Promise<string> => converted(clip, 'mpegts', 'ts');

/** The bare H.264 byte stream of a clip, made once and kept in the user's cache folder. */
export const byteStreamOf = (clip: string): Promise<string> => converted(clip, 'h264', '264');

async function converted(clip: string, format: string, ending: string): Promise<string> {
  const { size, mtimeMs } = await stat(clip);
  const key = createHash('sha256')
    .update(`${path.resolve(clip)}\n${size}\n${mtimeMs}`)
    .digest('hex');
  const folder = path.join(
    process.env['VAS_CACHE_DIR'] ||
      path.join(process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache'), 'vas-workstation'),
    'footage',
  );
  const file = path.join(folder, `${key.slice(0, 16)}.${ending}`);
  try {
    await access(file);
    return file;
  } catch {
    await mkdir(folder, { recursive: true });
  }
  // Parameter sets in band, so that the loop can be joined anywhere.
  const partial = `${file}.${process.pid}.part`;
  await runProgram('ffmpeg', [
    ...['-nostdin', '-v', 'error', '-y', '-i', path.resolve(clip), '-map', '0:v:0', '-c', 'copy'],
    ...['-bsf:v', 'h264_mp4toannexb,dump_extra=freq=keyframe', '-f', format, partial],
  ]);
  await rename(partial, file);
  return file;
}
