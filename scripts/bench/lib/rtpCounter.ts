import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { LiveAudioTarget, LiveSink, LiveTarget } from '../../../main/kernel/streams';

/** Takes a stream's RTP as the SFU would, and counts what is missing by its sequence numbers. */
export class RtpCounter implements LiveSink {
  packets = 0;
  lost = 0;
  #last: number | null = null;
  #sockets: Socket[] = [];

  async prepare(): Promise<LiveTarget> {
    // Each run begins with the same number: that is no loss of 65,000 packets.
    await this.release();
    this.#last = null;
    const bind = async (): Promise<Socket> => {
      const socket = createSocket({ type: 'udp4', recvBufferSize: 1 << 22 });
      socket.bind(0, '127.0.0.1');
      await once(socket, 'listening');
      return socket;
    };
    const [rtp, rtcp, spareRtp, spareRtcp] = [await bind(), await bind(), await bind(), await bind()];
    const ports = [rtp, rtcp, spareRtp, spareRtcp].map((socket) => socket.address().port);
    for (const spare of [spareRtp, spareRtcp])
      await new Promise<void>((resolve) => spare.close(() => resolve()));
    this.#sockets = [rtp, rtcp];
    rtp.on('message', (message) => this.#take(message));
    const [rtpPort = 0, rtcpPort = 0, localRtpPort = 0, localRtcpPort = 0] = ports;
    return {
      ...{ mode: 'rtp', ip: '127.0.0.1', rtpPort, rtcpPort, localRtpPort, localRtcpPort },
      ...{ ssrc: 0xdecafbad, payloadType: 102, firstSequence: 1 },
    };
  }

  prepareAudio(): Promise<LiveAudioTarget> {
    return Promise.resolve({ mode: 'none', reason: 'Only pictures are counted.' });
  }

  running(): void {}
  ended(): void {}

  async release(): Promise<void> {
    for (const socket of this.#sockets.splice(0))
      await new Promise<void>((resolve) => socket.close(() => resolve()));
  }

  #take(message: Buffer): void {
    this.packets++;
    const sequence = message.readUInt16BE(2);
    if (this.#last !== null) this.lost += (sequence - this.#last - 1) & 0xffff;
    this.#last = sequence;
  }
}
