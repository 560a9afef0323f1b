import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import path from 'node:path';
import { boundToParent } from '../../../main/kernel/process/parentDeath';

/** One plain ffmpeg that makes the same copies as the product: fragmented MP4 on disk and RTP on loopback. */
export interface Baseline {
  readonly pid: number;
  stop(): Promise<void>;
}

/** @param fragmentSeconds as the product writes them */
export async function startBaseline(options: {
  ffmpeg: string;
  url: string;
  folder: string;
  fragmentSeconds: number;
}): Promise<Baseline> {
  // Somebody receives, as the SFU does; this process is not counted.
  const receiver = createSocket({ type: 'udp4', recvBufferSize: 1 << 20 });
  receiver.on('message', () => undefined);
  receiver.bind(0, '127.0.0.1');
  await once(receiver, 'listening');
  const fragment = String(Math.round(options.fragmentSeconds * 1_000_000));
  const { file, args } = boundToParent(options.ffmpeg, [
    ...['-v', 'error', '-nostdin', '-rtsp_transport', 'tcp', '-i', options.url],
    ...[
      '-map',
      '0:v:0',
      '-c',
      'copy',
      '-f',
      'mp4',
      '-movflags',
      'frag_keyframe+empty_moov+default_base_moof',
    ],
    ...['-frag_duration', fragment, '-flush_packets', '1', path.join(options.folder, 'baseline.mp4')],
    ...['-map', '0:v:0', '-c', 'copy', '-f', 'rtp', '-payload_type', '96'],
    `rtp://127.0.0.1:${String(receiver.address().port)}?pkt_size=1200`,
  ]);
  const child = spawn(file, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(child, 'exit');
  if (child.pid === undefined) throw new Error('ffmpeg could not be started.');
  return {
    pid: child.pid,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await ended;
      receiver.close();
    },
  };
}
