/**
 * Counters of one view since its beginning, as WebRTC names them (w3.org/TR/webrtc-stats); durations in
 * seconds. A view that is fetched anew starts at zero.
 */
export interface LiveFeedStats {
  /** When they were read, milliseconds of an arbitrary clock. */
  readonly at: number;
  /** Which view they belong to. */
  readonly id: string;
  readonly framesDecoded: number;
  readonly framesDropped: number;
  readonly freezeCount: number;
  /** Size of the newest picture, pixels; null before the first. */
  readonly frameWidth: number | null;
  readonly frameHeight: number | null;
  readonly bytesReceived: number;
  readonly packetsReceived: number;
  readonly packetsLost: number;
  /** Interarrival jitter of the packets, seconds. */
  readonly jitter: number;
  readonly jitterBufferDelay: number;
  readonly jitterBufferEmittedCount: number;
  /** From a picture's first packet until it was decoded. */
  readonly totalProcessingDelay: number;
  readonly totalDecodeTime: number;
  /** Such as `H264`; null when the browser does not say. */
  readonly codec: string | null;
  /** Chromium names it only to pages that may use the microphone. */
  readonly decoderImplementation: string | null;
  readonly powerEfficientDecoder: boolean | null;
  /** Mean time a picture spent in the jitter buffer since the beginning, milliseconds. */
  readonly jitterBufferMs: number | null;
}

interface InboundVideo {
  readonly type: string;
  readonly kind?: string;
  readonly id: string;
  readonly timestamp: number;
  readonly framesDecoded?: number;
  readonly framesDropped?: number;
  readonly freezeCount?: number;
  readonly frameWidth?: number;
  readonly frameHeight?: number;
  readonly bytesReceived?: number;
  readonly packetsReceived?: number;
  readonly packetsLost?: number;
  readonly jitter?: number;
  readonly jitterBufferDelay?: number;
  readonly jitterBufferEmittedCount?: number;
  readonly totalProcessingDelay?: number;
  readonly totalDecodeTime?: number;
  readonly codecId?: string;
  readonly decoderImplementation?: string;
  readonly powerEfficientDecoder?: boolean;
}

/** The counters in a consumer's report; null when there are none yet. */
export function statsOf(report: ReadonlyMap<string, unknown>): LiveFeedStats | null {
  for (const [, value] of report) {
    const entry = value as InboundVideo;
    if (entry.type !== 'inbound-rtp') continue;
    const emitted = entry.jitterBufferEmittedCount ?? 0;
    const waited = entry.jitterBufferDelay ?? 0;
    return {
      at: entry.timestamp,
      id: entry.id,
      framesDecoded: entry.framesDecoded ?? 0,
      framesDropped: entry.framesDropped ?? 0,
      freezeCount: entry.freezeCount ?? 0,
      frameWidth: entry.frameWidth ?? null,
      frameHeight: entry.frameHeight ?? null,
      bytesReceived: entry.bytesReceived ?? 0,
      packetsReceived: entry.packetsReceived ?? 0,
      packetsLost: entry.packetsLost ?? 0,
      jitter: entry.jitter ?? 0,
      jitterBufferDelay: waited,
      jitterBufferEmittedCount: emitted,
      totalProcessingDelay: entry.totalProcessingDelay ?? 0,
      totalDecodeTime: entry.totalDecodeTime ?? 0,
      codec: codecOf(report.get(entry.codecId ?? '')),
      decoderImplementation: entry.decoderImplementation ?? null,
      powerEfficientDecoder: entry.powerEfficientDecoder ?? null,
      jitterBufferMs: emitted === 0 ? null : (waited / emitted) * 1000,
    };
  }
  return null;
}

function codecOf(entry: unknown): string | null {
  const { mimeType } = (entry ?? {}) as { readonly mimeType?: string };
  return mimeType?.split('/')[1] ?? null;
}
