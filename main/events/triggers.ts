import type { Clock, Timer } from '../base/clock';
import type { Disposable } from '../base/disposable';
import { messageOf } from '../base/errors';
import type { Logger } from '../base/logger';
import type { EventStore } from '../store/events/types';
import { CaptureLines } from './captureLines';
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
  ) => Promise<{ id: string; startUs: number; endUs: number }>;
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
/** Least time between two snapshots of a camera and model; what is nearer waits for its turn, milliseconds. */
const SNAPSHOT_SPACING_MS = 500;
/** Snapshots of a camera and model that wait: with the rolling buffer of 60 s their footage is still there. */
const MOST_IN_LINE = 60;
/** An event this near to the middle of a clip is shown by it as well: it begins before and ends after. */
const CLIP_SHOWS_US = 4_000_000;
/** Events that wait for their moment; more get no media. */
const MOST_WAITING = 500;
/** Pictures and clips that later events may share. */
const MOST_REMEMBERED = 200;

interface Clip {
  readonly id: string;
  readonly startUs: number;
  readonly endUs: number;
}

/**
 * Makes a snapshot and a clip of stored events: after their commit, each event once for ever, without anybody
 * waiting for it, and silently when it fails (seed 004, INV-76 to INV-81).
 */
export class EventTriggers implements Disposable {
  readonly #options: TriggersOptions;
  #switches: TriggerSwitches;
  readonly #timers = new Set<Timer>();
  readonly #lines: CaptureLines;
  /** By camera and moment: objects of one frame share its picture, whichever model saw them. */
  readonly #pictures = new Map<string, Promise<string | null>>();
  /** By camera and model, the newest. */
  readonly #clips = new Map<string, { readonly centerUs: number; readonly made: Promise<Clip | null> }>();
  #triggered = 0;
  #failed = 0;
  #isDisposed = false;

  constructor(options: TriggersOptions) {
    this.#options = options;
    this.#switches = options.switches;
    this.#lines = new CaptureLines({
      clock: options.clock,
      spacingMs: SNAPSHOT_SPACING_MS,
      mostWaiting: MOST_IN_LINE,
    });
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

  /**
   * To be called after the commit; returns at once (INV-77).
   * @param pictureUs when its picture came, monotonic microseconds: the time stamp is that of the stream, which may
   * differ from the system's by any amount after that was set
   */
  trigger(event: StoredEvent, pictureUs = this.#options.clock.monotonicUs()): void {
    const { snapshots, clips } = this.#switches;
    if ((!snapshots && !clips) || this.#isDisposed) return;
    if (this.#timers.size >= MOST_WAITING) {
      this.#complain(event, new Error('too many events wait for their moment'));
      return;
    }
    void this.#claimed(event).then((isOurs) => {
      if (!isOurs || this.#isDisposed) return;
      this.#triggered++;
      const ageMs = (this.#options.clock.monotonicUs() - pictureUs) / 1000;
      if (snapshots) this.#later(READABLE_AFTER_MS - ageMs, () => this.#snapshot(event));
      if (clips) this.#later(CLIP_AFTER_S * 1000 + READABLE_AFTER_MS - ageMs, () => this.#clip(event));
    });
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const timer of this.#timers) timer.cancel();
    this.#timers.clear();
    this.#lines.dispose();
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
    const frame = `${event.cameraId}\n${String(event.timestampUs)}`;
    let made = this.#pictures.get(frame);
    if (made === undefined) {
      made = this.#inLine(event);
      remember(this.#pictures, frame, made);
    }
    const snapshotId = await made;
    if (snapshotId !== null) await this.#link(event, { snapshotId });
  }

  #inLine(event: StoredEvent): Promise<string | null> {
    const { captures } = this.#options;
    return new Promise((resolve) => {
      const isTaken = this.#lines.add(keyOf(event), async () => {
        const picture = await this.#attempt(event, () =>
          captures.snapshot(event.cameraId, event.timestampUs),
        );
        resolve(picture?.id ?? null);
      });
      if (isTaken) return;
      this.#complain(event, new Error('too many snapshots of this camera and model wait'));
      resolve(null);
    });
  }

  async #clip(event: StoredEvent): Promise<void> {
    const key = keyOf(event);
    const { timestampUs: atUs } = event;
    let last = this.#clips.get(key);
    if (last === undefined || Math.abs(atUs - last.centerUs) > CLIP_SHOWS_US) {
      last = { centerUs: atUs, made: this.#attempt(event, () => this.#cut(event)) };
      remember(this.#clips, key, last);
    }
    const clip = await last.made;
    // Where footage is missing, a clip of another event may not reach as far as it was meant to.
    if (clip === null || (last.centerUs !== atUs && (clip.startUs > atUs || clip.endUs < atUs))) return;
    await this.#link(event, { clipId: clip.id });
  }

  #cut({ cameraId, modelId, timestampUs, confidence }: StoredEvent): Promise<Clip> {
    const label = `AI: ${modelId}${confidence === null || confidence === 0 ? '' : ` (${confidence.toFixed(2)})`}`;
    return this.#options.captures.clip(cameraId, timestampUs, CLIP_BEFORE_S + CLIP_AFTER_S, label);
  }

  async #attempt<T>(event: StoredEvent, capture: () => Promise<T>): Promise<T | null> {
    try {
      return await capture();
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

const keyOf = ({ cameraId, modelId }: StoredEvent): string => `${cameraId}\n${modelId}`;

/** Keeps the newest only. */
function remember<T>(map: Map<string, T>, key: string, value: T): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > MOST_REMEMBERED && oldest !== undefined) map.delete(oldest);
}
