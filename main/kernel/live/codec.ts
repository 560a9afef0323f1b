import { randomInt } from 'node:crypto';
import type { types } from 'mediasoup';

/** Payload type of the pictures that FFmpeg sends (reference 1.7). */
export const PAYLOAD_TYPE = 96;

/**
 * What every H.264 stream is declared as, whatever its SPS says: renderers decode Main and High without
 * B-frames just as well, but list neither, so matching the SPS literally would refuse most cameras.
 */
const H264_PARAMETERS = {
  'packetization-mode': 1,
  'profile-level-id': '42e01f',
  'level-asymmetry-allowed': 1,
} as const;

/** The one codec of every router. */
export function routerCodecs(): types.RouterRtpCodecCapability[] {
  return [{ kind: 'video', mimeType: 'video/H264', clockRate: 90_000, parameters: { ...H264_PARAMETERS } }];
}

/** How FFmpeg's stream is declared to the SFU. FFmpeg answers no feedback, so none is declared. */
export function producerParameters(ssrc: number): types.RtpParameters {
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
