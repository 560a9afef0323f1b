import type { AssignmentRules } from '../../contract/assignments';
import type { Clock } from '../base/clock';
import type { Disposable } from '../base/disposable';
import { DisposableStore } from '../base/disposable';
import { Emitter } from '../base/emitter';
import { messageOf } from '../base/errors';
import type { Logger } from '../base/logger';
import type { Store } from '../store/types';
import { AgentRegistry } from './agents/registry';
import type { AgentMetrics } from './agents/streamAgent';
import type { Subscription } from './agents/subscription';
import { Assignments } from './assignments/assignments';
import { ModelRegistry } from './assignments/models';
import type { InferenceClient } from './detections';
import type { FrameResult } from './dispatch/dispatcher';
import { Dispatcher } from './dispatch/dispatcher';
import type { FrameFeed, FrameReference } from './frames';
import { Reconciler } from './reconcile/reconciler';
import type { JudgedDetection } from './rules/rules';
import { judge, worthTracking } from './rules/rules';
import { Tracker } from './tracking/tracker';
import { TrackTime } from './tracking/trackTime';

export interface RuthCoreOptions {
  readonly store: Pick<Store, 'read' | 'write'>;
  /** Null when the frame export is off: assignments are kept, nothing runs. */
  readonly frames: FrameFeed | null;
  readonly containers: InferenceClient;
  /** After each reconciliation: the models that have something to do. */
  readonly onModels?: (modelIds: ReadonlySet<string>) => void;
  readonly clock: Clock;
  readonly log: Logger;
}

/** What one model found on one frame, judged by the rules of its assignment. */
export interface CoreResult {
  readonly cameraId: string;
  readonly modelId: string;
  readonly frame: FrameReference;
  readonly detections: readonly JudgedDetection[];
  readonly latencyUs: number;
  /** Milliseconds inside the model; null when not told. */
  readonly inferenceMs: number | null;
  readonly modelVersion: string | null;
  /** Of the assignment, for whoever acts on the result. */
  readonly rules: AssignmentRules;
}

/** Ruth AI Core: agents, subscriptions, gating, tracking. State and decisions only; pixels never come here. */
export interface RuthCore extends Disposable {
  readonly assignments: Assignments;
  readonly models: ModelRegistry;
  readonly results: Emitter<CoreResult>;
  /** Brings what runs to what the assignments say; resolves when it is so. */
  reconcile(): Promise<void>;
  metrics(): AgentMetrics[];
}

/** A rate for "every frame": more than any camera gives. */
const EVERY_FRAME_FPS = 60;

export function createRuthCore(options: RuthCoreOptions): RuthCore {
  const { store, frames, clock } = options;
  const log = options.log.child({ part: 'core' });
  const owned = new DisposableStore();
  const registry = new AgentRegistry();
  const results = new Emitter<CoreResult>((error) =>
    log.warn({ reason: messageOf(error) }, 'a listener of results failed'),
  );
  const rules = new Map<string, AssignmentRules>();
  const trackers = new WeakMap<Subscription, { tracker: Tracker; time: TrackTime }>();
  /** By camera and model, while the core lives: whoever remembers an object must not take another for it. */
  const lastTrackIds = new Map<string, number>();
  const taps = new Map<string, () => void>();
  const nowUs = () => clock.wallUs();
  const follow = () => void reconciler.request().then(followFrames);
  const assignments = new Assignments({ store, nowUs, onChanged: follow });
  const models = new ModelRegistry(store, nowUs, follow);

  const dispatcher = new Dispatcher({ containers: options.containers, clock, onResult });

  function onResult({ subscription, frame, answer, latencyUs }: FrameResult): void {
    const { cameraId, modelId } = subscription;
    const key = ruleKey(cameraId, modelId);
    const wanted = rules.get(key);
    if (wanted === undefined) return;
    let known = trackers.get(subscription);
    if (known === undefined) {
      const tracker = new Tracker(() => newTrackId(key));
      trackers.set(subscription, (known = { tracker, time: new TrackTime() }));
    }
    const tracked = known.tracker.update(worthTracking(answer.detections, wanted), known.time.of(frame));
    results.emit({
      cameraId,
      modelId,
      frame,
      detections: judge(tracked, wanted),
      latencyUs,
      inferenceMs: answer.inferenceMs,
      modelVersion: answer.modelVersion,
      rules: wanted,
    });
  }

  function newTrackId(key: string): number {
    const id = (lastTrackIds.get(key) ?? 0) + 1;
    lastTrackIds.set(key, id);
    return id;
  }

  /** Listens to the frames of the cameras that have subscriptions, and only of those. */
  function followFrames(): void {
    if (frames === null) return;
    const agents = new Map(registry.list().map((agent) => [agent.cameraId, agent]));
    for (const [cameraId, stop] of taps) {
      if (agents.has(cameraId)) continue;
      stop();
      taps.delete(cameraId);
      frames.setDemand(cameraId, null);
    }
    for (const [cameraId, agent] of agents) {
      const rates = agent.subscriptions().map(({ config }) => config.desired_fps ?? EVERY_FRAME_FPS);
      const onMain = agent
        .subscriptions()
        .some(({ modelId }) => rules.get(ruleKey(cameraId, modelId))?.stream === 'main');
      frames.setDemand(cameraId, Math.max(...rates), onMain ? 'main' : 'sub');
      if (!taps.has(cameraId))
        taps.set(
          cameraId,
          frames.onFrame(cameraId, (frame) => {
            const now = registry.get(cameraId);
            if (now !== null) dispatcher.offer(now, frame);
          }),
        );
    }
  }

  const reconciler = owned.add(
    new Reconciler({
      registry,
      clock,
      log,
      desired: async () => {
        const wanted = await assignments.wanted();
        rules.clear();
        for (const one of wanted) rules.set(ruleKey(one.cameraId, one.modelId), one.rules);
        options.onModels?.(new Set(wanted.map(({ modelId }) => modelId)));
        return wanted;
      },
      onChanged: followFrames,
    }),
  );
  owned.defer(() => {
    for (const [cameraId, stop] of taps) {
      stop();
      frames?.setDemand(cameraId, null);
    }
    taps.clear();
    for (const agent of registry.list()) registry.remove(agent.cameraId);
  });

  return {
    assignments,
    models,
    results,
    async reconcile() {
      await reconciler.request();
      // The stream of an assignment is no part of its subscription.
      followFrames();
    },
    metrics: () => registry.list().map((agent) => agent.metrics()),
    dispose: () => owned.dispose(),
  };
}

const ruleKey = (cameraId: string, modelId: string): string => `${cameraId}\n${modelId}`;
