import type { Clock, Timer } from '../../base/clock';
import { messageOf, VasError } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { Failure, Answer, Ready, StoreCall, WireError } from '../protocol';
import type { WorkerThread } from './thread';

/** Delay before the n-th start in a row without an answered call in between, milliseconds. The first is at once. */
const RESTART_DELAYS_MS = [0, 0, 200, 1_000, 5_000];

export type SlotState = 'starting' | 'idle' | 'busy' | 'down' | 'ended';

/** A place for a worker: replaces the thread when it dies. */
export class Slot {
  /** Why there is no thread; meaningful while down. */
  reason = '';
  /** What the last attempt to start one told besides, such as SQLite's code. */
  details: unknown = undefined;
  #state: SlotState = 'starting';
  #thread: WorkerThread | null = null;
  #retry: Timer | null = null;
  #failures = 0;
  readonly #start: () => WorkerThread;
  readonly #changed: () => void;
  readonly #clock: Clock;
  readonly #log: Logger;

  /** @param changed called whenever the slot may take a call or cannot any more */
  constructor(start: () => WorkerThread, changed: () => void, clock: Clock, log: Logger) {
    this.#start = start;
    this.#changed = changed;
    this.#clock = clock;
    this.#log = log;
  }

  get state(): SlotState {
    return this.#state;
  }

  /** First start. @throws VasError when the thread cannot open the database; nothing is left running then */
  async open(): Promise<Ready> {
    const thread = this.#start();
    try {
      const ready = await thread.ready;
      this.#adopt(thread);
      return ready;
    } catch (error) {
      this.#state = 'ended';
      await thread.end();
      throw error;
    }
  }

  /** Runs one call; only while idle. */
  async run(call: StoreCall): Promise<Answer | Failure> {
    const thread = this.#thread;
    if (this.#state !== 'idle' || !thread) throw new Error('slot is not idle');
    this.#state = 'busy';
    const reply = await thread.call(call);
    if (this.#thread === thread && !thread.dead) {
      this.#failures = 0;
      this.#state = 'idle';
    }
    return reply;
  }

  /** Ends the thread for good. Resolves with what went wrong in closing, or null. */
  async end(): Promise<WireError | null> {
    return (await this.#leave()?.end()) ?? null;
  }

  /** Ends the thread without closing its database. */
  async abandon(): Promise<void> {
    await this.#leave()?.abandon();
  }

  #leave(): WorkerThread | null {
    this.#state = 'ended';
    this.#retry?.cancel();
    const thread = this.#thread;
    this.#thread = null;
    return thread;
  }

  #adopt(thread: WorkerThread): void {
    this.#thread = thread;
    this.#state = 'idle';
    void thread.gone.then((reason) => {
      if (this.#thread !== thread) return;
      this.#log.error({ reason }, 'A thread of the store died and is replaced');
      this.#lost(reason);
    });
    this.#changed();
  }

  #lost(reason: string, details?: unknown): void {
    this.#thread = null;
    this.reason = reason;
    this.details = details;
    const delayMs = RESTART_DELAYS_MS[Math.min(++this.#failures, RESTART_DELAYS_MS.length - 1)] ?? 0;
    this.#state = delayMs === 0 ? 'starting' : 'down';
    this.#retry = this.#clock.after(delayMs, () => void this.#replace());
    this.#changed();
  }

  async #replace(): Promise<void> {
    this.#state = 'starting';
    const thread = this.#start();
    this.#thread = thread;
    try {
      await thread.ready;
      if (this.#thread === thread) this.#adopt(thread);
    } catch (error) {
      if (this.#thread !== thread) return;
      await thread.end();
      if (this.#thread !== thread) return;
      this.#log.error({ reason: messageOf(error) }, 'A thread of the store could not be replaced yet');
      this.#lost(messageOf(error), error instanceof VasError ? error.details : undefined);
    }
  }
}
