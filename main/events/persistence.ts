import { z } from 'zod';
import type { Clock } from '../base/clock';
import { Emitter } from '../base/emitter';
import type { ErrorKind } from '../base/errors';
import { messageOf, VasError } from '../base/errors';
import type { Logger } from '../base/logger';
import type { EventStore, NewEvent } from '../store/events/types';
import { uuid7 } from '../store/events/uuid';

/** Seed 002's AIEventCreate, and the names that the event can be found by. */
const eventCreate = z.object({
  camera_id: z.string(),
  model_id: z.string().min(1).max(128),
  timestamp: z.date(),
  frame_id: z.number().int().min(0).nullable().default(null),
  detections: z.record(z.string(), z.unknown()).default({}),
  confidence: z.number().min(0).max(1).nullable().default(null),
  event_metadata: z.record(z.string(), z.unknown()).nullable().default(null),
  track_id: z.number().int().nullable().default(null),
  labels: z.array(z.string().min(1).max(128)).max(200).default([]),
  zones: z.array(z.string().min(1).max(128)).max(64).default([]),
});
export type EventCreate = z.input<typeof eventCreate>;

/** Why an event was not stored. */
export type EventDrop = 'invalid' | 'unknown_camera' | 'overload' | 'store';

export interface StoredEvent {
  readonly id: string;
  readonly cameraId: string;
  readonly modelId: string;
  readonly timestampUs: number;
  readonly confidence: number | null;
}

export interface PersistenceOptions {
  readonly store: Pick<EventStore, 'write'>;
  /** Whether the camera exists now (INV-73). */
  readonly isCamera: (cameraId: string) => boolean;
  readonly clock: Clock;
  readonly log: Logger;
}

/** Events that wait while the store is busy; more are dropped (INV-75). */
const MOST_WAITING = 2_000;
const MOST_AT_ONCE = 500;
/** What the database says of one event, not of itself. */
const ABOUT_THE_EVENT: readonly ErrorKind[] = ['invalid', 'conflict', 'not_found'];

interface Waiting {
  readonly event: NewEvent;
  readonly settle: (stored: StoredEvent | null) => void;
}

/**
 * Stores events, best effort: any failure drops the event, is counted, and neither throws nor blocks (INV-72).
 * What comes while the store writes is written together afterwards.
 */
export class EventPersistence {
  readonly stored = new Emitter<StoredEvent>();
  readonly #options: PersistenceOptions;
  readonly #drops: Record<EventDrop, number> = { invalid: 0, unknown_camera: 0, overload: 0, store: 0 };
  #waiting: Waiting[] = [];
  #isWriting = false;
  #count = 0;

  constructor(options: PersistenceOptions) {
    this.#options = options;
  }

  get drops(): Readonly<Record<EventDrop, number>> {
    return this.#drops;
  }

  /** Events that a store which failed or was too slow has cost. */
  get lostCount(): number {
    return this.#drops.store + this.#drops.overload;
  }

  get storedCount(): number {
    return this.#count;
  }

  /** @returns the event once it is committed, or null when it was dropped; never rejects */
  persistEvent(input: EventCreate): Promise<StoredEvent | null> {
    const parsed = eventCreate.safeParse(input);
    if (!parsed.success || Number.isNaN(parsed.data.timestamp.getTime())) return this.#drop('invalid');
    const { data } = parsed;
    if (!this.#options.isCamera(data.camera_id)) return this.#drop('unknown_camera');
    if (this.#waiting.length >= MOST_WAITING) return this.#drop('overload');
    const nowUs = this.#options.clock.wallUs();
    const event: NewEvent = {
      id: uuid7(nowUs),
      cameraId: data.camera_id,
      modelId: data.model_id,
      timestampUs: data.timestamp.getTime() * 1000,
      frameId: data.frame_id,
      trackId: data.track_id,
      detections: JSON.stringify(data.detections),
      labels: data.labels,
      zones: data.zones,
      confidence: data.confidence,
      metadata: JSON.stringify(data.event_metadata ?? {}),
      createdUs: nowUs,
    };
    return new Promise((settle) => {
      this.#waiting.push({ event, settle });
      if (!this.#isWriting) void this.#write();
    });
  }

  /** As `persistEvent`, from values as they come (seed 002). */
  persistEventDict(
    cameraId: string,
    modelId: string,
    timestamp: Date,
    detections: Record<string, unknown>,
    more: Partial<Pick<EventCreate, 'frame_id' | 'confidence' | 'event_metadata'>> = {},
  ): Promise<StoredEvent | null> {
    return this.persistEvent({ camera_id: cameraId, model_id: modelId, timestamp, detections, ...more });
  }

  async #write(): Promise<void> {
    this.#isWriting = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MOST_AT_ONCE);
      const refused = await this.#insert(batch);
      if (refused === null) continue;
      // One bad event takes the whole batch along: each gets its own chance, once. A store that fails has had its.
      const isAboutOne = refused instanceof VasError && ABOUT_THE_EVENT.includes(refused.kind);
      for (const one of batch)
        if (!isAboutOne || batch.length === 1 || (await this.#insert([one])) !== null) {
          this.#drops.store++;
          one.settle(null);
        }
    }
    this.#isWriting = false;
  }

  /** @returns why nothing of it was stored; null when everything was */
  async #insert(batch: readonly Waiting[]): Promise<unknown> {
    try {
      await this.#options.store.write.insertEvents(batch.map(({ event }) => event));
    } catch (error) {
      this.#options.log.debug({ events: batch.length, reason: messageOf(error) }, 'events were not stored');
      return error;
    }
    for (const { event, settle } of batch) {
      this.#count++;
      settle(event);
      this.stored.emit(event);
    }
    return null;
  }

  #drop(reason: EventDrop): Promise<null> {
    this.#drops[reason]++;
    return Promise.resolve(null);
  }
}
