import type { Clock } from '../../base/clock';
import type { StreamId, StreamStatus } from '../streams';

/** What has become of a stream since the application was started. */
export interface StreamFigures {
  /** Pictures that came in, over all runs. */
  readonly frames: number;
  /** How often a running stream was lost. */
  readonly reconnects: number;
  /** Interruptions after it first ran; switching it off is none. */
  readonly gaps: number;
  /** How long they lasted together, the one that lasts included, seconds. */
  readonly gapSeconds: number;
  /** Wall clock at which the newest began, microseconds; null without any. */
  readonly lastGapUs: number | null;
}

interface Entry {
  frames: number;
  runFrames: number;
  hasRun: boolean;
  gaps: number;
  gapUs: number;
  lastGapUs: number | null;
  /** Monotonic begin of the gap that lasts, microseconds. */
  gapSinceUs: number | null;
  reconnects: number;
  /** Of the supervisors before the present one. */
  reconnectsBefore: number;
}

/** Counts what happens to streams as it happens, so that nobody has to look. */
export class IngestJournal {
  readonly #clock: Clock;
  readonly #entries = new Map<StreamId, Entry>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  status({ streamId, phase, reconnects }: StreamStatus): void {
    const entry = this.#entry(streamId);
    if (reconnects < entry.reconnects) entry.reconnectsBefore += entry.reconnects;
    entry.reconnects = reconnects;
    const isRunning = phase === 'running';
    if (isRunning || phase === 'stopped') this.#endGap(entry);
    if (isRunning) entry.hasRun = true;
    else if (phase === 'stopped') entry.hasRun = false;
    else if (entry.hasRun && entry.gapSinceUs === null) {
      entry.gaps++;
      entry.gapSinceUs = this.#clock.monotonicUs();
      entry.lastGapUs = this.#clock.wallUs();
    }
  }

  /** @param frames pictures of the present run so far */
  frames(streamId: StreamId, frames: number): void {
    const entry = this.#entry(streamId);
    entry.frames += frames >= entry.runFrames ? frames - entry.runFrames : frames;
    entry.runFrames = frames;
  }

  figures(): ReadonlyMap<StreamId, StreamFigures> {
    const nowUs = this.#clock.monotonicUs();
    return new Map(
      [...this.#entries].map(([id, one]) => [
        id,
        {
          frames: one.frames,
          reconnects: one.reconnectsBefore + one.reconnects,
          gaps: one.gaps,
          gapSeconds: (one.gapUs + (one.gapSinceUs === null ? 0 : nowUs - one.gapSinceUs)) / 1e6,
          lastGapUs: one.lastGapUs,
        },
      ]),
    );
  }

  #entry(streamId: StreamId): Entry {
    let entry = this.#entries.get(streamId);
    if (entry === undefined) {
      entry = {
        ...{ frames: 0, runFrames: 0, hasRun: false, gaps: 0, gapUs: 0, lastGapUs: null, gapSinceUs: null },
        ...{ reconnects: 0, reconnectsBefore: 0 },
      };
      this.#entries.set(streamId, entry);
    }
    return entry;
  }

  #endGap(entry: Entry): void {
    if (entry.gapSinceUs === null) return;
    entry.gapUs += this.#clock.monotonicUs() - entry.gapSinceUs;
    entry.gapSinceUs = null;
  }
}
