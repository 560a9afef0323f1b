import type { Clock } from '../../base/clock';
import type { StreamFault, StreamFaultCode } from '../streams';

/** How often an output is tried again, milliseconds. */
export const RETRY_MS = 10_000;
/** Longest wait when it fails again and again right after it began, milliseconds. */
const LONGEST_MS = 300_000;
/** A failure within this time of the end of the last trouble counts as the same one, milliseconds. */
const SAME_TROUBLE_MS = 60_000;

/**
 * Remembers that an output of a stream, recording or live view, cannot be had. The other one goes on without it;
 * trying again costs that a short interruption, so what comes back and fails at once is tried ever more rarely.
 */
export class OutputGate {
  readonly #clock: Clock;
  readonly #code: StreamFaultCode;
  #fault: StreamFault | null = null;
  #waitMs = RETRY_MS;
  #untilUs = 0;
  #openedUs = -Infinity;

  /** @param code of its faults */
  constructor(clock: Clock, code: StreamFaultCode) {
    this.#clock = clock;
    this.#code = code;
  }

  /** Why there is none; null while there is. */
  get fault(): StreamFault | null {
    return this.#fault;
  }

  /** It may be tried now. */
  get open(): boolean {
    return this.#fault === null || this.#clock.monotonicUs() >= this.#untilUs;
  }

  failed(detail: string): void {
    const nowUs = this.#clock.monotonicUs();
    const again = nowUs - this.#openedUs < SAME_TROUBLE_MS * 1000;
    this.#waitMs = again ? Math.min(LONGEST_MS, this.#waitMs * 2) : RETRY_MS;
    this.#openedUs = -Infinity;
    this.#untilUs = nowUs + this.#waitMs * 1000;
    this.#fault = { code: this.#code, detail };
  }

  /** It is there. Only after trouble does that say something of it: cameras come and go. */
  succeeded(): void {
    if (this.#fault === null) return;
    this.#fault = null;
    this.#openedUs = this.#clock.monotonicUs();
  }
}
