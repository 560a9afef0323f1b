import type { StoreFigures } from '../types';

/** Latencies that percentiles are taken from: the newest of them. */
const SAMPLES = 256;

/** Counts what becomes of the calls of a pool. Bounded, whatever the running time. */
export class CallBook {
  readonly #latencies: number[] = [];
  #calls = 0;
  #failures = 0;
  #timeouts = 0;

  /** @param latencyMs from asking to answer */
  answered(latencyMs: number, isAnswer: boolean): void {
    this.#latencies[this.#calls % SAMPLES] = latencyMs;
    this.#calls++;
    if (!isAnswer) this.#failures++;
  }

  gaveUp(): void {
    this.#timeouts++;
  }

  read(queue: number): StoreFigures {
    const sorted = [...this.#latencies].sort((a, b) => a - b);
    const at = (share: number) =>
      sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? 0;
    return {
      ...{ queue, calls: this.#calls, failures: this.#failures, timeouts: this.#timeouts },
      latencyMs: sorted.length === 0 ? null : { p50: at(0.5), p99: at(0.99), max: at(1) },
    };
  }
}
