import type { LiveTarget, StreamInfo } from '../../streams';

/** What a probe says about a stream of this codec. */
export function infoOf(codec: string, profile: string, more: Partial<StreamInfo['video']> = {}): StreamInfo {
  const video = {
    codec,
    profile,
    width: 320,
    height: 240,
    pixelFormat: 'yuv420p',
    fps: 25,
    hasBFrames: false,
    gopSeconds: 0.4,
    ...more,
  };
  return { video, audio: null };
}

export const HIGH = infoOf('h264', 'High');
export const HEVC = infoOf('hevc', 'Main');

/** The target's ports, or a failed test. */
export function rtpOf(target: LiveTarget) {
  if (target.mode !== 'rtp') throw new Error(`expected RTP, got ${target.mode}`);
  return target;
}
