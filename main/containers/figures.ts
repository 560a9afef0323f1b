import type { FrameLoss } from './result';

/** Latencies that percentiles are taken from: the newest of them. */
const SAMPLES = 512;
/** Window of the throughput, microseconds. */
const WINDOW_US = 10_000_000;

export interface Percentiles {
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export interface Figures {
  readonly requests: number;
  readonly answered: number;
  /** Answers with `error` set. */
  readonly errors: number;
  readonly timeouts: number;
  /** Refused: by the container, or because every connection was in use. */
  readonly busy: number;
  readonly unavailable: number;
  /** Frames that could not be read, by reason; part of `errors`. */
  readonly frames: Readonly<Record<FrameLoss, number>>;
  /** Answers that came after their deadline and were discarded. */
  readonly late: number;
  readonly inFlight: number;
  /** Answers a second over the last 10 s. */
  readonly throughput: number;
  /** From asking to answer; null before the first. */
  readonly latencyMs: Percentiles | null;
  /** Inside the model, as the container says; null before the first. */
  readonly modelMs: Percentiles | null;
}

/** Counts what happens to the requests of one container. Bounded, whatever the running time. */
export class FigureBook {
  readonly counts = { requests: 0, answered: 0, errors: 0, timeouts: 0, busy: 0, unavailable: 0 };
  readonly frames: Record<FrameLoss, number> = { overwritten: 0, torn: 0, stale: 0, other: 0 };
  inFlight = 0;
  readonly #latencies = new Samples();
  readonly #model = new Samples();
  readonly #answers: number[] = [];

  /** @param atUs monotonic clock, microseconds */
  answered(atUs: number, latencyMs: number, modelMs: number | null): void {
    this.counts.answered++;
    this.#latencies.add(latencyMs);
    if (modelMs !== null) this.#model.add(modelMs);
    this.#answers.push(atUs);
    this.#forget(atUs);
  }

  read(nowUs: number, late: number): Figures {
    this.#forget(nowUs);
    return {
      ...this.counts,
      frames: { ...this.frames },
      late,
      inFlight: this.inFlight,
      throughput: (this.#answers.length * 1_000_000) / WINDOW_US,
      latencyMs: this.#latencies.percentiles(),
      modelMs: this.#model.percentiles(),
    };
  }

  #forget(nowUs: number): void {
    while ((this.#answers[0] ?? Infinity) <= nowUs - WINDOW_US) this.#answers.shift();
  }
}

class Samples {
  readonly #values: number[] = [];
  #next = 0;

  add(value: number): void {
    this.#values[this.#next] = value;
    this.#next = (this.#next + 1) % SAMPLES;
  }

  percentiles(): Percentiles | null {
    if (this.#values.length === 0) return null;
    const sorted = [...this.#values].sort((a, b) => a - b);
    const at = (share: number) =>
      sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
    return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
  }
}
