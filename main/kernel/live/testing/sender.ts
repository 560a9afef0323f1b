import type { Child } from '../../process/child';
import { spawnChild } from '../../process/child';
import { silentLogger } from '../../../base/logger';
import type { LiveTarget } from '../../streams';
import { runtime } from './runtime';

const ENCODERS = {
  h264: ['-c:v', 'libx264', '-preset', 'ultrafast', '-tune', 'zerolatency', '-profile:v', 'high'],
  hevc: ['-c:v', 'libx265', '-preset', 'ultrafast', '-tune', 'zerolatency', '-x265-params', 'log-level=none'],
  bframes: ['-c:v', 'libx264', '-preset', 'veryfast', '-bf', '2', '-profile:v', 'high'],
};

/** An FFmpeg that sends test pictures (25 a second, key frames every 0.4 s) as an ingest would. */
export function startSender(
  target: LiveTarget,
  options: { encoder?: keyof typeof ENCODERS; size?: string; gop?: number } = {},
): Child {
  const { encoder = 'h264', size = '320x240', gop = 10 } = options;
  return spawnChild({
    file: runtime().ffmpegPath,
    args: [
      ...['-hide_banner', '-nostdin', '-loglevel', 'warning', '-re'],
      ...['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=25`, '-pix_fmt', 'yuv420p'],
      ...ENCODERS[encoder],
      ...['-g', String(gop), '-threads', '1'],
      ...outputOf(target),
    ],
    label: 'sender',
    log: silentLogger(),
  });
}

function outputOf(target: LiveTarget): string[] {
  if (target.mode === 'none') throw new Error(`nothing to send to: ${target.reason}`);
  if (target.mode === 'handover') return ['-f', 'mpegts', `udp://${target.ip}:${target.port}?pkt_size=1316`];
  const ports = `rtcpport=${target.rtcpPort}&localrtpport=${target.localRtpPort}&localrtcpport=${target.localRtcpPort}`;
  return [
    ...['-f', 'rtp', '-payload_type', String(target.payloadType), '-ssrc', String(target.ssrc)],
    ...['-seq', String(target.firstSequence)],
    `rtp://${target.ip}:${target.rtpPort}?${ports}&localaddr=127.0.0.1&pkt_size=1200`,
  ];
}
