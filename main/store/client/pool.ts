import type { Clock, Timer } from '../../base/clock';
import { VasError } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { Answer, Failure, Ready, StoreCall } from '../protocol';
import type { StoreFigures } from '../types';
import { fromWire } from '../wire';
import { CallBook } from './callBook';
import { Slot } from './slot';
import type { WorkerThread } from './thread';

/** A statement that takes longer than this is logged by name, microseconds. */
const SLOW_US = 40_000;

interface Job {
  readonly call: StoreCall;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: VasError) => void;
  deadline: Timer | null;
  readonly beganUs: number;
}

export interface PoolOptions {
  readonly size: number;
  readonly start: () => WorkerThread;
  /**
   * Milliseconds from the call to giving up with `timeout`; null: never. Writes have none: one that was
   * given up could still happen.
   */
  readonly deadlineMs: number | null;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Hands calls, in their order, to whichever thread is free: one at a time each, so that a slow query holds up
 * nobody while another thread is idle. With one thread it is a queue.
 */
export class WorkerPool {
  readonly #options: PoolOptions;
  readonly #slots: readonly Slot[];
  readonly #book = new CallBook();
  #queue: Job[] = [];
  #running = 0;
  #closing = false;
  #drained: (() => void) | null = null;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#slots = Array.from(
      { length: options.size },
      () => new Slot(options.start, () => this.#pump(), options.clock, options.log),
    );
  }

  /** Starts every thread. @throws VasError of the first that cannot open; none is left then */
  async open(): Promise<Ready> {
    const opened = await Promise.allSettled(this.#slots.map((slot) => slot.open()));
    const refused = opened.find((result) => result.status === 'rejected');
    if (refused) {
      await this.end();
      throw refused.reason;
    }
    const [first] = opened;
    if (first?.status !== 'fulfilled') throw new VasError('invalid', 'The store needs at least one thread.');
    return first.value;
  }

  /** @throws VasError what the worker answered; timeout; unavailable when its thread died or the store is closed */
  call(call: StoreCall): Promise<unknown> {
    if (this.#closing)
      return Promise.reject(
        new VasError('unavailable', 'The database is closed: the application is shutting down.'),
      );
    return new Promise((resolve, reject) => {
      const beganUs = this.#options.clock.monotonicUs();
      const job: Job = { call, resolve, reject, deadline: null, beganUs };
      const { deadlineMs } = this.#options;
      if (deadlineMs !== null)
        job.deadline = this.#options.clock.after(deadlineMs, () => this.#expire(job, deadlineMs));
      this.#queue.push(job);
      this.#pump();
    });
  }

  figures(): StoreFigures {
    return this.#book.read(this.#queue.length);
  }

  /** Accepts nothing more and resolves when everything asked before is answered. */
  async drain(): Promise<void> {
    this.#closing = true;
    if (this.#queue.length === 0 && this.#running === 0) return;
    await new Promise<void>((resolve) => (this.#drained = resolve));
  }

  /** Ends all threads without closing their databases; whoever waits for an answer is refused. */
  async abandon(): Promise<void> {
    this.#closing = true;
    await Promise.all(this.#slots.map((slot) => slot.abandon()));
    this.#pump();
  }

  /** Ends all threads. */
  async end(): Promise<void> {
    this.#closing = true;
    for (const problem of await Promise.all(this.#slots.map((slot) => slot.end())))
      if (problem)
        this.#options.log.warn({ reason: problem.message }, 'A database connection closed uncleanly');
  }

  #pump(): void {
    for (const slot of this.#slots) {
      if (slot.state !== 'idle') continue;
      const job = this.#queue.shift();
      if (!job) break;
      void this.#run(slot, job);
    }
    // Waiting makes sense only while a thread works or is being started.
    if (this.#queue.length > 0 && this.#slots.every(({ state }) => state === 'down' || state === 'ended')) {
      const { reason = '', details } = this.#slots[0] ?? {};
      for (const job of this.#queue.splice(0))
        settle(job, () =>
          job.reject(new VasError('unavailable', `The database is not available: ${reason}`, { details })),
        );
    }
    if (this.#closing && this.#queue.length === 0 && this.#running === 0) this.#drained?.();
  }

  async #run(slot: Slot, job: Job): Promise<void> {
    this.#running++;
    const reply = await slot.run(job.call);
    this.#running--;
    this.#book.answered((this.#options.clock.monotonicUs() - job.beganUs) / 1000, reply.kind === 'answer');
    this.#note(job.call.name, reply);
    // After its deadline the job is settled already: a late answer is dropped.
    settle(job, () =>
      reply.kind === 'answer' ? job.resolve(reply.value) : job.reject(fromWire(reply.error)),
    );
    this.#pump();
  }

  #expire(job: Job, deadlineMs: number): void {
    this.#queue = this.#queue.filter((other) => other !== job);
    this.#book.gaveUp();
    this.#options.log.warn({ query: job.call.name, deadline_ms: deadlineMs }, 'A query missed its deadline');
    job.reject(
      new VasError(
        'timeout',
        `The database did not answer within ${deadlineMs / 1000} s. Try again; if it happens often, check the disk that holds the data folder.`,
        { details: { query: job.call.name } },
      ),
    );
    this.#pump();
  }

  #note(query: string, reply: Answer | Failure): void {
    if (reply.elapsedUs > SLOW_US)
      this.#options.log.warn({ query, elapsed_ms: Math.round(reply.elapsedUs / 1000) }, 'Slow query');
    if (reply.kind === 'failure' && (reply.error.kind === 'unavailable' || reply.error.kind === 'internal'))
      this.#options.log.error({ query, reason: reply.error.message }, 'The database failed');
  }
}

function settle(job: Job, how: () => void): void {
  job.deadline?.cancel();
  how();
}
