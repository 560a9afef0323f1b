import type { InferenceRequest, InferenceResponse } from '../../../contract/inference/messages';
import { monotonicMs } from '../thread/messages';
import { refusal } from './answers';

export interface GateMetrics {
  totalRequests: number;
  totalErrors: number;
  refusedBusy: number;
  /** Sum over answered requests, milliseconds. */
  latencyMs: number;
  inFlight: number;
}

/**
 * Runs the model for one request.
 * @param cameMs when the request came, by `monotonicMs`
 */
export type Answer = (request: InferenceRequest, cameMs: number) => Promise<InferenceResponse>;

/** One that the model works on, and one that lies ready for it: it need not wait for the socket's thread. */
const AT_MODEL = 2;

/**
 * Lets a bounded number of requests in and refuses the rest at once (W-45). The model is given them in the order in
 * which they came; it runs one after the other, because onnxruntime uses its threads for one inference at a time.
 */
export class RequestGate {
  readonly metrics: GateMetrics = {
    totalRequests: 0,
    totalErrors: 0,
    refusedBusy: 0,
    latencyMs: 0,
    inFlight: 0,
  };
  readonly #waiting: (() => void)[] = [];
  #atModel = 0;
  #empty: (() => void) | null = null;
  #stopping = false;

  constructor(
    readonly modelId: string,
    private readonly answer: Answer,
    private readonly maxInFlight: number,
  ) {}

  /**
   * @param wanted asked when it is given to the model: a request whose client has gone is left out
   * @returns null when it was left out
   */
  async pass(request: InferenceRequest, wanted: () => boolean): Promise<InferenceResponse | null> {
    this.metrics.totalRequests++;
    if (this.#stopping || this.metrics.inFlight >= this.maxInFlight) {
      this.metrics.totalErrors++;
      if (!this.#stopping) this.metrics.refusedBusy++;
      return refusal(this.modelId, this.#stopping ? 'STOPPING' : 'BUSY', request);
    }
    this.metrics.inFlight++;
    const cameMs = monotonicMs();
    try {
      if (this.#atModel >= AT_MODEL) await new Promise<void>((start) => this.#waiting.push(start));
      else this.#atModel++;
      const response = wanted() ? await this.answer(request, cameMs) : null;
      if (response?.error != null) this.metrics.totalErrors++;
      this.metrics.latencyMs += monotonicMs() - cameMs;
      return response;
    } finally {
      // The place goes to the next one, before anybody who comes meanwhile.
      const next = this.#waiting.shift();
      if (next) next();
      else this.#atModel--;
      this.metrics.inFlight--;
      if (this.metrics.inFlight === 0) this.#empty?.();
    }
  }

  /** Takes no more requests; resolves when those inside are answered. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.metrics.inFlight > 0) await new Promise<void>((resolve) => (this.#empty = resolve));
  }
}
