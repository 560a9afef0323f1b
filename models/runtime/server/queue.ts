import type { InferenceRequest, InferenceResponse } from '../../../contract/inference/messages';
import { refusal } from './answers';

export interface GateMetrics {
  totalRequests: number;
  totalErrors: number;
  refusedBusy: number;
  /** Sum over answered requests, milliseconds. */
  latencyMs: number;
  inFlight: number;
}

/** Runs the model for one request. */
export type Answer = (request: InferenceRequest, waitMs: number) => Promise<InferenceResponse>;

/**
 * Lets a bounded number of requests in and refuses the rest at once (W-45). They run one after the other, in the
 * order in which they came: onnxruntime uses its threads for one inference at a time.
 */
export class RequestGate {
  readonly metrics: GateMetrics = {
    totalRequests: 0,
    totalErrors: 0,
    refusedBusy: 0,
    latencyMs: 0,
    inFlight: 0,
  };
  #turn: Promise<unknown> = Promise.resolve();
  #stopping = false;

  constructor(
    readonly modelId: string,
    private readonly answer: Answer,
    private readonly maxInFlight: number,
  ) {}

  /**
   * @param wanted asked when its turn comes: a request whose client has gone is left out
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
    const came = performance.now();
    const result = this.#turn.then(async () => {
      if (!wanted()) return null;
      return this.answer(request, performance.now() - came);
    });
    this.#turn = result.catch(() => undefined);
    try {
      const response = await result;
      if (response?.error != null) this.metrics.totalErrors++;
      this.metrics.latencyMs += performance.now() - came;
      return response;
    } finally {
      this.metrics.inFlight--;
    }
  }

  /** Takes no more requests; resolves when those inside are answered. */
  async stop(): Promise<void> {
    this.#stopping = true;
    await this.#turn;
  }
}
