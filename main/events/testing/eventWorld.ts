import { expect, vi } from 'vitest';
import type { RequestOf } from '../../../contract';
import { Emitter } from '../../base/emitter';
import { silentLogger } from '../../base/logger';
import { SimulatedClock } from '../../base/simulatedClock';
import type { CoreResult } from '../../core/core';
import { eventStoreFile, openEventStore } from '../../store/events/eventStore';
import type { EventStore } from '../../store/events/types';
import { temporaryFolder, uuid, workerPath } from '../../store/testing/fixtures';
import type { Events } from '../events';
import { createEvents } from '../events';
import { START_US } from './results';

/** The one camera there is. */
export const gate = uuid(1);

export const until = <T>(condition: () => Promise<T>): Promise<NonNullable<T>> =>
  vi.waitUntil(condition, { timeout: 20_000 }) as Promise<NonNullable<T>>;

interface Opening {
  readonly openStore?: () => Promise<EventStore>;
  readonly clips?: boolean;
}

/** Events over a real store, with captures that the test looks at; each test has its own. */
export class EventWorld {
  readonly clock = new SimulatedClock(START_US);
  readonly results = new Emitter<CoreResult>();
  readonly snapshot = vi.fn((_cameraId: string, _timestampUs: number) => Promise.resolve({ id: 'snap' }));
  readonly clip = vi.fn((_cameraId: string, centerUs: number, _seconds: number, _label: string) =>
    Promise.resolve({ id: 'clip', startUs: centerUs - 5_000_000, endUs: centerUs + 5_000_000 }),
  );
  events: Events;

  static async create(): Promise<EventWorld> {
    const world = new EventWorld(await temporaryFolder());
    await until(() => Promise.resolve(world.events.health().store.state === 'working'));
    return world;
  }

  private constructor(readonly folder: string) {
    this.events = this.#open({});
  }

  async reopen(opening: Opening = {}): Promise<void> {
    await this.events.dispose();
    this.events = this.#open(opening);
  }

  /** Leaves no timer behind. */
  async end(): Promise<void> {
    await this.events.dispose();
    expect(this.clock.pendingTimers).toBe(0);
  }

  async list(more: Partial<RequestOf<'ai-events.list'>> = {}) {
    const { queries } = await this.events.active();
    return queries.list({ limit: 100, offset: 0, with_total: true, ...more });
  }

  #open({ openStore, clips = false }: Opening): Events {
    const { clock, results, snapshot, clip, folder } = this;
    return createEvents({
      openStore:
        openStore ??
        (() =>
          openEventStore({ dataDir: folder, workerPath, log: silentLogger(), now: () => clock.wallUs() })),
      storeFile: eventStoreFile(folder),
      ...{ results, clock, captures: { snapshot, clip }, switches: { snapshots: true, clips } },
      isCamera: (id) => id === gate,
      userId: () => 'alex',
      media: { removeSnapshot: () => Promise.resolve(), removeClip: () => Promise.resolve() },
      days: () => null,
      onRemoved: () => undefined,
      log: silentLogger(),
    });
  }
}
