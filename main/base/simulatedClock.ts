import type { Clock, Timer } from './clock';

interface Pending {
  dueUs: number;
  order: number;
  periodUs: number | null;
  callback: () => void;
}

/** A clock that stands still until a test moves it; timers run in the order of their due time. */
export class SimulatedClock implements Clock {
  #monotonicUs = 0;
  #wallOffsetUs: number;
  #order = 0;
  #pending = new Set<Pending>();

  /** @param wallUs wall clock at the start, microseconds since the Unix epoch */
  constructor(wallUs = 1_800_000_000_000_000) {
    this.#wallOffsetUs = wallUs;
  }

  wallUs(): number {
    return this.#monotonicUs + this.#wallOffsetUs;
  }

  monotonicUs(): number {
    return this.#monotonicUs;
  }

  after(delayMs: number, callback: () => void): Timer {
    return this.#add(delayMs, null, callback);
  }

  every(periodMs: number, callback: () => void): Timer {
    return this.#add(periodMs, Math.round(periodMs * 1000), callback);
  }

  /** How many timers are waiting: zero after everything was disposed. */
  get pendingTimers(): number {
    return this.#pending.size;
  }

  /** Steps the system clock as an administrator would; monotonic time is untouched. */
  stepWall(byUs: number): void {
    this.#wallOffsetUs += byUs;
  }

  /** Lets `ms` milliseconds pass, running due timers and letting promises settle after each. */
  async advance(ms: number): Promise<void> {
    const targetUs = this.#monotonicUs + Math.round(ms * 1000);
    await settle();
    for (;;) {
      const next = this.#nextDue(targetUs);
      if (!next) break;
      this.#monotonicUs = Math.max(this.#monotonicUs, next.dueUs);
      if (next.periodUs === null) this.#pending.delete(next);
      else next.dueUs += next.periodUs;
      next.callback();
      await settle();
    }
    this.#monotonicUs = targetUs;
    await settle();
  }

  #nextDue(limitUs: number): Pending | null {
    let best: Pending | null = null;
    for (const candidate of this.#pending) {
      if (candidate.dueUs > limitUs) continue;
      if (
        !best ||
        candidate.dueUs < best.dueUs ||
        (candidate.dueUs === best.dueUs && candidate.order < best.order)
      )
        best = candidate;
    }
    return best;
  }

  #add(delayMs: number, periodUs: number | null, callback: () => void): Timer {
    const entry: Pending = {
      dueUs: this.#monotonicUs + Math.round(delayMs * 1000),
      order: this.#order++,
      periodUs,
      callback,
    };
    this.#pending.add(entry);
    return { cancel: () => this.#pending.delete(entry) };
  }
}

/** Several macrotask turns, so that chains of promises started by a timer come to rest. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}
