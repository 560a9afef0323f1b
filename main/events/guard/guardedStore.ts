import type { Clock, Timer } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import { Emitter } from '../../base/emitter';
import { messageOf, VasError } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { EventReads, EventStore, EventWrites } from '../../store/events/types';
import { moveAside } from './keptFiles';
import type { StoreTrouble } from './trouble';
import { toldAs, troubleInOpening, troubleOf } from './trouble';

export interface StoreCondition {
  readonly state: 'opening' | 'working' | 'failing';
  /** Null unless failing. */
  readonly trouble: StoreTrouble | null;
  /** Since when it fails, microseconds; null unless failing. */
  readonly sinceUs: number | null;
}

export interface GuardedStoreOptions {
  /** Opens the store, made or migrated as needed. */
  readonly open: () => Promise<EventStore>;
  /** Absolute path of its database. */
  readonly file: string;
  readonly clock: Clock;
  readonly log: Logger;
}

/** How often a store that fails is looked at again, milliseconds; nothing runs while it works. */
const TRY_AGAIN_MS = 2_000;
/** What does not end by itself: trying again would only write into it. */
const LASTING: readonly StoreTrouble[] = ['damaged', 'newer'];

/**
 * The event store as the rest sees it, whatever becomes of its database: calls fail while it fails, it is opened and
 * used again when a lock or a full disk has ended, and a new one can be started beside one that is damaged.
 */
export class GuardedEventStore implements Pick<EventStore, 'read' | 'write'>, Disposable {
  readonly read: EventReads;
  readonly write: EventWrites;
  readonly changed = new Emitter<StoreCondition>();
  readonly #options: GuardedStoreOptions;
  #store: EventStore | null = null;
  /** Settles when the store is open or has failed to open; never rejects. */
  #opening: Promise<void>;
  #condition: StoreCondition = { state: 'opening', trouble: null, sinceUs: null };
  #reason: unknown = null;
  #retry: Timer | null = null;
  #isDisposed = false;

  constructor(options: GuardedStoreOptions) {
    this.#options = options;
    this.read = this.#guarded((store) => store.read, false);
    this.write = this.#guarded((store) => store.write, true);
    this.#opening = this.#open();
  }

  get condition(): StoreCondition {
    return this.#condition;
  }

  /** How its threads are doing; null while it is not open. */
  figures(): ReturnType<EventStore['figures']> | null {
    return this.#store?.figures() ?? null;
  }

  /** Resolves when the first attempt to open it is over, however that ended. */
  get opened(): Promise<void> {
    return this.#opening;
  }

  /**
   * Moves the database aside and opens a new one in its place.
   * @returns the name under which the old file is kept; null when there was none
   * @throws VasError unavailable when it cannot be moved or no new one can be made; conflict while it is opened
   */
  async startNew(): Promise<string | null> {
    const { file, clock, log } = this.#options;
    if (this.#condition.state === 'opening')
      throw new VasError('conflict', 'The event store is being opened. Try again in a moment.');
    this.#retry?.cancel();
    const old = this.#store;
    this.#store = null;
    this.#set({ state: 'opening', trouble: null, sinceUs: null });
    let kept: string | null = null;
    let failure: unknown = null;
    this.#opening = (async () => {
      await old?.abandon();
      try {
        kept = await moveAside(file, clock.wallUs());
        log.warn({ kept }, 'a new event store is started');
      } catch (error) {
        failure = error;
      }
      await this.#open();
    })();
    await this.#opening;
    if (failure !== null)
      throw new VasError(
        'unavailable',
        `The event store cannot be moved aside (${messageOf(failure)}). Check the permissions of the data folder and how its disk is mounted.`,
      );
    if (this.#store === null) throw this.#refusal();
    return kept;
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    this.#retry?.cancel();
    await this.#opening;
    await this.#store?.dispose();
  }

  async #open(): Promise<void> {
    const { open, log } = this.#options;
    try {
      const store = await open();
      this.#store = store;
      this.#set({ state: 'working', trouble: null, sinceUs: null });
    } catch (error) {
      const trouble = troubleInOpening(error);
      if (this.#condition.trouble !== trouble)
        log.error(
          { trouble, reason: messageOf(error) },
          'events are not stored: their store cannot be opened',
        );
      this.#fail(trouble, error);
    }
  }

  #guarded<Api extends EventReads | EventWrites>(part: (store: EventStore) => Api, isWrite: boolean): Api {
    const call = async (name: string, args: readonly unknown[]): Promise<unknown> => {
      await this.#opening;
      const store = this.#store;
      if (store === null) throw this.#refusal();
      const methods = part(store) as unknown as Record<
        string,
        (...given: readonly unknown[]) => Promise<unknown>
      >;
      try {
        const answer = await methods[name]?.(...args);
        if (isWrite) this.#worked(store);
        return answer;
      } catch (error) {
        throw this.#failed(store, error);
      }
    };
    return new Proxy({} as Api, {
      get: (_target, name) =>
        typeof name === 'string' ? (...args: unknown[]) => call(name, args) : undefined,
    });
  }

  /** What is damaged stays so: another page may still work. */
  #worked(store: EventStore): void {
    const { state, trouble } = this.#condition;
    if (store !== this.#store || state !== 'failing' || trouble === null || LASTING.includes(trouble)) return;
    this.#options.log.info({ trouble }, 'the event store works again');
    this.#set({ state: 'working', trouble: null, sinceUs: null });
  }

  #failed(store: EventStore, error: unknown): unknown {
    const trouble = troubleOf(error);
    if (trouble === null) return error;
    if (store === this.#store && !this.#isDisposed) {
      if (this.#condition.trouble !== trouble)
        this.#options.log.error({ trouble, reason: messageOf(error) }, 'the event store fails');
      this.#fail(trouble, error);
    }
    return toldAs(trouble, error);
  }

  #fail(trouble: StoreTrouble, error: unknown): void {
    this.#reason = error;
    const { trouble: before, sinceUs } = this.#condition;
    const stays = before !== null && LASTING.includes(before);
    if (!stays && before !== trouble)
      this.#set({ state: 'failing', trouble, sinceUs: sinceUs ?? this.#options.clock.wallUs() });
    this.#tryLater();
  }

  #tryLater(): void {
    const { trouble } = this.#condition;
    this.#retry?.cancel();
    if (this.#isDisposed || trouble === null || LASTING.includes(trouble)) return;
    this.#retry = this.#options.clock.after(TRY_AGAIN_MS, () => void this.#tryAgain());
  }

  async #tryAgain(): Promise<void> {
    if (this.#store !== null) {
      // Its outcome is noted like that of any other call.
      await this.write.probe().catch(() => undefined);
      return;
    }
    if (this.#condition.state === 'failing') await (this.#opening = this.#open());
  }

  #refusal(): VasError {
    return toldAs(this.#condition.trouble ?? 'unavailable', this.#reason);
  }

  #set(condition: StoreCondition): void {
    this.#condition = condition;
    this.changed.emit(condition);
  }
}
