import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assignmentRules } from '../../contract/assignments';
import { silentLogger } from '../base/logger';
import { SimulatedClock } from '../base/simulatedClock';
import type { Store } from '../store/types';
import { openStore } from '../store/store';
import { device, optionsFor, temporaryFolder, uuid } from '../store/testing/fixtures';
import type { CoreResult, RuthCore } from './core';
import { createRuthCore } from './core';
import type { Detection, InferenceRequest } from './detections';
import type { FrameFeed, FrameReference } from './frames';
import { frame } from './testing/frames';

const person = (x: number, confidence = 0.8): Detection => ({
  class_id: 0,
  class_name: 'person',
  confidence,
  bbox: [x, 0.4, x + 0.1, 0.7],
  track_id: null,
});

/** Stands where the kernel's frame export will be; the store is a real one. */
class Feed implements FrameFeed {
  readonly demands = new Map<string, number>();
  readonly listeners = new Map<string, (frame: FrameReference) => void>();

  onFrame(cameraId: string, listener: (one: FrameReference) => void): () => void {
    this.listeners.set(cameraId, listener);
    return () => this.listeners.delete(cameraId);
  }

  setDemand(cameraId: string, fps: number | null): void {
    if (fps === null) this.demands.delete(cameraId);
    else this.demands.set(cameraId, fps);
  }

  give(cameraId: string, n: number): void {
    this.listeners.get(cameraId)?.(frame(n, { cameraId }));
  }
}

describe('Ruth AI Core', () => {
  let store: Store;
  let core: RuthCore;
  let feed: Feed;
  let clock: SimulatedClock;
  let asked: InferenceRequest[];
  let results: CoreResult[];
  let found: Detection[];
  const gate = uuid(1);
  const yard = uuid(2);
  const rules = assignmentRules.parse({});

  beforeEach(async () => {
    store = await openStore(optionsFor(await temporaryFolder()));
    await store.write.createDevice(device(1));
    await store.write.createDevice(device(2));
    feed = new Feed();
    clock = new SimulatedClock();
    asked = [];
    results = [];
    found = [person(0.4)];
    core = createRuthCore({
      store,
      frames: feed,
      clock,
      log: silentLogger(),
      containers: {
        infer(_modelId, request) {
          asked.push(request);
          return Promise.resolve({ ok: true, detections: found, inferenceMs: 5, modelVersion: '1.0' });
        },
      },
    });
    core.results.on((result) => results.push(result));
    await core.models.register([
      {
        modelId: 'people',
        name: 'People',
        version: '1.0',
        description: null,
        supportedTasks: ['detect'],
        configSchema: {
          type: 'object',
          properties: { nms_iou: { type: 'number', minimum: 0, maximum: 1 } },
          additionalProperties: false,
        },
      },
      {
        modelId: 'pose',
        name: 'Pose',
        version: '2',
        description: 'Skeletons',
        supportedTasks: ['pose'],
        configSchema: null,
      },
    ]);
  });
  afterEach(async () => {
    await core.dispose();
    await store.dispose();
    expect(clock.pendingTimers).toBe(0);
  });

  const assign = (camera_id: string, model_id = 'people', more = {}) =>
    core.assignments.create({
      ...{ camera_id, model_id, enabled: true, desired_fps: 5, priority: null, parameters: null, rules },
      ...more,
    });

  it('asks a model about the frames of an assigned camera and of no other', async () => {
    await assign(gate);
    await core.reconcile();
    expect([...feed.demands]).toEqual([[gate, 5]]);
    for (let n = 0; n < 25; n++) {
      feed.give(gate, n);
      await clock.advance(40);
    }
    expect(asked.map(({ frame_metadata }) => frame_metadata.frame_id)).toEqual([0, 5, 10, 15, 20]);
    expect(asked[0]).toMatchObject({ camera_id: gate, model_id: 'people', config: null });
    expect(results.map(({ detections }) => detections[0]?.track_id)).toEqual([null, 1, 1, 1, 1]);
  });

  it('INV-50, INV-51: follows a change at once: rate, switch, deletion, camera and model', async () => {
    const one = await assign(gate);
    await assign(yard, 'pose');
    await core.reconcile();
    expect([...feed.demands]).toEqual([
      [gate, 5],
      [yard, 5],
    ]);
    await core.assignments.update({ id: one.id, desired_fps: 10 });
    await core.reconcile();
    expect(feed.demands.get(gate)).toBe(10);
    await core.assignments.update({ id: one.id, enabled: false });
    await core.reconcile();
    expect([...feed.demands.keys()]).toEqual([yard]);
    expect([...feed.listeners.keys()]).toEqual([yard]);
    await core.assignments.update({ id: one.id, enabled: true });
    await core.models.setEnabled('pose', false);
    await core.reconcile();
    expect([...feed.demands.keys()]).toEqual([gate]);
    await store.write.deleteDevice(gate, 1);
    await core.reconcile();
    expect(core.metrics()).toEqual([]);
  });

  it('never gives the id of an object to another one, also when detection was off in between', async () => {
    const one = await assign(gate);
    await core.reconcile();
    const watch = async (from: number): Promise<void> => {
      for (let n = from; n < from + 25; n++) {
        feed.give(gate, n);
        await clock.advance(40);
      }
    };
    await watch(0);
    await core.assignments.update({ id: one.id, enabled: false });
    await core.reconcile();
    await core.assignments.update({ id: one.id, enabled: true });
    await core.reconcile();
    await watch(25);
    const ids = results.map(({ detections }) => detections[0]?.track_id);
    expect(ids).toEqual([null, 1, 1, 1, 1, null, 2, 2, 2, 2]);
  });

  it('INV-86: refuses what cannot run, and says why (W-44)', async () => {
    await expect(assign(uuid(9))).rejects.toMatchObject({ kind: 'bad_request' });
    await expect(assign(gate, 'nobody')).rejects.toMatchObject({ kind: 'bad_request' });
    await expect(assign(gate, 'people', { parameters: { nms_iou: 3 } })).rejects.toThrow(/nms_iou/);
    await expect(assign(gate, 'pose', { parameters: { any: 1 } })).rejects.toThrow(/takes no parameters/);
    await core.models.setEnabled('pose', false);
    await expect(assign(gate, 'pose')).rejects.toThrow(/switched off/);
    const one = await assign(gate);
    expect((await assign(gate)).id, 'the same again').toBe(one.id);
    await expect(assign(gate, 'people', { enabled: false })).rejects.toMatchObject({ kind: 'conflict' });
    await expect(core.assignments.update({ id: uuid(77), enabled: true })).rejects.toMatchObject({
      kind: 'not_found',
    });
  });

  it('INV-87: what the registry says of a model does not touch what runs of another', async () => {
    await assign(gate);
    await assign(yard, 'pose');
    await core.reconcile();
    feed.give(gate, 0);
    await core.models.setEnabled('pose', false);
    await core.models.register([
      {
        modelId: 'pose',
        name: 'Renamed',
        version: '3',
        description: null,
        supportedTasks: [],
        configSchema: null,
      },
    ]);
    await core.reconcile();
    expect([...feed.demands]).toEqual([[gate, 5]]);
    await clock.advance(200);
    feed.give(gate, 5);
    await clock.advance(1);
    expect(asked.map(({ frame_metadata }) => frame_metadata.frame_id)).toEqual([0, 5]);
  });

  it('INV-95, INV-96: an assignment is an intent in the store, which asks no model; twice is once', async () => {
    const one = await assign(gate);
    expect((await assign(gate)).id).toBe(one.id);
    await assign(gate, 'pose');
    expect((await core.assignments.list({ limit: 100, offset: 0 })).total).toBe(2);
    expect(asked).toEqual([]);
    // A store of its own sees the same: what runs was not told by the call.
    const kept = await store.read.listAssignments({ limit: 100, offset: 0 });
    expect(kept.rows.map(({ cameraId, modelId }) => [cameraId, modelId]).sort()).toEqual([
      [gate, 'people'],
      [gate, 'pose'],
    ]);
  });

  it('does not run an assignment whose parameters no longer fit its model', async () => {
    await assign(gate, 'people', { parameters: { nms_iou: 0.5 } });
    await core.reconcile();
    expect(core.metrics()).toHaveLength(1);
    const [people] = (await core.models.list()).models.filter(({ model_id }) => model_id === 'people');
    await core.models.register([
      {
        modelId: 'people',
        name: people?.name ?? '',
        version: '2.0',
        description: null,
        supportedTasks: [],
        configSchema: null,
      },
    ]);
    await core.reconcile();
    expect(core.metrics()).toEqual([]);
  });

  it('judges by the rules of the assignment', async () => {
    found = [person(0.1), person(0.7), person(0.3, 0.2), { ...person(0.5), class_name: 'car', class_id: 2 }];
    const zone: [number, number][] = [
      [0, 0],
      [0.5, 0],
      [0.5, 1],
      [0, 1],
    ];
    await assign(gate, 'people', {
      rules: assignmentRules.parse({
        min_confidence: 0.5,
        labels: ['person'],
        zones: [{ name: 'West', points: zone }],
      }),
    });
    await core.reconcile();
    feed.give(gate, 1);
    await clock.advance(1);
    expect(results[0]?.detections.map(({ bbox, zones }) => [bbox[0], zones])).toEqual([
      [0.1, ['West']],
      [0.7, []],
    ]);
  });

  it('INV-45: keeps assignments and runs nothing without frame export', async () => {
    await assign(gate);
    const idle = createRuthCore({
      store,
      frames: null,
      clock,
      log: silentLogger(),
      containers: { infer: () => Promise.reject(new Error('nobody may ask')) },
    });
    await idle.reconcile();
    expect(idle.metrics()).toMatchObject([{ camera_id: gate, state: 'running', subscription_count: 1 }]);
    await idle.dispose();
  });

  it('lists assignments as the reference does: the newest first, filtered, in pages', async () => {
    const first = await assign(gate);
    await clock.advance(10);
    const second = await assign(yard, 'pose', { enabled: false });
    const page = { limit: 100, offset: 0 };
    expect((await core.assignments.list(page)).assignments.map(({ id }) => id)).toEqual([
      second.id,
      first.id,
    ]);
    expect((await core.assignments.list({ ...page, enabled: true })).total).toBe(1);
    expect((await core.assignments.list({ ...page, camera_id: yard })).assignments).toEqual([second]);
    expect(await core.assignments.list({ limit: 1, offset: 1 })).toMatchObject({
      total: 2,
      assignments: [first],
    });
    await core.assignments.delete(first.id);
    await expect(core.assignments.get(first.id)).rejects.toMatchObject({ kind: 'not_found' });
  });
});
