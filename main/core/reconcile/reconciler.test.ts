import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { SimulatedClock } from '../../base/simulatedClock';
import { createLogger } from '../../base/logger';
import { AgentRegistry } from '../agents/registry';
import type { SubscriptionConfig } from '../agents/subscription';
import type { DesiredSubscription } from './plan';
import { planSteps } from './plan';
import { PERIOD_MS, Reconciler } from './reconciler';

const config = (desired_fps: number | null = 5): SubscriptionConfig => ({
  desired_fps,
  priority: null,
  parameters: {},
});
const want = (cameraId: string, modelId: string, fps: number | null = 5): DesiredSubscription => ({
  cameraId,
  modelId,
  config: config(fps),
});

function setUp() {
  const clock = new SimulatedClock();
  const registry = new AgentRegistry();
  const state = { desired: [] as DesiredSubscription[], fails: false, reads: 0, changes: 0 };
  const reconciler = new Reconciler({
    registry,
    clock,
    log: createLogger('silent'),
    desired: () => {
      state.reads++;
      return state.fails ? Promise.reject(new Error('the store is closed')) : Promise.resolve(state.desired);
    },
    onChanged: () => state.changes++,
  });
  return { clock, registry, state, reconciler };
}

const running = (registry: AgentRegistry) =>
  registry
    .list()
    .flatMap((agent) =>
      agent
        .subscriptions()
        .map((one) => `${agent.cameraId}/${one.modelId}@${String(one.config.desired_fps)}`),
    )
    .sort();

describe('reconciliation', () => {
  const open: Reconciler[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((one) => one.dispose()));
  });
  const start = () => {
    const at = setUp();
    open.push(at.reconciler);
    return at;
  };

  it('INV-49: adds, updates and removes, and does nothing a second time', async () => {
    const { registry, state, reconciler } = start();
    state.desired = [want('a', 'm'), want('a', 'n'), want('b', 'm')];
    expect(await reconciler.request()).toEqual({ added: 3, removed: 0, updated: 0, failed: 0 });
    expect(registry.list().map((agent) => agent.state)).toEqual(['running', 'running']);
    expect(await reconciler.request()).toEqual({ added: 0, removed: 0, updated: 0, failed: 0 });
    const before = registry.get('a')?.subscription('m');
    state.desired = [want('a', 'm', 10)];
    expect(await reconciler.request()).toEqual({ added: 0, removed: 2, updated: 1, failed: 0 });
    expect(running(registry)).toEqual(['a/m@10']);
    expect(registry.get('a')?.subscription('m'), 'the same subscription').toBe(before);
    expect(state.changes).toBe(2);
  });

  it('INV-50: removes the last one too: an empty list means none (W-39)', async () => {
    const { registry, state, reconciler } = start();
    state.desired = [want('a', 'm')];
    await reconciler.request();
    state.desired = [];
    expect(await reconciler.request()).toMatchObject({ removed: 1 });
    expect(registry.list()).toEqual([]);
  });

  it('changes nothing while the assignments cannot be read', async () => {
    const { registry, state, reconciler } = start();
    state.desired = [want('a', 'm')];
    await reconciler.request();
    state.fails = true;
    expect(await reconciler.request()).toBeNull();
    expect(running(registry)).toEqual(['a/m@5']);
  });

  it('INV-50, INV-51: follows within one period without being asked', async () => {
    const { clock, registry, state } = start();
    state.desired = [want('a', 'm')];
    await clock.advance(PERIOD_MS);
    expect(running(registry)).toEqual(['a/m@5']);
    state.desired = [want('a', 'm', 2)];
    await clock.advance(PERIOD_MS);
    expect(running(registry)).toEqual(['a/m@2']);
  });

  it('never runs two passes at once, and serves a request that came during one', async () => {
    const { registry, state, reconciler } = start();
    state.desired = [want('a', 'm')];
    const first = reconciler.request();
    const second = reconciler.request();
    const third = reconciler.request();
    state.desired = [want('b', 'm')];
    await Promise.all([first, second, third]);
    expect(state.reads).toBe(2);
    expect(running(registry)).toEqual(['b/m@5']);
  });

  it('leaves no timer behind', async () => {
    const { clock, reconciler } = setUp();
    await reconciler.dispose();
    expect(clock.pendingTimers).toBe(0);
    expect(await reconciler.request()).toBeNull();
  });

  it('converges from anything to anything', () => {
    const subscription = fc.tuple(
      fc.constantFrom('a', 'b', 'c'),
      fc.constantFrom('m', 'n', 'o'),
      fc.constantFrom(1, 5, null),
    );
    const list = fc.uniqueArray(subscription, { selector: ([camera, model]) => camera + model });
    fc.assert(
      fc.property(list, list, (from, to) => {
        const state = new Map<string, Map<string, SubscriptionConfig>>();
        for (const [camera, model, fps] of from)
          state.set(
            camera,
            (state.get(camera) ?? new Map<string, SubscriptionConfig>()).set(model, config(fps)),
          );
        for (const step of planSteps(
          state,
          to.map(([camera, model, fps]) => want(camera, model, fps)),
        )) {
          if (step.kind === 'remove') state.get(step.cameraId)?.delete(step.modelId);
          else {
            const { cameraId, modelId, config: wanted } = step.desired;
            const models = state.get(cameraId) ?? new Map<string, SubscriptionConfig>();
            state.set(cameraId, models.set(modelId, wanted));
          }
        }
        const now = [...state].flatMap(([camera, models]) =>
          [...models].map(([model, { desired_fps }]) => [camera, model, desired_fps]),
        );
        expect(now.sort()).toEqual([...to].sort());
      }),
    );
  });
});
