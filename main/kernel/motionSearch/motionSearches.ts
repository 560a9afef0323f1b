import { randomUUID } from 'node:crypto';
import type { MotionSearchState } from '../../../contract/motion';
import { MOST_SEARCH_DAYS } from '../../../contract/motion';
import type { Clock } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import { VasError } from '../../base/errors';
import type { MotionSearchRequest, MotionSearchServices } from './motionSearch';
import { MotionSearch } from './motionSearch';

const DAY_US = 86_400_000_000;
/** Changes are told at most so often, microseconds. */
const TOLD_EVERY_US = 200_000;

export interface MotionSearchesOptions extends MotionSearchServices {
  readonly clock: Clock;
  /** Writes motion that is not in the store yet. */
  readonly flush: () => Promise<void>;
}

interface Open {
  readonly ownerId: string;
  readonly search: MotionSearch;
  readonly ended: Promise<void>;
  toldUs: number;
}

type Listener = (state: MotionSearchState | null) => void;

/** Searches for motion in recordings: one a window, looked through one after the other. */
export class MotionSearches implements Disposable {
  readonly #options: MotionSearchesOptions;
  readonly #open = new Map<string, Open>();
  readonly #listeners = new Map<string, Set<Listener>>();

  constructor(options: MotionSearchesOptions) {
    this.#options = options;
  }

  /** @throws VasError invalid for a stretch of more than 31 days */
  start(ownerId: string, request: MotionSearchRequest): string {
    if (request.toUs - request.fromUs > MOST_SEARCH_DAYS * DAY_US)
      throw new VasError(
        'invalid',
        `Search at most ${String(MOST_SEARCH_DAYS)} days: choose a shorter time.`,
      );
    this.closeOwner(ownerId);
    const id = randomUUID();
    const search = new MotionSearch(id, request, this.#options, () => this.#changed(id));
    // What cannot be written now is not known, and looked for in the footage instead.
    const ended = this.#options
      .flush()
      .catch(() => undefined)
      .then(() => search.run());
    this.#open.set(id, { ownerId, search, ended, toldUs: 0 });
    return id;
  }

  cancel(ownerId: string, id: string): void {
    const open = this.#open.get(id);
    if (open?.ownerId === ownerId) open.search.cancel();
  }

  /** The state now, and again when it changes. */
  subscribe(id: string, push: Listener): () => void {
    const listeners = this.#listeners.get(id) ?? new Set<Listener>();
    this.#listeners.set(id, listeners.add(push));
    push(this.#open.get(id)?.search.state ?? null);
    return () => {
      listeners.delete(push);
      if (listeners.size === 0 && this.#listeners.get(id) === listeners) this.#listeners.delete(id);
    };
  }

  closeOwner(ownerId: string): void {
    for (const [id, open] of [...this.#open]) {
      if (open.ownerId !== ownerId) continue;
      this.#open.delete(id);
      open.search.cancel();
      for (const push of this.#listeners.get(id) ?? []) push(null);
    }
  }

  async dispose(): Promise<void> {
    const all = [...this.#open.values()];
    for (const { search } of all) search.cancel();
    await Promise.all(all.map(({ ended }) => ended));
  }

  #changed(id: string): void {
    const open = this.#open.get(id);
    if (!open) return;
    const nowUs = this.#options.clock.monotonicUs();
    if (open.search.isRunning && nowUs - open.toldUs < TOLD_EVERY_US) return;
    open.toldUs = nowUs;
    const { state } = open.search;
    for (const push of this.#listeners.get(id) ?? []) push(state);
  }
}
