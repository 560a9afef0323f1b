import type { RtpTarget } from './ingress';
import { LOOPBACK } from './loopbackPorts';

/** A hand-over that has been silent this long: the camera is gone, microseconds. */
const INPUT_TIMEOUT_US = 5_000_000;

/**
 * Address at which a transcoder reads a hand-over.
 * @param room packets that may wait (`fifo_size`), and what else the input needs
 */
export function handoverAddress(port: number, room: string): string {
  return `udp://${LOOPBACK}:${port}?localaddr=${LOOPBACK}&overrun_nonfatal=1&${room}&timeout=${INPUT_TIMEOUT_US}`;
}

/** FFmpeg's arguments for RTP to the SFU, from the local ports that it was told to take packets of. */
export function rtpOutput(target: RtpTarget): string[] {
  return [
    ...['-f', 'rtp', '-payload_type', String(target.payloadType)],
    ...['-ssrc', String(target.ssrc), '-seq', String(target.firstSequence)],
    ...(target.zeroUs === undefined ? [] : ['-start_time_realtime', String(target.zeroUs)]),
    `rtp://${target.ip}:${target.rtpPort}?rtcpport=${target.rtcpPort}` +
      `&localrtpport=${target.localRtpPort}&localrtcpport=${target.localRtcpPort}&localaddr=${LOOPBACK}&pkt_size=1200`,
  ];
}
