import type { ResponseOf } from '../../contract';
import type { Clock, Timer } from '../base/clock';
import type { Disposable } from '../base/disposable';
import { DisposableStore } from '../base/disposable';
import type { Emitter } from '../base/emitter';
import type { Logger } from '../base/logger';
import type { CoreResult } from '../core/core';
import type { JudgedDetection } from '../core/rules/rules';
import type { EventStore } from '../store/events/types';
import type { ExpiredMedia, RemovedEvents } from './expiry/eventExpiry';
import { EventExpiry } from './expiry/eventExpiry';
import type { StoreCondition } from './guard/guardedStore';
import { GuardedEventStore } from './guard/guardedStore';
import { StoreFeed } from './guard/storeFeed';
import type { EventDrop, StoredEvent } from './persistence';
import { EventPersistence } from './persistence';
import type { Moment } from './policy';
import { EventPolicy } from './policy';
import { EventQueries } from './queries';
import { instantOf } from './shape';
import type { CaptureServices, TriggerSwitches } from './triggers';
import { EventTriggers } from './triggers';

export interface EventsOptions {
  /** Takes as long as it takes, and may fail: neither concerns video. */
  readonly openStore: () => Promise<EventStore>;
  /** Absolute path of the store's database. */
  readonly storeFile: string;
  readonly results: Emitter<CoreResult>;
  readonly captures: CaptureServices;
  readonly media: ExpiredMedia;
  /** Age at which events go, days; null: never. */
  readonly days: () => number | null;
  /** For the audit log. */
  readonly onRemoved: (what: RemovedEvents) => void;
  readonly switches: TriggerSwitches;
  readonly isCamera: (cameraId: string) => boolean;
  /** Who asks now. */
  readonly userId: () => string;
  readonly clock: Clock;
  readonly log: Logger;
}

export interface EventHealth {
  readonly store: StoreCondition;
  readonly stored: number;
  readonly drops: Readonly<Record<EventDrop, number>>;
  readonly mediaFailed: number;
  /** Null until the store is open, and where it cannot be opened. */
  readonly figures: ReturnType<EventStore['figures']> | null;
}

/** What works on events; its calls fail while the store does. */
export interface ActiveEvents {
  readonly queries: EventQueries;
  readonly triggers: EventTriggers;
  readonly persistence: EventPersistence;
  readonly expiry: EventExpiry;
  review(ids: readonly string[], reviewed: boolean): Promise<number>;
}

/** Events from results to history: policy, persistence, triggers, queries. */
export interface Events extends Disposable {
  active(): Promise<ActiveEvents>;
  /** Who asks now. */
  userId(): string;
  /** The age at which events go was changed. */
  onAgeChanged(): void;
  /** Tells the expiry of old events, now and on each change; returns how to stop. */
  subscribeExpiry(push: (value: ResponseOf<'ai-events.expiry'>) => void): () => void;
  /** Tells how the store is, now and on each change; returns how to stop. */
  subscribeStore(push: (value: ResponseOf<'ai-events.store'>) => void): () => void;
  /** Moves the store aside and begins a new one. @returns the name of the old file; null when there was none */
  startNewStore(): Promise<string | null>;
  /** Tells what is stored, at most five times a second; returns how to stop. */
  subscribe(push: (value: ResponseOf<'ai-events.stored'>) => void): () => void;
  health(): EventHealth;
}

/** How long after a result objects that wait for their best moment are looked at, milliseconds. */
const FLUSH_AFTER_MS = 1_000;
/** Windows are told of what was stored within this time at once, milliseconds. */
const TELL_AFTER_MS = 200;
/** Newly stored events that are told at once; a window that wants more asks for a page. */
const MOST_TOLD = 50;

export function createEvents(options: EventsOptions): Events {
  const log = options.log.child({ part: 'events' });
  const owned = new DisposableStore();
  const listeners = new Set<(value: ResponseOf<'ai-events.stored'>) => void>();
  const file = options.storeFile;
  const store = owned.add(new GuardedEventStore({ ...options, open: options.openStore, file, log }));
  const running = activate({ ...options, log }, store, listeners, owned);
  const { persistence, expiry, triggers } = running;
  const lost = (): number => persistence.lostCount;
  const feed = owned.add(new StoreFeed({ ...options, guard: store, lost, file, log }));
  return {
    active: () => Promise.resolve(running),
    userId: options.userId,
    onAgeChanged: () => expiry.schedule(),
    subscribeExpiry: (push) => expiry.subscribe(push),
    subscribeStore: (push) => feed.subscribe(push),
    startNewStore: () => store.startNew(),
    subscribe(push) {
      listeners.add(push);
      return () => void listeners.delete(push);
    },
    health: () => ({
      store: store.condition,
      stored: persistence.storedCount,
      drops: { ...persistence.drops },
      mediaFailed: triggers.failed,
      figures: store.figures(),
    }),
    dispose: () => owned.dispose(),
  };
}

function activate(
  options: EventsOptions,
  store: GuardedEventStore,
  listeners: ReadonlySet<(value: ResponseOf<'ai-events.stored'>) => void>,
  owned: DisposableStore,
): ActiveEvents {
  const { clock } = options;
  const persistence = new EventPersistence({ ...options, store });
  const triggers = owned.add(new EventTriggers({ ...options, store }));
  const expiry = owned.add(new EventExpiry({ ...options, store }));
  const policies = new Map<string, EventPolicy>();
  let fresh: StoredEvent[] = [];
  // Timers exist only while something waits: without events nothing wakes up.
  let flushing: Timer | null = null;
  let telling: Timer | null = null;

  const keep = (moments: readonly Moment[]): void => {
    for (const moment of moments)
      void persistence.persistEvent(toCreate(moment)).then((stored) => {
        if (stored !== null) triggers.trigger(stored, moment.result.frame.monotonicUs);
      });
  };
  owned.add(
    options.results.on((result) => {
      const key = `${result.cameraId}\n${result.modelId}`;
      let policy = policies.get(key);
      if (policy === undefined) policies.set(key, (policy = new EventPolicy()));
      keep(policy.choose(result, result.rules.persist));
      if (policy.isWaiting) flushing ??= clock.after(FLUSH_AFTER_MS, flush);
    }),
  );
  owned.add(
    persistence.stored.on((event) => {
      if (listeners.size === 0) return;
      fresh.push(event);
      telling ??= clock.after(TELL_AFTER_MS, tell);
    }),
  );
  function flush(): void {
    flushing = null;
    for (const policy of policies.values()) keep(policy.flush(clock.monotonicUs()));
    if ([...policies.values()].some(({ isWaiting }) => isWaiting))
      flushing = clock.after(FLUSH_AFTER_MS, flush);
  }
  function tell(): void {
    telling = null;
    const events = fresh.slice(-MOST_TOLD).map((event) => ({
      id: event.id,
      camera_id: event.cameraId,
      model_id: event.modelId,
      timestamp: instantOf(event.timestampUs),
    }));
    fresh = [];
    for (const push of [...listeners]) push({ events });
  }
  owned.defer(() => {
    flushing?.cancel();
    telling?.cancel();
  });
  return {
    queries: new EventQueries(store.read, options.userId),
    triggers,
    persistence,
    expiry,
    review: (ids, reviewed) => store.write.setReviewed(ids, options.userId(), reviewed, clock.wallUs()),
  };
}

function toCreate({ result, detections }: Moment) {
  const unique = (names: readonly string[]): string[] => [...new Set(names)];
  const zones = unique(detections.flatMap((one) => one.zones));
  return {
    camera_id: result.cameraId,
    model_id: result.modelId,
    timestamp: new Date(result.frame.wallUs / 1000),
    frame_id: result.frame.frameId,
    track_id: detections.length === 1 ? (detections[0]?.track_id ?? null) : null,
    detections: { schema: 1, detections: detections.map(toSeed003) },
    confidence: detections.length === 0 ? null : Math.max(...detections.map((one) => one.confidence)),
    event_metadata: {
      model_version: result.modelVersion,
      inference_latency_ms: result.inferenceMs,
      ...(zones.length === 0 ? {} : { zones }),
    },
    labels: unique(detections.map((one) => one.class_name)),
    zones,
  };
}

/** The detection as seed 003 has it; what we know besides stays out of it. */
function toSeed003({ class_id, class_name, confidence, bbox, track_id, keypoints }: JudgedDetection) {
  return {
    class_id,
    class_name,
    confidence,
    bbox,
    track_id,
    ...(keypoints === undefined ? {} : { keypoints }),
  };
}
