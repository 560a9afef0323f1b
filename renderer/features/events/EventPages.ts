import type { AiEvent, AiEventFilter, RequestInput, ResponseOf } from '../../../contract';
import type { CallError } from '../../data/call';
import { toCallError } from '../../data/call';

export const PAGE = 100;
/** More are not kept: whoever scrolls so far narrows the filter instead. */
export const MOST_KEPT = 10_000;
/** Events may be stored this much later than they happened, milliseconds. */
const LATE_MS = 60_000;

export interface PagesState {
  /** Newest first. */
  readonly events: readonly AiEvent[];
  /** Null until it was counted. */
  readonly total: { readonly count: number; readonly isExact: boolean } | null;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  /** The search came to this time without filling a page. */
  readonly scannedTo: string | null;
  readonly error: CallError | null;
  /** Newly stored events that match and are not yet among `events`. */
  readonly fresh: readonly AiEvent[];
  /** There are more than `fresh` holds. */
  readonly hasMoreFresh: boolean;
}

export const NOTHING_YET: PagesState = {
  events: [],
  total: null,
  hasMore: true,
  isLoading: true,
  scannedTo: null,
  error: null,
  fresh: [],
  hasMoreFresh: false,
};

export type ListEvents = (request: RequestInput<'ai-events.list'>) => Promise<ResponseOf<'ai-events.list'>>;

/** The pages of one filter, as far as somebody has scrolled. Late answers to an earlier filter are dropped. */
export class EventPages {
  readonly #list: ListEvents;
  readonly #changed = new Set<() => void>();
  #state = NOTHING_YET;
  #filter: AiEventFilter = {};
  #cursor: string | null = null;
  #turn = 0;
  #isAsking = false;

  constructor(list: ListEvents) {
    this.#list = list;
  }

  readonly state = (): PagesState => this.#state;

  readonly subscribe = (changed: () => void): (() => void) => {
    this.#changed.add(changed);
    return () => void this.#changed.delete(changed);
  };

  /** Begins anew with another filter, or with the same. */
  start(filter: AiEventFilter): Promise<void> {
    this.#turn++;
    this.#filter = filter;
    this.#cursor = null;
    this.#isAsking = false;
    this.#set({ ...NOTHING_YET, isLoading: false });
    return this.more();
  }

  /** The next page, or the one that failed once more; harmless while one is under way. */
  async more(): Promise<void> {
    if (this.#isAsking || !this.#state.hasMore) return;
    const turn = this.#turn;
    const cursor = this.#cursor;
    this.#isAsking = true;
    this.#set({ ...this.#state, isLoading: true, error: null });
    try {
      const page = await this.#list({
        ...this.#filter,
        limit: PAGE,
        with_total: cursor === null,
        ...(cursor === null ? {} : { cursor }),
      });
      if (turn !== this.#turn) return;
      this.#cursor = page.next_cursor;
      const events = merged(this.#state.events, page.events);
      this.#set({
        ...this.#state,
        events,
        total: cursor === null ? { count: page.total, isExact: page.total_is_exact } : this.#state.total,
        hasMore: page.next_cursor !== null && events.length < MOST_KEPT,
        isLoading: false,
        scannedTo: page.scanned_to,
      });
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#set({ ...this.#state, isLoading: false, error: toCallError(error, 'ai-events.list') });
    } finally {
      if (turn === this.#turn) this.#isAsking = false;
    }
  }

  /**
   * Looks for newly stored events, and for snapshots that were made meanwhile. What is shown stays where it is.
   * @param now milliseconds since the epoch
   */
  async freshen(now: number): Promise<void> {
    const { end_time: end, start_time: start } = this.#filter;
    if (this.#state.error !== null || (end !== undefined && Date.parse(end) < now - LATE_MS)) return;
    const turn = this.#turn;
    const newest = this.#state.events[0]?.timestamp;
    const since = Math.max(
      (newest === undefined ? now : Math.min(now, Date.parse(newest))) - LATE_MS,
      start === undefined ? 0 : Date.parse(start),
    );
    if (end !== undefined && Date.parse(end) < since) return;
    try {
      const page = await this.#list({
        ...this.#filter,
        start_time: new Date(since).toISOString(),
        limit: PAGE,
        with_total: false,
      });
      if (turn !== this.#turn) return;
      const shown = new Set(this.#state.events.map(({ id }) => id));
      const last = this.#state.hasMore ? this.#state.events.at(-1)?.timestamp : undefined;
      const fresh = page.events.filter(
        ({ id, timestamp }) => !shown.has(id) && (last === undefined || timestamp >= last),
      );
      this.#set({
        ...this.#state,
        events: withMedia(this.#state.events, page.events),
        fresh,
        hasMoreFresh: page.next_cursor !== null && fresh.length === page.events.length,
      });
    } catch {
      // The list itself says what is wrong, as soon as somebody asks for more of it.
    }
  }

  /** Puts the newly stored ones where they belong. */
  async takeFresh(): Promise<void> {
    const { fresh, hasMoreFresh, events, total } = this.#state;
    if (hasMoreFresh) return this.start(this.#filter);
    this.#set({
      ...this.#state,
      events: merged(fresh, events),
      total: total === null ? null : { ...total, count: total.count + fresh.length },
      fresh: [],
    });
  }

  /** Shows a review before, or without, asking anew: what is read stays, whatever the filter says. */
  markReviewed(ids: ReadonlySet<string>, at: string | null): void {
    const mark = (event: AiEvent) => (ids.has(event.id) ? { ...event, reviewed_at: at } : event);
    this.#set({ ...this.#state, events: this.#state.events.map(mark) });
  }

  #set(state: PagesState): void {
    this.#state = state;
    for (const changed of [...this.#changed]) changed();
  }
}

/** Newest first, each once. */
function merged(one: readonly AiEvent[], other: readonly AiEvent[]): readonly AiEvent[] {
  const known = new Set(one.map(({ id }) => id));
  const added = other.filter(({ id }) => !known.has(id));
  if (added.length === 0) return one;
  const all = [...one, ...added];
  const last = one.at(-1)?.timestamp;
  // A next page follows what is there; only late ones have to be sorted in.
  return last === undefined || last > (added[0]?.timestamp ?? '')
    ? all
    : all.sort((a, b) => (a.timestamp < b.timestamp ? 1 : a.timestamp > b.timestamp ? -1 : 0));
}

function withMedia(events: readonly AiEvent[], newer: readonly AiEvent[]): readonly AiEvent[] {
  const byId = new Map(newer.map((event) => [event.id, event]));
  let isChanged = false;
  const next = events.map((event) => {
    const { snapshot_id = event.snapshot_id, clip_id = event.clip_id } = byId.get(event.id) ?? {};
    if (snapshot_id === event.snapshot_id && clip_id === event.clip_id) return event;
    isChanged = true;
    return { ...event, snapshot_id, clip_id };
  });
  return isChanged ? next : events;
}
