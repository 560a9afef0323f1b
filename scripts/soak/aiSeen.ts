import Database from 'better-sqlite3';
import type { ResponseOf } from '../../contract';
import { eventStoreFile } from '../../main/store/events/eventStore';

/** What became of frames and events, over all lives of the application. */
export interface AiSeen {
  /** Frames in rings. */
  readonly frames: number;
  /** Frames whose pixels changed under the reader, which noticed and gave them up. */
  readonly torn: number;
  /** Frames that were gone, or too old, when a model came for them. */
  readonly overwritten: number;
  readonly stale: number;
  readonly unreadable: number;
  readonly eventsStored: number;
  /** Each was counted as lost by the application itself. */
  readonly eventsDropped: number;
  readonly mediaFailed: number;
}

const NOTHING: AiSeen = {
  ...{ frames: 0, torn: 0, overwritten: 0, stale: 0, unreadable: 0 },
  ...{ eventsStored: 0, eventsDropped: 0, mediaFailed: 0 },
};

/** Adds up counters that begin anew with each life of the application: the last look at each life counts. */
export class AiLog {
  readonly #lives = new Map<number, AiSeen>();

  /** @param mainPid names the life */
  look(mainPid: number, health: Pick<ResponseOf<'health.get'>, 'frames' | 'store'>): void {
    const { frames, store } = health;
    const { dropped, stored, media_failed } = store.events;
    this.#lives.set(mainPid, {
      frames: frames.published,
      torn: frames.torn,
      overwritten: frames.overwritten,
      stale: frames.stale_reads,
      unreadable: frames.unreadable,
      eventsStored: stored,
      eventsDropped: Object.values(dropped).reduce((sum, one) => sum + one, 0),
      mediaFailed: media_failed,
    });
  }

  get total(): AiSeen {
    const sum = { ...NOTHING } as Record<keyof AiSeen, number>;
    for (const life of this.#lives.values())
      for (const name of Object.keys(sum) as (keyof AiSeen)[]) sum[name] += life[name];
    return sum;
  }
}

export interface AiJudged extends AiSeen {
  /** Events in the store at the end. */
  readonly eventsKept: number;
  /** Counted as stored and not there: none may be, whoever was killed since. */
  readonly eventsMissing: number;
}

export const withEventsKept = (seen: AiSeen, kept: number): AiJudged => ({
  ...seen,
  eventsKept: kept,
  eventsMissing: Math.max(0, seen.eventsStored - kept),
});

/** How many events are in the store. */
export function eventsKept(dataDir: string): number {
  const store = new Database(eventStoreFile(dataDir), { readonly: true });
  try {
    return Number(store.prepare('SELECT count(*) FROM event_rows').pluck().get());
  } finally {
    store.close();
  }
}
