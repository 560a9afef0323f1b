/** What a sound does: counters since its beginning, and how loud it is now. */
export interface SoundStats {
  readonly packetsReceived: number;
  /** 0 to 1. */
  readonly level: number;
}

interface InboundAudio {
  readonly type: string;
  readonly packetsReceived?: number;
  readonly audioLevel?: number;
}

/** The counters in a consumer's report; null when there are none yet. */
export function soundStatsOf(report: ReadonlyMap<string, unknown>): SoundStats | null {
  for (const value of report.values()) {
    const entry = value as InboundAudio;
    if (entry.type === 'inbound-rtp')
      return { packetsReceived: entry.packetsReceived ?? 0, level: entry.audioLevel ?? 0 };
  }
  return null;
}
