import type { Clock } from '../../base/clock';
import type { StreamFault } from '../streams';

/** How often recording is tried again, milliseconds. */
export const RETRY_MS = 10_000;
/** Longest wait when recording fails again and again right after it began, milliseconds. */
const LONGEST_MS = 300_000;
/** A failure within this time of the end of the last trouble counts as the same one, milliseconds. */
const SAME_TROUBLE_MS = 60_000;

/**
 * Remembers that recordings cannot be written. Live view goes on without them; trying again costs it a short
 * interruption, so a disk that takes the first bytes and then fails is tried ever more rarely.
 */
export class StorageGate {
  readonly #clock: Clock;
  #fault: StreamFault | null = null;
  #waitMs = RETRY_MS;
  #untilUs = 0;
  #openedUs = -Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Why there is no recording; null while there is. */
  get fault(): StreamFault | null {
    return this.#fault;
  }

  /** Recording may be tried now. */
  get open(): boolean {
    return this.#fault === null || this.#clock.monotonicUs() >= this.#untilUs;
  }

  failed(detail: string): void {
    const nowUs = this.#clock.monotonicUs();
    const again = nowUs - this.#openedUs < SAME_TROUBLE_MS * 1000;
    this.#waitMs = again ? Math.min(LONGEST_MS, this.#waitMs * 2) : RETRY_MS;
    this.#openedUs = -Infinity;
    this.#untilUs = nowUs + this.#waitMs * 1000;
    this.#fault = { code: 'storage', detail };
  }

  /** A run is recorded. Only after trouble does that say something of the disk: cameras come and go. */
  succeeded(): void {
    if (this.#fault === null) return;
    this.#fault = null;
    this.#openedUs = this.#clock.monotonicUs();
  }
}
