import type { Clock } from '../base/clock';

/** Wrong passwords that cost nothing: a slip of the hand. */
const FREE = 3;
const LONGEST_S = 300;
/** Names that nobody has are remembered, too; not more of them than this. */
const MOST_NAMES = 1_000;

/** How long to wait after so many wrong passwords in a row, seconds: 0, 0, 2, 4, 8 ... 300. */
export function delaySeconds(failures: number): number {
  return failures < FREE ? 0 : Math.min(LONGEST_S, 2 ** (failures - FREE + 1));
}

/** Wrong passwords in a row by name, and how long the next one has to wait. By the clock that never steps. */
export class Attempts {
  readonly #clock: Clock;
  readonly #failures = new Map<string, { readonly count: number; readonly atUs: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** What an earlier start knew; the waiting begins anew. */
  remember(name: string, count: number): void {
    if (count > 0) this.#failures.set(keyOf(name), { count, atUs: this.#clock.monotonicUs() });
  }

  /** Whole seconds until the next password is looked at; 0: now. */
  secondsToWait(name: string): number {
    const failed = this.#failures.get(keyOf(name));
    if (failed === undefined) return 0;
    const sinceS = (this.#clock.monotonicUs() - failed.atUs) / 1e6;
    return Math.max(0, Math.ceil(delaySeconds(failed.count) - sinceS));
  }

  /** @returns how many they are now */
  failed(name: string): number {
    const count = (this.#failures.get(keyOf(name))?.count ?? 0) + 1;
    this.#failures.delete(keyOf(name));
    this.#failures.set(keyOf(name), { count, atUs: this.#clock.monotonicUs() });
    if (this.#failures.size > MOST_NAMES)
      for (const oldest of [...this.#failures.keys()].slice(0, 1)) this.#failures.delete(oldest);
    return count;
  }

  succeeded(name: string): void {
    this.#failures.delete(keyOf(name));
  }
}

const keyOf = (name: string): string => name.trim().toLowerCase();
