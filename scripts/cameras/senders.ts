import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import dgram from 'node:dgram';
import { access, mkdir, rename, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { fromUdp } from './launches';
import { endChild, runProgram } from './process';

/** A camera whose pictures FFmpeg sends to the camera server over the loopback interface. */
export interface SenderCamera {
  /** For `mount()` of a camera server. */
  readonly launch: string;
  stop(): Promise<void>;
}

function freeUdpPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = dgram.createSocket('udp4');
    socket.once('error', reject);
    socket.bind(0, '127.0.0.1', () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });
}

async function startSender(codec: 'h264' | 'mpeg4', args: readonly string[]): Promise<SenderCamera> {
  const port = await freeUdpPort();
  const target = `rtp://127.0.0.1:${port}?pkt_size=1200`;
  const child = spawn(
    'ffmpeg',
    ['-nostdin', '-v', 'error', '-re', ...args, '-f', 'rtp', '-payload_type', '96', target],
    { stdio: ['ignore', 'ignore', 'ignore'] },
  );
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  return { launch: fromUdp(codec, port), stop: () => endChild(child, 1000) };
}

/** The transport stream of a clip, made once and kept in the user's cache folder. */
async function prepare(clip: string): Promise<string> {
  const { size, mtimeMs } = await stat(clip);
  const key = createHash('sha256')
    .update(`${path.resolve(clip)}\n${size}\n${mtimeMs}`)
    .digest('hex');
  const folder = path.join(
    process.env['VAS_CACHE_DIR'] ||
      path.join(process.env['XDG_CACHE_HOME'] || path.join(homedir(), '.cache'), 'vas-workstation'),
    'footage',
  );
  const file = path.join(folder, `${key.slice(0, 16)}.ts`);
  try {
    await access(file);
    return file;
  } catch {
    await mkdir(folder, { recursive: true });
  }
  // Parameter sets in band, so that the loop can be joined anywhere.
  const partial = path.join(folder, `${key.slice(0, 16)}.${process.pid}.part`);
  await runProgram('ffmpeg', [
    ...['-nostdin', '-v', 'error', '-y', '-i', path.resolve(clip), '-map', '0:v:0', '-c', 'copy'],
    ...['-bsf:v', 'h264_mp4toannexb,dump_extra=freq=keyframe', '-f', 'mpegts', partial],
  ]);
  await rename(partial, file);
  return file;
}

/** Plays an H.264 clip in an endless loop and in real time. Resolves once the sender runs. */
export async function footageCamera(clip: string): Promise<SenderCamera> {
  const file = await prepare(clip);
  return startSender('h264', ['-stream_loop', '-1', '-i', file, '-map', '0:v:0', '-c', 'copy']);
}

/** Many cameras that send the same clip, each over a port of its own, from one FFmpeg that only copies. */
export async function footageFleet(
  clip: string,
  count: number,
): Promise<{ readonly launches: readonly string[]; readonly pid: number; stop(): Promise<void> }> {
  const file = await prepare(clip);
  const ports = await Promise.all(Array.from({ length: count }, freeUdpPort));
  const outputs = ports.flatMap((port) => [
    ...['-map', '0:v:0', '-c', 'copy', '-f', 'rtp', '-payload_type', '96'],
    `rtp://127.0.0.1:${port}?pkt_size=1200`,
  ]);
  const args = ['-nostdin', '-v', 'error', '-re', '-stream_loop', '-1', '-i', file, ...outputs];
  const child = spawn('ffmpeg', args, { stdio: 'ignore' });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  return {
    launches: ports.map((port) => fromUdp('h264', port)),
    pid: child.pid ?? 0,
    stop: () => endChild(child, 1000),
  };
}

/**
 * An MPEG-4 Part 2 camera, as old ones are: 640x360, 15 frames a second, a key frame a second.
 * Made by FFmpeg because GStreamer's encoder of Debian 12 gives its pictures no usable time.
 */
export function mpeg4Camera(): Promise<SenderCamera> {
  return startSender('mpeg4', [
    ...['-f', 'lavfi', '-i', 'testsrc=size=640x360:rate=15', '-c:v', 'mpeg4', '-g', '15', '-bf', '0'],
    ...['-b:v', '500k', '-bsf:v', 'dump_extra=freq=keyframe'],
  ]);
}
