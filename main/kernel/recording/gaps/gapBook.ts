import os from 'node:os';
import type { GapReason } from '../../../../contract/recordings';
import type { Clock } from '../../../base/clock';
import { ClockWatch } from '../../../base/clockWatch';
import { messageOf } from '../../../base/errors';
import type { Logger } from '../../../base/logger';
import type { GapRow, SegmentRow, Store } from '../../../store/types';
import type { StreamStatus } from '../../streams';
import { cameraIdOf, roleOf } from '../../streams';
import { SerialQueue } from '../serialQueue';
import type { GapSpan, Mark } from './gapJournal';
import { explainGap } from './gapJournal';
import { streamReason } from './reasons';

/** What is missing between two segments for less than this is no gap, microseconds. */
export const LEAST_GAP_US = 1_000_000;
/** Footage written this much later than it is dated was dated by a clock that had been set, microseconds. */
const LEAST_STEP_US = 60_000_000;
/** Reasons that are remembered of one camera between two segments. */
const MOST_MARKS = 200;

export interface GapBookOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  /** When the file of a segment was written to last, microseconds since the epoch; null when nobody knows. */
  readonly writtenUs: (row: SegmentRow) => Promise<number | null>;
  /** Seconds since boot, sleep included. */
  readonly bootSeconds?: () => number;
}

interface Entry {
  readonly queue: SerialQueue;
  /** Recording is switched off. */
  off: GapReason | null;
  /** Undefined: the stream has said nothing yet. */
  stream: GapReason | null | undefined;
  /** Null: there is no footage, so that nothing is missing. */
  lastEndUs: number | null;
  marks: Mark[];
  /** The computer slept for this long since the last segment, microseconds. */
  sleptUs: number;
  /** Nothing is missing before this; null: footage may still be on its way. */
  sinceUs: number | null;
  /** The index says that a gap lasts. */
  lasts: boolean;
}

/** Keeps for each camera of which times there is no footage, and why (AR-6). */
export class GapBook {
  readonly #options: GapBookOptions;
  readonly #watch: ClockWatch;
  readonly #entries = new Map<string, Entry>();
  #disposed = false;

  constructor(options: GapBookOptions) {
    this.#options = options;
    this.#watch = new ClockWatch(options.clock, options.bootSeconds ?? (() => os.uptime()));
  }

  /** Reads what the run of the application before has left. To be awaited before anything is healed. */
  async open(cameraIds: readonly string[]): Promise<void> {
    await Promise.all(cameraIds.map((cameraId) => this.#entry(cameraId).queue.idle()));
  }

  noteSwitch(cameraId: string, on: boolean, why: 'off' | 'schedule'): void {
    this.#note(cameraId, (entry) => (entry.off = on ? null : why));
  }

  noteStream(status: StreamStatus): void {
    const reason = streamReason(status);
    if (roleOf(status.streamId) !== 'main' || reason === undefined) return;
    this.#note(cameraIdOf(status.streamId), (entry) => (entry.stream = reason));
  }

  /** A segment has a row now. */
  registered(row: SegmentRow): void {
    this.#look();
    const entry = this.#entry(row.cameraId);
    const { sleptUs } = entry;
    entry.sleptUs = 0;
    void this.#run(row.cameraId, entry, async () => {
      const fromUs = entry.lastEndUs;
      entry.lastEndUs = Math.max(fromUs ?? 0, row.endUs);
      const missing = fromUs === null ? 0 : row.startUs - fromUs;
      const spans: GapSpan[] = [];
      if (fromUs !== null && missing >= LEAST_GAP_US)
        spans.push(
          ...(sleptUs > missing / 2
            ? [{ startUs: fromUs, endUs: row.startUs, reason: 'computer-slept' as const }]
            : explainGap(entry.marks, fromUs, row.startUs)),
        );
      const reason = reasonOf(entry);
      entry.sinceUs = reason == null ? null : entry.lastEndUs;
      const last = entry.marks.findLast((mark) => mark.atUs <= row.endUs);
      // Footage that was healed: then the run before had ended.
      if (reason === undefined) entry.marks = [{ atUs: row.endUs, reason: 'application-stopped' }];
      else entry.marks = [...(last ? [last] : []), ...entry.marks.filter((mark) => mark.atUs > row.endUs)];
      if (spans.length > 0 || reason != null || entry.lasts)
        await this.#write(row.cameraId, entry, fromUs ?? 0, spans, entry.lastEndUs);
    });
  }

  /** Notes that the application ends. Resolves when all is written. */
  async dispose(): Promise<void> {
    if (this.#disposed) return;
    for (const cameraId of this.#entries.keys())
      this.#note(cameraId, (entry) => {
        entry.off = null;
        entry.stream = 'application-stopped';
      });
    this.#disposed = true;
    await Promise.all([...this.#entries.values()].map(({ queue }) => queue.idle()));
  }

  #note(cameraId: string, change: (entry: Entry) => void): void {
    if (this.#disposed) return;
    this.#look();
    const entry = this.#entry(cameraId);
    const atUs = this.#options.clock.wallUs();
    void this.#run(cameraId, entry, async () => {
      change(entry);
      const reason = reasonOf(entry);
      if (reason === undefined || entry.marks.at(-1)?.reason === reason) return;
      entry.marks.push({ atUs, reason });
      if (entry.marks.length > MOST_MARKS) entry.marks.splice(1, 1);
      if (entry.lastEndUs === null) return;
      // Footage of the time before it was noticed is still on its way.
      const first = entry.marks.find((mark) => mark.reason !== null);
      const sinceUs = entry.sinceUs ?? Math.max(entry.lastEndUs, first?.atUs ?? 0);
      await this.#write(cameraId, entry, entry.lastEndUs, [], sinceUs);
    });
  }

  /**
   * Writes what is known of the time after `fromUs`: `closed`, and what follows the last segment.
   * @param sinceUs where that begins, microseconds
   */
  async #write(
    cameraId: string,
    entry: Entry,
    fromUs: number,
    closed: readonly GapSpan[],
    sinceUs: number,
  ): Promise<void> {
    const gaps: GapRow[] = closed.map((span) => ({ cameraId, ...span }));
    const last = entry.marks.at(-1);
    if (last && entry.marks.some(({ reason }) => reason !== null)) {
      const endUs = Math.max(last.atUs, sinceUs);
      if (endUs > sinceUs)
        gaps.push(...explainGap(entry.marks, sinceUs, endUs).map((span) => ({ cameraId, ...span })));
      if (last.reason !== null) gaps.push({ cameraId, startUs: endUs, endUs: null, reason: last.reason });
    }
    // One that lasts goes on from the one of the same reason before it.
    const open = gaps.at(-1);
    const before = gaps.at(-2);
    if (open?.endUs === null && before && before.endUs === open.startUs && before.reason === open.reason)
      gaps.splice(-2, 2, { ...open, startUs: before.startUs });
    await this.#options.store.write.replaceGaps(cameraId, fromUs, gaps);
    entry.lasts = gaps.some(({ endUs }) => endUs === null);
  }

  #entry(cameraId: string): Entry {
    const known = this.#entries.get(cameraId);
    if (known) return known;
    const entry: Entry = {
      ...{ queue: new SerialQueue(), off: null, stream: undefined, lastEndUs: null, marks: [], sleptUs: 0 },
      ...{ sinceUs: null, lasts: false },
    };
    this.#entries.set(cameraId, entry);
    void this.#run(cameraId, entry, () => this.#load(cameraId, entry));
    return entry;
  }

  /** What the run of the application before has left. */
  async #load(cameraId: string, entry: Entry): Promise<void> {
    const { read } = this.#options.store;
    const lastEndUs = await read.lastSegmentEnd(cameraId);
    if (lastEndUs === null) return;
    entry.lastEndUs = lastEndUs;
    const gaps = await read.findGaps([cameraId], lastEndUs - 1, Number.MAX_SAFE_INTEGER);
    for (const gap of gaps) entry.marks.push({ atUs: gap.startUs, reason: gap.reason as GapReason });
    const last = gaps.at(-1);
    entry.lasts = last !== undefined && last.endUs === null;
    if (entry.lasts) return;
    const [row] = await read.findSegments(cameraId, lastEndUs - 1, lastEndUs);
    const writtenUs = row ? await this.#options.writtenUs(row) : null;
    if (!last && writtenUs !== null && writtenUs - lastEndUs > LEAST_STEP_US)
      entry.marks.push(
        { atUs: lastEndUs, reason: 'clock-step' },
        { atUs: writtenUs, reason: 'application-stopped' },
      );
    else entry.marks.push({ atUs: last?.endUs ?? lastEndUs, reason: 'application-stopped' });
  }

  #look(): void {
    for (const event of this.#watch.look())
      if (event.kind === 'slept') for (const entry of this.#entries.values()) entry.sleptUs += event.sleptUs;
  }

  async #run(cameraId: string, entry: Entry, task: () => Promise<void>): Promise<void> {
    try {
      await entry.queue.run(task);
    } catch (error) {
      this.#options.log.warn({ cameraId, reason: messageOf(error) }, 'a gap could not be noted');
    }
  }
}

/** Why nothing is recorded now; null: something is; undefined: it cannot be said yet. */
function reasonOf({ off, stream }: Entry): GapReason | null | undefined {
  return off ?? stream;
}
