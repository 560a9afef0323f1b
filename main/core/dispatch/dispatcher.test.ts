import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { SimulatedClock } from '../../base/simulatedClock';
import { StreamAgent } from '../agents/streamAgent';
import type { InferenceAnswer, InferenceClient, InferenceRefusal, InferenceRequest } from '../detections';
import { frame } from '../testing/frames';
import type { FrameResult } from './dispatcher';
import { deadlineMs, Dispatcher } from './dispatcher';

interface Call {
  readonly modelId: string;
  readonly request: InferenceRequest;
  readonly deadlineMs: number;
  readonly settle: (answer: InferenceAnswer | InferenceRefusal) => void;
}

const found: InferenceAnswer = { ok: true, detections: [], inferenceMs: 12, modelVersion: '1' };

function setUp() {
  const calls: Call[] = [];
  const results: FrameResult[] = [];
  const clock = new SimulatedClock();
  const containers: InferenceClient = {
    infer: (modelId, request, deadline) =>
      new Promise((settle) => calls.push({ modelId, request, deadlineMs: deadline, settle })),
  };
  const dispatcher = new Dispatcher({ containers, clock, onResult: (result) => results.push(result) });
  const agent = new StreamAgent('c');
  agent.start();
  const subscribe = (modelId: string, desired_fps: number | null, parameters = {}) =>
    agent.addSubscription(modelId, { desired_fps, priority: null, parameters });
  return { calls, results, clock, dispatcher, agent, subscribe };
}

describe('the dispatcher', () => {
  it('INV-32: asks with a reference, never pixels, and passes the answer on', async () => {
    const { calls, results, clock, dispatcher, agent, subscribe } = setUp();
    subscribe('m', 5, { nms_iou: 0.5 });
    dispatcher.offer(agent, frame(7));
    expect(calls).toHaveLength(1);
    expect(calls[0]?.request).toEqual({
      frame_reference: '/dev/shm/vas_frames_c',
      frame_metadata: {
        frame_id: 7,
        width: 640,
        height: 360,
        format: 'NV12',
        timestamp: frame(7).wallUs / 1e6,
        pts: 280_000,
      },
      camera_id: 'c',
      model_id: 'm',
      timestamp: clock.wallUs() / 1e6,
      config: { nms_iou: 0.5 },
    });
    await clock.advance(30);
    calls[0]?.settle(found);
    await clock.advance(0);
    expect(results).toMatchObject([{ frame: { frameId: 7 }, answer: found, latencyUs: 30_000 }]);
  });

  it('has one request in flight per subscription and drops what comes meanwhile', async () => {
    const { calls, clock, dispatcher, agent, subscribe } = setUp();
    const slow = subscribe('slow', null);
    for (let n = 1; n <= 10; n++) dispatcher.offer(agent, frame(n));
    expect(calls).toHaveLength(1);
    expect(slow.metrics().drops).toEqual({ busy: 9 });
    calls[0]?.settle(found);
    await clock.advance(0);
    dispatcher.offer(agent, frame(11));
    expect(calls.map(({ request }) => request.frame_metadata.frame_id)).toEqual([1, 11]);
  });

  it('INV-43: decides for each subscription alone', () => {
    const { calls, dispatcher, agent, subscribe } = setUp();
    subscribe('every', null);
    subscribe('second', 1);
    subscribe('broken', -3);
    const settleAll = () => calls.forEach(({ settle }) => settle(found));
    dispatcher.offer(agent, frame(1));
    settleAll();
    expect(calls.map(({ modelId }) => modelId)).toEqual(['every', 'second']);
  });

  it('INV-47, INV-48: never repeats what failed, and the failure of one leaves the other alone', async () => {
    const { calls, results, clock, dispatcher, agent, subscribe } = setUp();
    const bad = subscribe('bad', null);
    subscribe('good', null);
    for (const failure of ['timeout', 'unavailable', 'busy', 'frame', 'error'] as const) {
      calls.length = 0;
      dispatcher.offer(agent, frame(1));
      calls.find(({ modelId }) => modelId === 'bad')?.settle({ ok: false, failure, message: 'no' });
      calls.find(({ modelId }) => modelId === 'good')?.settle(found);
      await clock.advance(0);
      expect(calls, failure).toHaveLength(2);
    }
    await clock.advance(60_000);
    expect(calls).toHaveLength(2);
    expect(clock.pendingTimers).toBe(0);
    expect(results).toHaveLength(5);
    expect(bad.metrics()).toMatchObject({
      drops: { timeout: 1, unavailable: 1, container_busy: 1, frame: 1, error: 1 },
      result_count: 0,
    });
  });

  it('INV-40: forgets the answer for a subscription that is gone', async () => {
    const { calls, results, clock, dispatcher, agent, subscribe } = setUp();
    subscribe('m', null);
    dispatcher.offer(agent, frame(1));
    agent.removeSubscription('m');
    calls[0]?.settle(found);
    await clock.advance(0);
    expect(results).toEqual([]);
  });

  it('INV-44: dispatches nothing for a stopped agent', () => {
    const { calls, dispatcher, agent, subscribe } = setUp();
    subscribe('m', null);
    agent.stop();
    dispatcher.offer(agent, frame(1));
    expect(calls).toEqual([]);
  });

  it('INV-38: keeps nothing of a frame once it is answered', async () => {
    const { calls, clock, dispatcher, agent, subscribe } = setUp();
    subscribe('m', null);
    const kept: WeakRef<object>[] = [];
    const offer = (n: number) => {
      const one = frame(n);
      kept.push(new WeakRef(one));
      dispatcher.offer(agent, one);
    };
    for (let n = 1; n <= 50; n++) {
      offer(n);
      calls.splice(0).forEach(({ settle }) => settle({ ok: false, failure: 'frame', message: 'no' }));
      await clock.advance(0);
    }
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    await expect
      .poll(() => {
        collect();
        return kept.filter((one) => one.deref() !== undefined).length;
      })
      .toBeLessThanOrEqual(1);
  });

  it.each([
    [null, 1000],
    [1, 1000],
    [2, 1000],
    [5, 400],
    [30, 66.666],
  ])('waits for %s frames a second at most %s ms', (fps, expected) => {
    expect(deadlineMs(fps)).toBeCloseTo(expected, 1);
  });
});
