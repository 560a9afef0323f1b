import type { ResponseOf } from '../../../contract';
import type { Clock, Timer } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import { messageOf, VasError } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { EventCursor, EventStore, ExpiredBatch } from '../../store/events/types';
import { instantOf } from '../shape';

export type ExpiryState = ResponseOf<'ai-events.expiry'>;

/** Snapshots and clips that were made for events. */
export interface ExpiredMedia {
  /** Removes it if it is still there and nobody has made it theirs. */
  readonly removeSnapshot: (id: string) => Promise<void>;
  readonly removeClip: (id: string) => Promise<void>;
}

export interface EventExpiryOptions {
  readonly store: Pick<EventStore, 'read' | 'write'>;
  readonly media: ExpiredMedia;
  /** Age at which events go by themselves, days; null: never. */
  readonly days: () => number | null;
  /** For the audit log: what went, whether a rule or a person began it. */
  readonly onRemoved: (what: RemovedEvents) => void;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface RemovedEvents {
  /** Null: the rule. */
  readonly userId: string | null;
  /** Events before this instant. */
  readonly before: string;
  readonly removed: number;
}

/** Stands in the audit for the rule itself. */
const BY_RULE = 'rule';

const DAY_US = 86_400 * 1e6;
/** Events of one transaction: an insert that comes meanwhile waits for no more than these. */
const BATCH = 100;
/** The store rests between batches at least this long, and as long as the batch took, milliseconds. */
const LEAST_REST_MS = 10;
/** Index entries counted at once. */
const COUNTED_AT_ONCE = 100_000;
const FIRST_LOOK_MS = 60_000;
const LOOK_EVERY_MS = 3_600_000;
/**
 * By rule, half of all events may go in one hour: a wrong system clock must not cost them all (as for recordings).
 * Fewer than this may always go.
 */
const ALWAYS_ALLOWED = 1_000;
const TELL_EVERY = 10;

/** Lets old events go, with their media: by age, or when a person says so. One expiry at a time. */
export class EventExpiry implements Disposable {
  readonly #options: EventExpiryOptions;
  readonly #listeners = new Set<(state: ExpiryState) => void>();
  #running: ExpiryState['running'] = null;
  #last: ExpiryState['last'] = null;
  #failure: string | null = null;
  #isDisposed = false;
  #timer: Timer | null = null;
  #endRest: (() => void) | null = null;
  #work: Promise<void> = Promise.resolve();

  constructor(options: EventExpiryOptions) {
    this.#options = options;
    this.schedule(FIRST_LOOK_MS);
  }

  /** To be called when the age was changed: looks again later, or never. */
  schedule(delayMs = LOOK_EVERY_MS): void {
    this.#timer?.cancel();
    this.#timer = null;
    if (this.#options.days() === null || this.#isDisposed) return;
    this.#timer = this.#options.clock.after(delayMs, () => {
      this.schedule();
      void this.#byRule().catch((error: unknown) => this.#complain(error));
    });
  }

  /** Tells the state at once and on each change; returns how to stop. */
  subscribe(push: (state: ExpiryState) => void): () => void {
    this.#listeners.add(push);
    push(this.#state());
    void this.#readLast().catch(() => undefined);
    return () => void this.#listeners.delete(push);
  }

  /** How many events are older than that many days. @throws VasError unavailable */
  async preview(days: number): Promise<{ count: number; before: string }> {
    const beforeUs = this.#beforeUs(days);
    return { count: await this.#count(beforeUs), before: instantOf(beforeUs) };
  }

  /**
   * Begins to remove events older than that many days; its progress is told to subscribers.
   * @throws VasError conflict while another expiry runs, unavailable
   */
  async start(days: number, userId: string): Promise<void> {
    if (this.#running !== null)
      throw new VasError('conflict', 'Old events are being removed already. Wait until that is done.');
    const beforeUs = this.#beforeUs(days);
    await this.#begin(beforeUs, userId, await this.#count(beforeUs));
  }

  /** What is removed stays removed. */
  cancel(): void {
    if (this.#running !== null) this.#running = { ...this.#running, cancelled: true };
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    this.#timer?.cancel();
    this.#listeners.clear();
    this.cancel();
    this.#endRest?.();
    await this.#work;
  }

  #beforeUs(days: number): number {
    return this.#options.clock.wallUs() - days * DAY_US;
  }

  async #byRule(): Promise<void> {
    const days = this.#options.days();
    if (days === null || this.#running !== null) return;
    const { read } = this.#options.store;
    const { events, oldestUs } = await read.eventStats();
    const beforeUs = this.#beforeUs(days);
    if (oldestUs === null || oldestUs >= beforeUs) return;
    const most = Math.max(ALWAYS_ALLOWED, Math.floor(events / 2));
    const count = await this.#count(beforeUs);
    if (count > most)
      this.#options.log.warn(
        { old: count, removed: most },
        'more than half of all events are old: half go now, the rest later',
      );
    await this.#begin(beforeUs, BY_RULE, Math.min(count, most));
  }

  async #count(beforeUs: number): Promise<number> {
    let count = 0;
    let after: EventCursor | undefined;
    do {
      const part = await this.#options.store.read.countOlder(beforeUs, COUNTED_AT_ONCE, after);
      count += part.count;
      after = part.next ?? undefined;
    } while (after !== undefined);
    return count;
  }

  async #begin(beforeUs: number, userId: string, total: number): Promise<void> {
    const { store, clock, log } = this.#options;
    const expiry = await store.write.beginExpiry(beforeUs, userId, clock.wallUs());
    // Another one may have begun while this one counted.
    if (this.#running !== null) throw new VasError('conflict', 'Old events are being removed already.');
    this.#running = { removed: 0, total, before: instantOf(beforeUs), cancelled: false };
    this.#failure = null;
    this.#tell();
    log.info({ expiry, userId, before: instantOf(beforeUs), events: total }, 'old events are removed');
    this.#work = this.#run(expiry, total)
      .catch((error: unknown) => this.#complain(error))
      .then(async () => {
        const removed = this.#running?.removed ?? 0;
        log.info({ expiry, removed }, 'old events were removed');
        this.#options.onRemoved({
          userId: userId === BY_RULE ? null : userId,
          before: instantOf(beforeUs),
          removed,
        });
        await this.#readLast().catch(() => undefined);
        this.#running = null;
        this.#tell();
      });
  }

  async #run(expiry: number, total: number): Promise<void> {
    const { store, clock } = this.#options;
    let removed = 0;
    for (let batches = 1; removed < total && !this.#stops(); batches++) {
      const beganUs = clock.monotonicUs();
      const batch = await store.write.expireEvents(expiry, Math.min(BATCH, total - removed));
      if (batch.removed === 0) return;
      removed += batch.removed;
      this.#running = { ...(this.#running as NonNullable<ExpiryState['running']>), removed };
      await this.#removeMedia(batch);
      if (batches % TELL_EVERY === 0) this.#tell();
      await this.#rest((clock.monotonicUs() - beganUs) / 1000);
    }
  }

  #stops(): boolean {
    return this.#isDisposed || this.#running?.cancelled === true;
  }

  #rest(tookMs: number): Promise<void> {
    if (this.#stops()) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        timer.cancel();
        this.#endRest = null;
        resolve();
      };
      const timer = this.#options.clock.after(Math.max(LEAST_REST_MS, tookMs), end);
      this.#endRest = end;
    });
  }

  async #removeMedia({ snapshotIds, clipIds }: ExpiredBatch): Promise<void> {
    const { removeSnapshot, removeClip } = this.#options.media;
    const removals = [
      ...snapshotIds.map((id) => () => removeSnapshot(id)),
      ...clipIds.map((id) => () => removeClip(id)),
    ];
    for (const remove of removals)
      await remove().catch((error: unknown) =>
        this.#options.log.warn({ reason: messageOf(error) }, 'media of a removed event stay'),
      );
  }

  async #readLast(): Promise<void> {
    const last = await this.#options.store.read.lastExpiry();
    this.#last =
      last === null
        ? null
        : {
            at: instantOf(last.atUs),
            before: instantOf(last.beforeUs),
            removed: last.removed,
            by_rule: last.userId === BY_RULE,
          };
    this.#tell();
  }

  #complain(error: unknown): void {
    this.#failure = messageOf(error);
    this.#options.log.warn({ reason: this.#failure }, 'old events could not be removed');
    this.#tell();
  }

  #tell(): void {
    for (const push of [...this.#listeners]) push(this.#state());
  }

  #state(): ExpiryState {
    return { running: this.#running, last: this.#last, failure: this.#failure };
  }
}
