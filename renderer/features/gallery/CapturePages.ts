import type { Capture, CaptureFilter, CaptureItem, RequestInput, ResponseOf } from '../../../contract';
import type { CallError } from '../../data/call';
import { toCallError } from '../../data/call';

export const PAGE = 100;

export interface CapturePagesState {
  /** The newest moment first. */
  readonly captures: readonly Capture[];
  /** Made since, and not yet among `captures`. */
  readonly fresh: readonly Capture[];
  /** Null until it was counted. */
  readonly total: number | null;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly error: CallError | null;
}

export const NOTHING_YET: CapturePagesState = {
  captures: [],
  fresh: [],
  total: null,
  hasMore: true,
  isLoading: true,
  error: null,
};

export type ListCaptures = (request: RequestInput<'captures.list'>) => Promise<ResponseOf<'captures.list'>>;

/** The pages of one filter, as far as somebody has scrolled. Late answers to an earlier filter are dropped. */
export class CapturePages {
  readonly #list: ListCaptures;
  readonly #changed = new Set<() => void>();
  #state = NOTHING_YET;
  #filter: CaptureFilter = {};
  #cursor: string | null = null;
  /** Counts the filters: an answer to an older one is late. */
  #turn = 0;
  /** Ids of what was written on here: it stays although the filter may leave it out now. */
  #kept = new Set<string>();

  constructor(list: ListCaptures) {
    this.#list = list;
  }

  readonly state = (): CapturePagesState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#changed.add(listener);
    return () => this.#changed.delete(listener);
  };

  /** The first page of a filter; what was there stays until it has come. */
  async start(filter: CaptureFilter): Promise<void> {
    this.#filter = filter;
    this.#turn++;
    this.#cursor = null;
    this.#kept.clear();
    this.#set({ isLoading: true, error: null });
    await this.#load(true);
  }

  /** The next page; nothing while one is being fetched or when there is none. */
  async more(): Promise<void> {
    if (this.#state.isLoading || !this.#state.hasMore || this.#cursor === null) return;
    this.#set({ isLoading: true, error: null });
    await this.#load(false);
  }

  /** Something was written on a capture. It stays where it is, even if the filter would leave it out now. */
  replace(capture: Capture): void {
    this.#kept.add(capture.id);
    this.#set({
      captures: this.#state.captures.map((one) => (one.id === capture.id ? capture : one)),
    });
  }

  remove(items: readonly CaptureItem[]): void {
    const gone = new Set(items.map(({ id }) => id));
    const captures = this.#state.captures.filter(({ id }) => !gone.has(id));
    const removed = this.#state.captures.length - captures.length;
    const { total } = this.#state;
    this.#set({ captures, total: total === null ? null : Math.max(0, total - removed) });
    // What scrolls up may be the end of what was loaded.
    if (captures.length === 0) void this.more();
  }

  /**
   * Captures were made, changed or deleted somewhere: what is shown is brought up to date where it stands, and new
   * ones wait as `fresh`. A failure is silent: what is shown stays, and the next change tries again.
   */
  async freshen(): Promise<void> {
    if (this.#state.isLoading) return;
    const turn = this.#turn;
    const page = await this.#list({ filter: this.#filter, limit: PAGE }).catch(() => null);
    if (page === null || turn !== this.#turn || this.#state.isLoading) return;
    const now = new Map(page.captures.map((capture) => [capture.id, capture]));
    const last = page.captures.at(-1);
    const isBeyond = (one: Capture) =>
      page.next_cursor !== null && last !== undefined && byMoment(last, one) < 0;
    const captures = this.#state.captures
      .map((one) => now.get(one.id) ?? one)
      .filter((one) => now.has(one.id) || isBeyond(one) || this.#kept.has(one.id));
    const shown = new Set(captures.map(({ id }) => id));
    const fresh = page.captures.filter(({ id }) => !shown.has(id));
    this.#set({
      captures,
      fresh,
      total: page.total === null ? this.#state.total : page.total - fresh.length,
    });
  }

  /** Puts the new ones where they belong. */
  showFresh(): void {
    const { captures, fresh, total } = this.#state;
    if (fresh.length === 0) return;
    this.#set({
      captures: [...fresh, ...captures].sort(byMoment),
      total: total === null ? null : total + fresh.length,
      fresh: [],
    });
  }

  async #load(isFirst: boolean): Promise<void> {
    const turn = this.#turn;
    try {
      const cursor = isFirst ? null : this.#cursor;
      const page = await this.#list({
        filter: this.#filter,
        limit: PAGE,
        ...(cursor === null ? {} : { cursor }),
      });
      if (turn !== this.#turn) return;
      this.#cursor = page.next_cursor;
      const before = isFirst ? [] : this.#state.captures;
      const known = new Set(before.map(({ id }) => id));
      this.#set({
        ...(isFirst ? { fresh: [] } : {}),
        captures: [...before, ...page.captures.filter(({ id }) => !known.has(id))],
        total: page.total ?? this.#state.total,
        hasMore: page.next_cursor !== null,
        isLoading: false,
      });
    } catch (error) {
      if (turn !== this.#turn) return;
      this.#set({
        ...(isFirst ? { captures: [], total: null } : {}),
        isLoading: false,
        error: toCallError(error, 'captures.list'),
      });
    }
  }

  #set(change: Partial<CapturePagesState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#changed) listener();
  }
}

/** The newest moment first, as the pages have it. */
function byMoment(one: Capture, other: Capture): number {
  const later = Date.parse(other.timestamp) - Date.parse(one.timestamp);
  return later !== 0 ? later : one.id < other.id ? -1 : 1;
}
