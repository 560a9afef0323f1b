import { spawn } from 'node:child_process';
import dgram from 'node:dgram';
import { transportStreamOf } from './clips';
import { fromUdp } from './launches';
import { endChild } from './process';

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

async function startSender(
  codec: 'h264' | 'mpeg4',
  args: readonly string[],
  command: readonly string[] = [],
): Promise<SenderCamera> {
  const port = await freeUdpPort();
  const target = `rtp://127.0.0.1:${port}?pkt_size=1200`;
  const [program = '', ...words] = [...command, 'ffmpeg'];
  const sending = ['-nostdin', '-v', 'error', '-re', ...args, '-f', 'rtp', '-payload_type', '96', target];
  const child = spawn(program, [...words, ...sending], { stdio: 'ignore' });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', reject);
  });
  return { launch: fromUdp(codec, port), stop: () => endChild(child, 1000) };
}

/**
 * Plays an H.264 clip in an endless loop and in real time. Resolves once the sender runs.
 * @param command words before the sender's command, e.g. to start it in its camera's own network
 */
export async function footageCamera(clip: string, command: readonly string[] = []): Promise<SenderCamera> {
  const file = await transportStreamOf(clip);
  const playing = ['-stream_loop', '-1', '-i', file, '-map', '0:v:0', '-c', 'copy'];
  return startSender('h264', playing, command);
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
