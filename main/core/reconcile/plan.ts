import type { SubscriptionConfig } from '../agents/subscription';

/** An assignment as far as reconciliation goes: this model shall run on this camera. */
export interface DesiredSubscription {
  readonly cameraId: string;
  readonly modelId: string;
  readonly config: SubscriptionConfig;
}

/** What runs now, or shall run: model and configuration by camera. */
export type Subscriptions = ReadonlyMap<string, ReadonlyMap<string, SubscriptionConfig>>;

export type Step =
  | { readonly kind: 'add' | 'update'; readonly desired: DesiredSubscription }
  | { readonly kind: 'remove'; readonly cameraId: string; readonly modelId: string };

/**
 * The steps from what runs to what shall run, over the union of both: a camera that is no longer named loses its
 * subscriptions, and an empty wish means none (INV-50, against W-39). Removals come first.
 */
export function planSteps(running: Subscriptions, desired: readonly DesiredSubscription[]): Step[] {
  const wanted = new Map<string, DesiredSubscription>();
  for (const one of desired) wanted.set(keyOf(one.cameraId, one.modelId), one);
  const steps: Step[] = [];
  const present = new Map<string, SubscriptionConfig>();
  for (const [cameraId, models] of running)
    for (const [modelId, config] of models) {
      present.set(keyOf(cameraId, modelId), config);
      if (!wanted.has(keyOf(cameraId, modelId))) steps.push({ kind: 'remove', cameraId, modelId });
    }
  for (const [key, one] of wanted) {
    const now = present.get(key);
    if (now === undefined) steps.push({ kind: 'add', desired: one });
    else if (!isSame(now, one.config)) steps.push({ kind: 'update', desired: one });
  }
  return steps;
}

const keyOf = (cameraId: string, modelId: string): string => `${cameraId}\n${modelId}`;

function isSame(a: SubscriptionConfig, b: SubscriptionConfig): boolean {
  return canonical(a) === canonical(b);
}

/** JSON whose objects have their keys in order, so that equal configurations give equal texts. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
