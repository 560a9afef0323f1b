import { describe, expect, it } from 'vitest';
import { channels } from '../../contract';
import { VasError } from '../base/errors';
import { silentLogger } from '../base/logger';
import { createApi } from '../api/api';
import type { Handlers, Subscriptions } from '../api/api';
import { guardFor } from '../api/access/testing';
import { observabilityHandlers } from '../api/handlers/observability';
import type { ModelStatus } from '../containers/containers';
import { AgentRegistry } from '../core/agents/registry';
import { frame } from '../core/testing/frames';
import { Observability } from './observability';

const GATE = '00000000-0000-4000-8000-000000000001';
const NOW_US = 1_800_000_000_000_000;
const metrics = {
  ...{ total_requests: 12, total_errors: 1, avg_latency_ms: 21.5, uptime_seconds: 60 },
  ...{ refused_busy: 0, in_flight: 0, rss_bytes: 1 },
};

const model = (id: string, more: Partial<ModelStatus> = {}): ModelStatus =>
  ({ id, state: 'ready', heartbeatAgeMs: 1_000, metrics, ...more }) as ModelStatus;

function setUp(models: () => ModelStatus[] = () => []) {
  const registry = new AgentRegistry();
  const observability = new Observability({
    agents: () => registry.list().map((agent) => agent.metrics()),
    models,
    nowUs: () => NOW_US,
    log: silentLogger(),
  });
  const api = createApi({
    handlers: observabilityHandlers({ observability } as never) as unknown as Handlers,
    subscriptions: {} as Subscriptions,
    ...guardFor(),
    closeOwner: () => undefined,
    log: silentLogger(),
  });
  return { registry, observability, api };
}

describe('observability', () => {
  it('tells agents and models with the names of the reference', async () => {
    const { registry, api } = setUp(() => [model('people')]);
    const agent = registry.obtain(GATE);
    const subscription = agent.addSubscription('people', { desired_fps: 5, priority: null, parameters: {} });
    subscription.recordDispatch(frame(7));
    subscription.recordFailure('timeout');
    const heartbeat = new Date(NOW_US / 1000 - 1_000).toISOString();
    const observed = { model_id: 'people', status: 'healthy', last_heartbeat: heartbeat };
    const camera = { camera_id: GATE, state: 'running', subscription_count: 1 };
    expect(await api.call('1', 'query', 'ai-observability.health', {})).toEqual({
      ok: true,
      data: {
        status: 'healthy',
        timestamp: new Date(NOW_US / 1000).toISOString(),
        camera_count: 1,
        model_count: 1,
        cameras: [camera],
        models: [observed],
      },
    });
    expect(await api.call('1', 'query', 'ai-observability.models', {})).toEqual({
      ok: true,
      data: { models: [observed] },
    });
    expect(await api.call('1', 'query', 'ai-observability.cameras', {})).toEqual({
      ok: true,
      data: { cameras: [camera] },
    });
    expect(await api.call('1', 'query', 'ai-observability.model-health', { model_id: 'people' })).toEqual({
      ok: true,
      data: {
        ...observed,
        metrics: { total_requests: 12, total_errors: 1, avg_latency_ms: 21.5, uptime_seconds: 60 },
      },
    });
    expect(await api.call('1', 'query', 'ai-observability.camera-metrics', { camera_id: GATE })).toEqual({
      ok: true,
      data: {
        ...camera,
        subscriptions: [
          {
            ...{ camera_id: GATE, model_id: 'people', active: true, dispatch_count: 1, drop_count: 1 },
            last_dispatch_time: new Date(frame(7).wallUs / 1000).toISOString(),
            last_dispatched_frame_id: frame(7).frameId,
          },
        ],
      },
    });
  });

  it.each([
    [29_999, 'ready', 'healthy', 'healthy'],
    [30_000, 'degraded', 'degraded', 'degraded'],
    [null, 'starting', 'unknown', 'degraded'],
    // That it has ended is known at once.
    [1_000, 'unavailable', 'degraded', 'degraded'],
  ] as const)('a heartbeat %s ms old of a %s model is %s', (heartbeatAgeMs, state, status, system) => {
    const { observability } = setUp(() => [model('people', { heartbeatAgeMs, state })]);
    expect(observability.models().models[0]?.status).toBe(status);
    expect(observability.health().status).toBe(system);
  });

  it('without a model that is wanted nothing is known, and a stopped one is no fault (W-52)', () => {
    const { observability } = setUp(() => [model('idle', { state: 'stopped', heartbeatAgeMs: 90_000 })]);
    expect(observability.health()).toMatchObject({ status: 'unknown', model_count: 0, models: [] });
    expect(() => observability.modelHealth('idle')).toThrow(/gave no sign of life yet/);
  });

  it('unknown cameras and models are 404, ids that are none are 422', async () => {
    const { api } = setUp();
    const ask = (name: string, request: unknown) => api.call('1', 'query', name, request);
    expect(await ask('ai-observability.model-health', { model_id: 'x' })).toMatchObject({
      ok: false,
      error: { status: 404 },
    });
    expect(await ask('ai-observability.camera-metrics', { camera_id: GATE })).toMatchObject({
      ok: false,
      error: { status: 404 },
    });
    expect(await ask('ai-observability.model-health', { model_id: '../x' })).toMatchObject({
      ok: false,
      error: { status: 422 },
    });
    expect(await ask('ai-observability.camera-metrics', { camera_id: 'x' })).toMatchObject({
      ok: false,
      error: { status: 422 },
    });
  });

  it('INV-93: health answers degraded when a part fails, the other queries with an error of their own', async () => {
    const { registry, observability, api } = setUp(() => {
      throw new VasError('unavailable', 'the containers do not say');
    });
    registry.obtain(GATE);
    expect(observability.health()).toMatchObject({
      status: 'degraded',
      model_count: 0,
      cameras: [{ camera_id: GATE }],
    });
    expect(await api.call('1', 'query', 'ai-observability.models', {})).toMatchObject({
      ok: false,
      error: { status: 503, path: 'ai-observability.models' },
    });
    // And the rest goes on.
    expect(await api.call('1', 'query', 'ai-observability.cameras', {})).toMatchObject({ ok: true });
  });

  it('INV-93: everything that looks at health is a query, and answers in the same turn of the event loop', () => {
    const looks = Object.entries(channels).filter(([name]) => /^(health|ai-observability)\./.test(name));
    expect(looks).toHaveLength(7);
    expect(looks.filter(([, { kind }]) => kind !== 'query')).toEqual([]);
    const { observability } = setUp(() => Array.from({ length: 64 }, (_, n) => model(`m${String(n)}`)));
    for (const answer of [observability.health(), observability.models(), observability.cameras()])
      expect(answer).not.toBeInstanceOf(Promise);
  });
});
