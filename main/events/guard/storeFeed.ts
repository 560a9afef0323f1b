import path from 'node:path';
import type { ResponseOf } from '../../../contract';
import type { Clock, Timer } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import type { Logger } from '../../base/logger';
import { messageOf } from '../../base/errors';
import { instantOf } from '../shape';
import type { GuardedEventStore, StoreCondition } from './guardedStore';
import { keptFiles } from './keptFiles';

export type StoreState = ResponseOf<'ai-events.store'>;

export interface StoreFeedOptions {
  readonly guard: GuardedEventStore;
  /** Events lost so far because the store failed. */
  readonly lost: () => number;
  readonly file: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** How often the number of lost events is told while the store fails, milliseconds. */
const TELL_EVERY_MS = 1_000;

/** Tells windows how the event store is, what a failure has cost, and which old stores are kept. */
export class StoreFeed implements Disposable {
  readonly #options: StoreFeedOptions;
  readonly #listeners = new Set<(state: StoreState) => void>();
  readonly #stop: Disposable;
  #telling: Timer | null = null;
  #before: StoreState['before'] = null;
  /** The failure that goes on. */
  #failing: { readonly condition: StoreCondition; readonly lostBefore: number } | null = null;
  #kept: readonly string[] = [];

  constructor(options: StoreFeedOptions) {
    this.#options = options;
    this.#stop = options.guard.changed.on((condition) => this.#onChanged(condition));
    this.#onChanged(options.guard.condition);
  }

  subscribe(push: (state: StoreState) => void): () => void {
    this.#listeners.add(push);
    push(this.#state());
    void this.#readKept();
    return () => void this.#listeners.delete(push);
  }

  dispose(): void {
    this.#telling?.cancel();
    this.#listeners.clear();
    void this.#stop.dispose();
  }

  #onChanged(condition: StoreCondition): void {
    const { clock, lost } = this.#options;
    if (condition.state === 'failing') {
      this.#failing = { condition, lostBefore: this.#failing?.lostBefore ?? lost() };
      this.#telling ??= clock.every(TELL_EVERY_MS, () => this.#tell());
    } else if (condition.state === 'working') {
      if (this.#failing !== null) {
        const { trouble, sinceUs } = this.#failing.condition;
        this.#before = {
          trouble: trouble ?? 'unavailable',
          since: instantOf(sinceUs ?? clock.wallUs()),
          until: instantOf(clock.wallUs()),
          lost: this.#lost(),
        };
      }
      this.#failing = null;
      this.#telling?.cancel();
      this.#telling = null;
      void this.#readKept();
    }
    this.#tell();
  }

  #lost(): number {
    return this.#failing === null ? 0 : this.#options.lost() - this.#failing.lostBefore;
  }

  async #readKept(): Promise<void> {
    try {
      this.#kept = await keptFiles(this.#options.file);
      this.#tell();
    } catch (error) {
      this.#options.log.debug({ reason: messageOf(error) }, 'old event stores cannot be listed');
    }
  }

  #tell(): void {
    for (const push of [...this.#listeners]) push(this.#state());
  }

  #state(): StoreState {
    const { state, trouble, sinceUs } = this.#options.guard.condition;
    return {
      state,
      trouble,
      since: sinceUs === null ? null : instantOf(sinceUs),
      lost: this.#lost(),
      before: this.#before,
      folder: path.dirname(this.#options.file),
      kept_files: [...this.#kept],
    };
  }
}
