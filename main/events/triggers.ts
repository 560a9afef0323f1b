import type { Clock, Timer } from '../base/clock';
import type { Disposable } from '../base/disposable';
import { messageOf } from '../base/errors';
import type { Logger } from '../base/logger';
import type { EventStore } from '../store/events/types';
import type { StoredEvent } from './persistence';

/** The kernel's own services, as they are (INV-81). */
export interface CaptureServices {
  readonly snapshot: (cameraId: string, timestampUs: number) => Promise<{ id: string }>;
  /** @param seconds length of the clip around the moment */
  readonly clip: (
    cameraId: string,
    centerUs: number,
    seconds: number,
    label: string,
  ) => Promise<{ id: string }>;
}

export interface TriggerSwitches {
  readonly snapshots: boolean;
  readonly clips: boolean;
}

export interface TriggersOptions {
  readonly store: Pick<EventStore, 'write'>;
  readonly captures: CaptureServices;
  readonly switches: TriggerSwitches;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Seconds of a clip before the event and after it. */
const CLIP_BEFORE_S = 5;
const CLIP_AFTER_S = 5;
/** Until the pictures of a moment can be read from the segment being written, milliseconds. */
const READABLE_AFTER_MS = 1_500;
/** Least time between two media of a camera and model, microseconds; the same frame shares its snapshot. */
const SNAPSHOT_COOLDOWN_US = 500_000;
const CLIP_COOLDOWN_US = 10_000_000;
/** Events that wait for their moment or for a capture; more get no media. */
const MOST_WAITING = 200;

/**
 * Makes a snapshot and a clip of stored events: after their commit, each event once for ever, without anybody
 * waiting for it, and silently when it fails (seed 004, INV-76 to INV-81).
 */
export class EventTriggers implements Disposable {
  readonly #options: TriggersOptions;
  #switches: TriggerSwitches;
  readonly #timers = new Set<Timer>();
  readonly #lastSnapshot = new Map<string, { atUs: number; made: Promise<string | null> }>();
  readonly #lastClipUs = new Map<string, number>();
  #triggered = 0;
  #failed = 0;
  #isDisposed = false;

  constructor(options: TriggersOptions) {
    this.#options = options;
    this.#switches = options.switches;
  }

  get switches(): TriggerSwitches {
    return this.#switches;
  }

  /** Media that could not be made, for health. */
  get failed(): number {
    return this.#failed;
  }

  setSwitches(switches: TriggerSwitches): void {
    this.#switches = switches;
  }

  /** Seed 004's status. */
  status() {
    return {
      snapshot_triggers_enabled: this.#switches.snapshots,
      clip_triggers_enabled: this.#switches.clips,
      triggered_events_count: this.#triggered,
    };
  }

  /** To be called after the commit; returns at once (INV-77). */
  trigger(event: StoredEvent): void {
    const { snapshots, clips } = this.#switches;
    if ((!snapshots && !clips) || this.#isDisposed || this.#timers.size >= MOST_WAITING) return;
    void this.#claimed(event).then((isOurs) => {
      if (!isOurs || this.#isDisposed) return;
      this.#triggered++;
      const ageMs = (this.#options.clock.wallUs() - event.timestampUs) / 1000;
      if (snapshots) this.#later(READABLE_AFTER_MS - ageMs, () => this.#snapshot(event));
      if (clips) this.#later(CLIP_AFTER_S * 1000 + READABLE_AFTER_MS - ageMs, () => this.#clip(event));
    });
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
  }

  async #claimed(event: StoredEvent): Promise<boolean> {
    const { store, clock } = this.#options;
    try {
      return await store.write.claimTrigger(event.id, clock.wallUs());
    } catch (error) {
      this.#complain(event, error);
      return false;
    }
  }

  #later(waitMs: number, work: () => Promise<void>): void {
    const timer = this.#options.clock.after(Math.max(0, waitMs), () => {
      this.#timers.delete(timer);
      void work();
    });
    this.#timers.add(timer);
  }

  async #snapshot(event: StoredEvent): Promise<void> {
    const key = `${event.cameraId}\n${event.modelId}`;
    const last = this.#lastSnapshot.get(key);
    const distanceUs = last === undefined ? Infinity : Math.abs(event.timestampUs - last.atUs);
    if (distanceUs > 0 && distanceUs < SNAPSHOT_COOLDOWN_US) return;
    const made =
      distanceUs === 0 && last !== undefined
        ? last.made
        : this.#attempt(event, () => this.#options.captures.snapshot(event.cameraId, event.timestampUs));
    this.#lastSnapshot.set(key, { atUs: event.timestampUs, made });
    const snapshotId = await made;
    if (snapshotId !== null) await this.#link(event, { snapshotId });
  }

  async #clip(event: StoredEvent): Promise<void> {
    const key = `${event.cameraId}\n${event.modelId}`;
    if (Math.abs(event.timestampUs - (this.#lastClipUs.get(key) ?? -Infinity)) < CLIP_COOLDOWN_US) return;
    this.#lastClipUs.set(key, event.timestampUs);
    const { confidence, modelId } = event;
    const label = `AI: ${modelId}${confidence === null || confidence === 0 ? '' : ` (${confidence.toFixed(2)})`}`;
    const clipId = await this.#attempt(event, () =>
      this.#options.captures.clip(event.cameraId, event.timestampUs, CLIP_BEFORE_S + CLIP_AFTER_S, label),
    );
    if (clipId !== null) await this.#link(event, { clipId });
  }

  async #attempt(event: StoredEvent, capture: () => Promise<{ id: string }>): Promise<string | null> {
    try {
      return (await capture()).id;
    } catch (error) {
      this.#complain(event, error);
      return null;
    }
  }

  async #link(event: StoredEvent, media: { snapshotId?: string; clipId?: string }): Promise<void> {
    try {
      await this.#options.store.write.linkMedia(event.id, media);
    } catch (error) {
      this.#complain(event, error);
    }
  }

  #complain(event: StoredEvent, error: unknown): void {
    this.#failed++;
    this.#options.log.debug({ event: event.id, reason: messageOf(error) }, 'an event has no media');
  }
}
