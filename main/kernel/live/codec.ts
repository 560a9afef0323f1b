import { randomInt } from 'node:crypto';
import type { types } from 'mediasoup';

/** Payload type of the pictures that FFmpeg sends (reference 1.7). */
const PAYLOAD_TYPE = 96;

/**
 * What every H.264 stream is declared as, whatever its SPS says: renderers decode Main and High without
 * B-frames just as well, but list neither, so matching the SPS literally would refuse most cameras.
 */
const H264_PARAMETERS = {
  'packetization-mode': 1,
  'profile-level-id': '42e01f',
  'level-asymmetry-allowed': 1,
} as const;

/** The codecs of every router: one for pictures, and what WebRTC plays of the sounds that cameras send. */
export function routerCodecs(): types.RouterRtpCodecCapability[] {
  return [
    { kind: 'video', mimeType: 'video/H264', clockRate: 90_000, parameters: { ...H264_PARAMETERS } },
    ...Object.values(SOUNDS).map(({ mimeType, clockRate, channels }) => ({
      kind: 'audio' as const,
      mimeType,
      clockRate,
      channels,
    })),
  ];
}

/** A medium as it is declared to the SFU. FFmpeg answers no feedback, so none is declared. */
export interface ProducedMedia {
  readonly kind: types.MediaKind;
  readonly payloadType: number;
  parameters(ssrc: number): types.RtpParameters;
}

/** Pictures of any stream. */
export const VIDEO: ProducedMedia = { kind: 'video', payloadType: PAYLOAD_TYPE, parameters: videoParameters };

/** Sounds that WebRTC plays as they are; the payload types of the first two are fixed (RFC 3551). */
const SOUNDS = {
  pcmu: { mimeType: 'audio/PCMU', payloadType: 0, clockRate: 8000, channels: 1 },
  pcma: { mimeType: 'audio/PCMA', payloadType: 8, clockRate: 8000, channels: 1 },
  opus: { mimeType: 'audio/opus', payloadType: 97, clockRate: 48_000, channels: 2 },
} as const;

export type SoundName = keyof typeof SOUNDS;

export function soundOf(name: SoundName): ProducedMedia {
  const { payloadType, ...codec } = SOUNDS[name];
  return {
    kind: 'audio',
    payloadType,
    parameters: (ssrc) => ({ mid: 'audio', codecs: [{ ...codec, payloadType }], encodings: [{ ssrc }] }),
  };
}

function videoParameters(ssrc: number): types.RtpParameters {
  return {
    mid: 'video',
    codecs: [
      {
        mimeType: 'video/H264',
        payloadType: PAYLOAD_TYPE,
        clockRate: 90_000,
        parameters: { ...H264_PARAMETERS },
      },
    ],
    encodings: [{ ssrc }],
  };
}

/** A random SSRC that FFmpeg's signed option takes as it is (W-15). */
export function randomSsrc(): number {
  return randomInt(1, 2 ** 31 - 1);
}

const ESTIMATION_FEEDBACK = new Set(['transport-cc', 'goog-remb']);
const ESTIMATION_EXTENSIONS = /abs-send-time|transport-wide-cc/;

/**
 * Capabilities without bandwidth estimation: viewers sit on the same machine, and the estimator's probes
 * would only cost time.
 */
export function loopbackCapabilities(capabilities: types.RtpCapabilities): types.RtpCapabilities {
  return {
    codecs: (capabilities.codecs ?? []).map((codec) => ({
      ...codec,
      rtcpFeedback: (codec.rtcpFeedback ?? []).filter(({ type }) => !ESTIMATION_FEEDBACK.has(type)),
    })),
    headerExtensions: (capabilities.headerExtensions ?? []).filter(
      ({ uri }) => !ESTIMATION_EXTENSIONS.test(uri),
    ),
  };
}
