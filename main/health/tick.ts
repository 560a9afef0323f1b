import type { Clock, Timer } from '../base/clock';
import type { Disposable } from '../base/disposable';

export const TICK_MS = 10_000;

/** The one slow timer that looks of the health share, so that an idle application wakes up once for all of them. */
export class HealthTick implements Disposable {
  readonly #clock: Clock;
  readonly #timer: Timer;
  readonly #listeners = new Set<(lateMs: number) => void>();
  #dueUs: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#dueUs = clock.monotonicUs() + TICK_MS * 1000;
    this.#timer = clock.every(TICK_MS, () => this.#tick());
  }

  /** @param listener is told how late the event loop came to it, milliseconds */
  onTick(listener: (lateMs: number) => void): Disposable {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  dispose(): void {
    this.#timer.cancel();
    this.#listeners.clear();
  }

  #tick(): void {
    const nowUs = this.#clock.monotonicUs();
    const lateMs = Math.max(0, (nowUs - this.#dueUs) / 1000);
    this.#dueUs = nowUs + TICK_MS * 1000;
    for (const listener of [...this.#listeners]) listener(lateMs);
  }
}
