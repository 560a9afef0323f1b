import { describe, expect, it } from 'vitest';
import { AgentRegistry } from './registry';
import { StreamAgent } from './streamAgent';
import type { SubscriptionConfig } from './subscription';
import { frame } from '../testing/frames';

const config = (desired_fps: number | null = 5, priority: number | null = null): SubscriptionConfig => ({
  desired_fps,
  priority,
  parameters: {},
});

describe('a stream agent', () => {
  it('INV-37: goes from created to running to stopped and nowhere else', () => {
    const agent = new StreamAgent('c');
    expect(agent.state).toBe('created');
    expect(() => agent.stop()).toThrow(/is created cannot become stopped; it must be running/);
    agent.start();
    expect(() => agent.start()).toThrow(/is running/);
    agent.stop();
    expect(agent.state).toBe('stopped');
    expect(() => agent.start()).toThrow(/is stopped/);
    expect(() => agent.stop()).toThrow(/is stopped/);
  });

  it('INV-39: has one subscription a model, several models a camera', () => {
    const agent = new StreamAgent('c');
    agent.addSubscription('a', config());
    agent.addSubscription('b', config());
    expect(() => agent.addSubscription('a', config())).toThrow(/already/);
    expect(() => agent.addSubscription('', config())).toThrow(/id/);
    expect(agent.subscriptions().map(({ modelId }) => modelId)).toEqual(['a', 'b']);
    agent.removeSubscription('a');
    expect(() => agent.removeSubscription('a')).toThrow(/no subscription/);
    expect(agent.subscription('a')).toBeNull();
  });

  it('INV-40: removes at once, also while a request is on its way', () => {
    const agent = new StreamAgent('c');
    const subscription = agent.addSubscription('a', config());
    subscription.recordDispatch(frame(1));
    expect(subscription.inFlight).toBe(true);
    agent.removeSubscription('a');
    expect(agent.subscriptions()).toEqual([]);
    expect(subscription.active).toBe(false);
  });

  it('names the more important subscriptions first', () => {
    const agent = new StreamAgent('c');
    agent.addSubscription('none', config(5, null));
    agent.addSubscription('low', config(5, 10));
    agent.addSubscription('high', config(5, 90));
    expect(agent.subscriptions().map(({ modelId }) => modelId)).toEqual(['high', 'low', 'none']);
  });

  it('INV-36: starts no timer, handle or request by existing', () => {
    const before = process.getActiveResourcesInfo().length;
    const agents = Array.from({ length: 200 }, (_, index) => new StreamAgent(String(index)));
    for (const agent of agents) {
      agent.start();
      agent.addSubscription('a', config());
      agent.stop();
    }
    expect(process.getActiveResourcesInfo()).toHaveLength(before);
  });

  it('tells its figures in the shape of the reference (3.5)', () => {
    const agent = new StreamAgent('c');
    agent.start();
    const subscription = agent.addSubscription('a', config(5));
    expect(subscription.shouldDispatch(frame(1))).toBe(true);
    subscription.recordDispatch(frame(1));
    expect(subscription.shouldDispatch(frame(2))).toBe(false);
    subscription.recordAnswer();
    expect(agent.metrics()).toEqual({
      camera_id: 'c',
      state: 'running',
      subscription_count: 1,
      subscriptions: [
        {
          camera_id: 'c',
          model_id: 'a',
          active: true,
          dispatch_count: 1,
          drop_count: 1,
          drops: { gate: 1 },
          result_count: 1,
          last_dispatch_time: new Date(frame(1).wallUs / 1000).toISOString(),
          last_dispatched_frame_id: 1,
        },
      ],
    });
  });

  it('INV-44: dispatches nothing while inactive', () => {
    const subscription = new StreamAgent('c').addSubscription('a', config(null));
    subscription.setActive(false);
    expect(subscription.shouldDispatch(frame(1))).toBe(false);
    subscription.recordDispatch(frame(1));
    expect(subscription.metrics().dispatch_count).toBe(0);
  });

  it('INV-51: keeps its counters when its configuration changes', () => {
    const subscription = new StreamAgent('c').addSubscription('a', config(1));
    subscription.recordDispatch(frame(1));
    subscription.recordAnswer();
    expect(subscription.shouldDispatch(frame(10))).toBe(false);
    subscription.configure(config(10));
    expect(subscription.shouldDispatch(frame(10))).toBe(true);
    expect(subscription.metrics().dispatch_count).toBe(1);
  });
});

describe('the registry of agents', () => {
  it('INV-35: has exactly one running agent a camera', () => {
    const registry = new AgentRegistry();
    const agent = registry.obtain('c');
    expect(registry.obtain('c')).toBe(agent);
    expect(agent.cameraId).toBe('c');
    expect(agent.state).toBe('running');
    agent.addSubscription('a', config());
    registry.remove('c');
    registry.remove('c');
    expect(agent.state).toBe('stopped');
    expect(agent.subscriptions()).toEqual([]);
    expect(registry.list()).toEqual([]);
    expect(registry.obtain('c')).not.toBe(agent);
  });
});
