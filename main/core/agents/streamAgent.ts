import { VasError } from '../../base/errors';
import type { SubscriptionConfig, SubscriptionMetrics } from './subscription';
import { Subscription } from './subscription';

export type AgentState = 'created' | 'running' | 'stopped';

export interface AgentMetrics {
  readonly camera_id: string;
  readonly state: AgentState;
  readonly subscription_count: number;
  readonly subscriptions: readonly SubscriptionMetrics[];
}

/**
 * What Ruth AI Core knows of one camera. State only: making, starting and stopping one starts no thread, timer,
 * socket or file (INV-36). The agent's id is the camera's (INV-35).
 */
export class StreamAgent {
  readonly cameraId: string;
  #state: AgentState = 'created';
  readonly #subscriptions = new Map<string, Subscription>();

  constructor(cameraId: string) {
    this.cameraId = cameraId;
  }

  get state(): AgentState {
    return this.#state;
  }

  /** @throws VasError conflict unless just created (INV-37) */
  start(): void {
    this.#move('created', 'running');
  }

  /** @throws VasError conflict unless running; a stopped agent stays stopped (INV-37) */
  stop(): void {
    this.#move('running', 'stopped');
  }

  /**
   * Takes effect at once, without draining anything (INV-40).
   * @throws VasError invalid without model id, conflict when the model is subscribed already (INV-39)
   */
  addSubscription(modelId: string, config: SubscriptionConfig): Subscription {
    if (modelId === '') throw new VasError('invalid', 'A subscription needs the id of a model.');
    if (this.#subscriptions.has(modelId))
      throw new VasError('conflict', `The camera already has a subscription of the model ${modelId}.`);
    const subscription = new Subscription(this.cameraId, modelId, config);
    this.#subscriptions.set(modelId, subscription);
    return subscription;
  }

  /** @throws VasError not_found when the model is not subscribed */
  removeSubscription(modelId: string): void {
    const subscription = this.#subscriptions.get(modelId);
    if (subscription === undefined)
      throw new VasError('not_found', `The camera has no subscription of the model ${modelId}.`);
    // A request on its way then finds nobody who wants its answer.
    subscription.setActive(false);
    this.#subscriptions.delete(modelId);
  }

  subscription(modelId: string): Subscription | null {
    return this.#subscriptions.get(modelId) ?? null;
  }

  /** The more important first; among equals the older. */
  subscriptions(): Subscription[] {
    return [...this.#subscriptions.values()].sort(
      (a, b) => (b.config.priority ?? 0) - (a.config.priority ?? 0),
    );
  }

  metrics(): AgentMetrics {
    return {
      camera_id: this.cameraId,
      state: this.#state,
      subscription_count: this.#subscriptions.size,
      subscriptions: this.subscriptions().map((subscription) => subscription.metrics()),
    };
  }

  #move(from: AgentState, to: AgentState): void {
    if (this.#state !== from)
      throw new VasError(
        'conflict',
        `An agent that is ${this.#state} cannot become ${to}; it must be ${from}.`,
      );
    this.#state = to;
  }
}
