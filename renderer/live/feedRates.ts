import type { LiveFeedStats } from './feedStats';

/** What a live picture did between two looks at its counters. Null: cannot be told from these two. */
export interface FeedRates {
  /** Pixels. */
  readonly width: number | null;
  readonly height: number | null;
  /** Pictures decoded a second. */
  readonly fps: number | null;
  /** Pictures thrown away after decoding, a second. */
  readonly droppedFps: number | null;
  /** Bits received a second. */
  readonly bitrate: number | null;
  /** Milliseconds. */
  readonly jitterMs: number;
  /** Share of the packets that never came, 0 to 1. */
  readonly loss: number | null;
  /** Mean time in the jitter buffer, milliseconds. */
  readonly bufferMs: number | null;
  /** Mean time of decoding a picture, milliseconds. */
  readonly decodeMs: number | null;
  /** Mean time from a picture's first packet in this window until it was decoded, milliseconds. */
  readonly latencyMs: number | null;
  /** Its name, or at least the codec. */
  readonly decoder: string | null;
  readonly hardware: boolean | null;
  /** Freezes since the view began. */
  readonly freezes: number;
}

/**
 * Rates and means of the time between two reports: differences over differences, never means since the
 * beginning, which would hide what is wrong now (anchors G). A `before` of another view is no comparison.
 */
export function ratesBetween(before: LiveFeedStats | null, now: LiveFeedStats): FeedRates {
  const past = before !== null && before.id === now.id && before.at < now.at ? before : null;
  const seconds = past === null ? 0 : (now.at - past.at) / 1000;
  const grown = (read: (stats: LiveFeedStats) => number): number =>
    past === null ? 0 : Math.max(0, read(now) - read(past));
  const perSecond = (amount: number): number | null => (past === null ? null : amount / seconds);
  const meanMs = (total: number, count: number): number | null =>
    count === 0 ? null : (total / count) * 1000;

  const decoded = grown((stats) => stats.framesDecoded);
  const lost = grown((stats) => stats.packetsLost);
  const expected = grown((stats) => stats.packetsReceived) + lost;
  return {
    width: now.frameWidth,
    height: now.frameHeight,
    fps: perSecond(decoded),
    droppedFps: perSecond(grown((stats) => stats.framesDropped)),
    bitrate: perSecond(grown((stats) => stats.bytesReceived) * 8),
    jitterMs: now.jitter * 1000,
    loss: expected === 0 ? null : lost / expected,
    bufferMs: meanMs(
      grown((stats) => stats.jitterBufferDelay),
      grown((stats) => stats.jitterBufferEmittedCount),
    ),
    decodeMs: meanMs(
      grown((stats) => stats.totalDecodeTime),
      decoded,
    ),
    latencyMs: meanMs(
      grown((stats) => stats.totalProcessingDelay),
      decoded,
    ),
    decoder: now.decoderImplementation ?? now.codec,
    hardware: now.powerEfficientDecoder,
    freezes: now.freezeCount,
  };
}
