import type { MotionResult, MotionSearchState } from '../../../contract/motion';
import { MOST_SEARCH_RESULTS } from '../../../contract/motion';
import { sharedCells } from '../../../contract/motionGrid';
import { messageOf, VasError } from '../../base/errors';
import type { Logger } from '../../base/logger';
import { packSeconds } from '../../store/queries/motionMinute';
import type { MotionMinuteRow, StoreReads, StoreWrites } from '../../store/types';
import type { FootageSource } from '../media/footage';
import { isoFromUs } from '../media/instants';
import type { MediaJobs } from '../media/jobs';
import type { MediaWorker } from '../media/mediaWorker';
import { joined } from '../playback/spans';
import { Intervals } from './intervals';
import type { LastPicture } from './scanStretch';
import { scanStretch } from './scanStretch';
import type { Stretch } from './unknown';
import { unknownOf } from './unknown';

const SECOND_US = 1_000_000;
/** What is known is asked for in parts of this, microseconds. */
const WINDOW_US = 3600 * SECOND_US;
/** The second at which watching began or ended is watched in part: up to this between two is no gap, microseconds. */
const BRIDGE_US = 2 * SECOND_US;
const ALL = new Uint8Array(72).fill(0xff);

export interface MotionSearchRequest {
  readonly cameraId: string;
  readonly fromUs: number;
  readonly toUs: number;
  /** 72 bytes, contract/motionGrid.ts. */
  readonly region: Uint8Array;
  readonly minCells: number;
  readonly gapSeconds: number;
}

export interface MotionSearchServices {
  readonly store: {
    readonly read: Pick<StoreReads, 'motionSeconds'>;
    readonly write: Pick<StoreWrites, 'addMotion'>;
  };
  readonly footage: Pick<FootageSource, 'locate' | 'hold'>;
  readonly worker: MediaWorker;
  readonly jobs: MediaJobs;
  readonly log: Logger;
}

/** One search: what is known first, then the rest of the footage is looked through, from the oldest on. */
export class MotionSearch {
  readonly #services: MotionSearchServices;
  readonly #request: MotionSearchRequest;
  readonly #aborter = new AbortController();
  readonly #onChange: () => void;
  readonly #kept: Intervals;
  readonly #scanned: Intervals;
  #state: Omit<MotionSearchState, 'results' | 'is_full'>;

  constructor(
    id: string,
    request: MotionSearchRequest,
    services: MotionSearchServices,
    onChange: () => void,
  ) {
    this.#services = services;
    this.#request = request;
    this.#onChange = onChange;
    this.#kept = new Intervals(request.gapSeconds);
    this.#scanned = new Intervals(request.gapSeconds);
    this.#state = {
      ...{ id, camera_id: request.cameraId, from: isoFromUs(request.fromUs), to: isoFromUs(request.toUs) },
      ...{ state: 'running', message: null, footage_s: 0, kept_s: 0, scanned_s: 0, unread_s: 0 },
    };
  }

  get isRunning(): boolean {
    return this.#state.state === 'running';
  }

  get state(): MotionSearchState {
    const size = Math.max(1, sharedCells(this.#request.region, ALL));
    const results = (['kept', 'scan'] as const).flatMap((source) =>
      (source === 'kept' ? this.#kept : this.#scanned).found.map(
        ({ startUs, endUs, cells, peakUs }): MotionResult => ({
          ...{ start: isoFromUs(startUs), end: isoFromUs(endUs), peak_at: isoFromUs(peakUs) },
          ...{ peak: cells / size, source },
        }),
      ),
    );
    results.sort((one, other) => Date.parse(one.start) - Date.parse(other.start));
    return { ...this.#state, results: results.slice(0, MOST_SEARCH_RESULTS), is_full: this.#isFull() };
  }

  /** Ends the FFmpeg that runs for it, too. Harmless when it is over. */
  cancel(): void {
    this.#aborter.abort();
  }

  /** Resolves when it is over. Never rejects. */
  async run(): Promise<void> {
    const { signal } = this.#aborter;
    try {
      const stretches = await this.#lookUp();
      await this.#lookThrough(stretches);
      this.#end(signal.aborted ? 'cancelled' : 'done', null);
    } catch (error) {
      if (!signal.aborted) this.#services.log.warn({ reason: messageOf(error) }, 'a motion search failed');
      this.#end(signal.aborted ? 'cancelled' : 'failed', signal.aborted ? null : messageOf(error));
    }
  }

  /** Takes what is known. @returns the footage of which nothing is */
  async #lookUp(): Promise<Stretch[]> {
    const { store, footage } = this.#services;
    const { cameraId, fromUs, toUs, region, minCells } = this.#request;
    const rest: Stretch[] = [];
    for (let at = fromUs; at < toUs && !this.#isOver();) {
      // Windows begin with a whole second, so that no second is told twice.
      const end = Math.min(toUs, Math.floor((at + WINDOW_US) / SECOND_US) * SECOND_US);
      const window = { fromUs: at, toUs: end };
      const [pieces, seconds] = await Promise.all([
        footage.locate(cameraId, at, end),
        store.read.motionSeconds({ cameraId, ...window, region }),
      ]);
      for (const { startUs, cells } of seconds) if (cells >= minCells) this.#kept.add(startUs, cells);
      const known = joined(
        seconds.map(({ startUs }) => [startUs, startUs + SECOND_US] as const),
        BRIDGE_US,
      );
      const unknown = unknownOf(pieces, window, known);
      const all = pieces.reduce((sum, one) => sum + Math.min(one.endUs, end) - Math.max(one.startUs, at), 0);
      const left = unknown.reduce((sum, one) => sum + one.toUs - one.fromUs, 0);
      rest.push(...unknown);
      this.#add({ footage_s: all / SECOND_US, kept_s: (all - left) / SECOND_US });
      at = end;
    }
    return rest;
  }

  async #lookThrough(stretches: readonly Stretch[]): Promise<void> {
    let last: LastPicture | null = null;
    for (const stretch of stretches) {
      if (this.#isOver()) return;
      const length = (stretch.toUs - stretch.fromUs) / SECOND_US;
      try {
        const scanned = await this.#scan(stretch, last);
        last = scanned;
        this.#add({ scanned_s: length });
      } catch (error) {
        if (this.#aborter.signal.aborted) return;
        last = null;
        this.#services.log.debug({ reason: messageOf(error) }, 'a stretch of footage could not be searched');
        this.#add({ unread_s: length });
      }
    }
  }

  async #scan(stretch: Stretch, before: LastPicture | null): Promise<LastPicture | null> {
    const { footage, store } = this.#services;
    const { cameraId, region, minCells, fromUs, toUs } = this.#request;
    // Files are moved when they are registered, and given up by retention.
    const [piece] = await footage.locate(cameraId, stretch.fromUs, stretch.fromUs + 1000);
    if (!piece) throw new VasError('not_found', 'This footage has been given up by retention meanwhile.');
    const hold = footage.hold([piece]);
    try {
      const { seconds, last } = await scanStretch(
        this.#services,
        { ...stretch, piece },
        before,
        this.#aborter.signal,
      );
      for (const [second, mask] of seconds) {
        const us = second * SECOND_US;
        const cells = sharedCells(mask, region);
        if (cells >= minCells && us > fromUs - SECOND_US && us < toUs) this.#scanned.add(us, cells);
      }
      // The next search over it need not look again.
      await store.write.addMotion(minutesOf(cameraId, seconds));
      return last;
    } finally {
      hold.dispose();
    }
  }

  #isFull(): boolean {
    return this.#kept.found.length + this.#scanned.found.length >= MOST_SEARCH_RESULTS;
  }

  #isOver(): boolean {
    return this.#aborter.signal.aborted || this.#isFull();
  }

  #add(more: Partial<Record<'footage_s' | 'kept_s' | 'scanned_s' | 'unread_s', number>>): void {
    const state = { ...this.#state };
    for (const key of ['footage_s', 'kept_s', 'scanned_s', 'unread_s'] as const) state[key] += more[key] ?? 0;
    this.#state = state;
    this.#onChange();
  }

  #end(state: MotionSearchState['state'], message: string | null): void {
    this.#state = { ...this.#state, state, message };
    this.#onChange();
  }
}

function minutesOf(cameraId: string, seconds: ReadonlyMap<number, Uint8Array>): MotionMinuteRow[] {
  const minutes = new Map<number, Map<number, Uint8Array>>();
  for (const [second, mask] of seconds) {
    const minute = Math.floor(second / 60);
    const inside = minutes.get(minute) ?? new Map<number, Uint8Array>();
    minutes.set(minute, inside.set(second % 60, mask));
  }
  return [...minutes].map(([minute, inside]) => {
    const { known, data } = packSeconds(inside);
    return { cameraId, minute, known, data };
  });
}
