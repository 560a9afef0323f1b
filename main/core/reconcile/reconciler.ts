import type { Clock, Timer } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import { messageOf } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { AgentRegistry } from '../agents/registry';
import type { SubscriptionConfig } from '../agents/subscription';
import type { DesiredSubscription, Step } from './plan';
import { planSteps } from './plan';

/** INV-50, INV-51: at the latest after this long the subscriptions are what the assignments say. */
export const PERIOD_MS = 30_000;

export interface ReconcileReport {
  readonly added: number;
  readonly removed: number;
  readonly updated: number;
  readonly failed: number;
}

export interface ReconcilerOptions {
  readonly registry: AgentRegistry;
  /** What shall run. Rejecting means unknown: everything stays as it is (W-39). */
  readonly desired: () => Promise<readonly DesiredSubscription[]>;
  /** After each pass that changed something. */
  readonly onChanged: () => void;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * Brings the agents' subscriptions to what the assignments say: at once on `request()`, and every 30 s. Passes
 * never overlap; a request during one is served right after it (INV-49).
 */
export class Reconciler implements Disposable {
  readonly #options: ReconcilerOptions;
  readonly #timer: Timer;
  #running: Promise<ReconcileReport | null> | null = null;
  #next: Promise<ReconcileReport | null> | null = null;
  #disposed = false;

  constructor(options: ReconcilerOptions) {
    this.#options = options;
    this.#timer = options.clock.every(PERIOD_MS, () => void this.request());
  }

  /** Resolves after a pass that began after the call; null when what shall run could not be learnt. */
  request(): Promise<ReconcileReport | null> {
    if (this.#disposed) return Promise.resolve(null);
    if (this.#running === null) return this.#begin();
    return (this.#next ??= this.#running.then(() => {
      this.#next = null;
      return this.#begin();
    }));
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#timer.cancel();
    await this.#running;
    await this.#next;
  }

  async #begin(): Promise<ReconcileReport | null> {
    if (this.#disposed) return null;
    this.#running = this.#pass().finally(() => (this.#running = null));
    return this.#running;
  }

  async #pass(): Promise<ReconcileReport | null> {
    const { registry, log, onChanged } = this.#options;
    let desired: readonly DesiredSubscription[];
    try {
      desired = await this.#options.desired();
    } catch (error) {
      log.warn({ reason: messageOf(error) }, 'the assignments could not be read; subscriptions stay');
      return null;
    }
    if (this.#disposed) return null;
    const report = { added: 0, removed: 0, updated: 0, failed: 0 };
    for (const step of planSteps(runningOf(registry), desired)) {
      try {
        apply(registry, step);
        report[step.kind === 'add' ? 'added' : step.kind === 'remove' ? 'removed' : 'updated']++;
      } catch (error) {
        // One that fails leaves the others alone; the next pass tries the difference again.
        report.failed++;
        log.warn({ step: step.kind, reason: messageOf(error) }, 'a subscription could not be changed');
      }
    }
    if (report.added + report.removed + report.updated > 0) {
      log.info(report, 'subscriptions follow the assignments');
      onChanged();
    }
    return report;
  }
}

function runningOf(registry: AgentRegistry): Map<string, Map<string, SubscriptionConfig>> {
  return new Map(
    registry
      .list()
      .map((agent) => [
        agent.cameraId,
        new Map(agent.subscriptions().map(({ modelId, config }) => [modelId, config])),
      ]),
  );
}

function apply(registry: AgentRegistry, step: Step): void {
  switch (step.kind) {
    case 'add':
      registry.obtain(step.desired.cameraId).addSubscription(step.desired.modelId, step.desired.config);
      return;
    case 'update':
      registry
        .obtain(step.desired.cameraId)
        .subscription(step.desired.modelId)
        ?.configure(step.desired.config);
      return;
    case 'remove': {
      const agent = registry.get(step.cameraId);
      agent?.removeSubscription(step.modelId);
      if (agent?.subscriptions().length === 0) registry.remove(step.cameraId);
    }
  }
}
