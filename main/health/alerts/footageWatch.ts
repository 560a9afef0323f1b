import type { Clock } from '../../base/clock';

/** A segment lasts a minute; after this long without a new one something is wrong, microseconds. */
const PATIENCE_US = 240_000_000;

interface Watched {
  newestEndUs: number | null;
  /** Monotonic. */
  sinceUs: number;
}

/**
 * Sees whether footage reaches the archive: the end of a camera's newest segment must move on while it runs
 * and shall be recorded. Judged by the monotonic clock alone, so that a set system clock raises nothing.
 */
export class FootageWatch {
  readonly #clock: Clock;
  readonly #newestEnd: (cameraId: string) => Promise<number | null>;
  readonly #watched = new Map<string, Watched>();

  /** @param newestEnd end of a camera's newest segment; null when it has none */
  constructor(clock: Clock, newestEnd: (cameraId: string) => Promise<number | null>) {
    this.#clock = clock;
    this.#newestEnd = newestEnd;
  }

  /** @param expected cameras from which footage must arrive now */
  async look(expected: ReadonlySet<string>): Promise<void> {
    for (const id of this.#watched.keys()) if (!expected.has(id)) this.#watched.delete(id);
    for (const id of expected) {
      const newestEndUs = await this.#newestEnd(id);
      const watched = this.#watched.get(id);
      if (watched === undefined || watched.newestEndUs !== newestEndUs)
        this.#watched.set(id, { newestEndUs, sinceUs: this.#clock.monotonicUs() });
    }
  }

  isWithout(cameraId: string): boolean {
    const watched = this.#watched.get(cameraId);
    return watched !== undefined && this.#clock.monotonicUs() - watched.sinceUs >= PATIENCE_US;
  }
}
