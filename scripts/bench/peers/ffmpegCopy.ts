import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import path from 'node:path';
import { ffmpegPath } from '../lib/setup';
import { startAll } from './children';
import type { Peer } from './peer';

/** One plain FFmpeg a camera: copies to fragmented MP4 segments of a minute and to RTP, as our ingest does. */
export const ffmpegCopy: Peer = {
  id: 'ffmpeg',
  what: 'one FFmpeg a camera: copy to fMP4 segments and to RTP',
  unavailable: () => Promise.resolve(null),
  async start(urls, folder) {
    // Somebody receives; this process is not counted.
    const receiver = createSocket({ type: 'udp4', recvBufferSize: 1 << 20 });
    receiver.on('message', () => undefined);
    receiver.bind(0, '127.0.0.1');
    await once(receiver, 'listening');
    let isOpen = true;
    const rtp = `rtp://127.0.0.1:${String(receiver.address().port)}?pkt_size=1200`;
    const running = startAll(
      urls.map((url, n) => ({
        file: ffmpegPath(),
        args: [
          ...['-v', 'error', '-nostdin', '-rtsp_transport', 'tcp', '-i', url, '-map', '0:v:0', '-c', 'copy'],
          ...['-f', 'segment', '-segment_format', 'mp4', '-segment_time', '60', '-segment_format_options'],
          'movflags=frag_keyframe+empty_moov+default_base_moof:frag_duration=500000:flush_packets=1',
          path.join(folder, `c${String(n)}-%05d.mp4`),
          ...['-map', '0:v:0', '-c', 'copy', '-f', 'rtp', '-payload_type', '96', rtp],
        ],
      })),
    );
    return {
      pids: running.pids,
      async stop() {
        await running.stop();
        if (isOpen) receiver.close();
        isOpen = false;
      },
    };
  },
};
