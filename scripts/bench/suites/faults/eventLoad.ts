import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { repositoryRoot } from '../../../../e2e/support/runtime';
import { systemClock } from '../../../../main/base/clock';
import { Emitter } from '../../../../main/base/emitter';
import { silentLogger } from '../../../../main/base/logger';
import type { CoreResult } from '../../../../main/core/core';
import { createEvents } from '../../../../main/events/events';
import type { Events } from '../../../../main/events/events';
import { eventStoreFile, openEventStore } from '../../../../main/store/events/eventStore';

const PER_TICK = 5;
const TICK_MS = 20;

/** Results at load into the product's events, and what became of them, over several lives of them. */
export class EventLoad {
  /** Events a second. */
  readonly rate = (PER_TICK * 1000) / TICK_MS;
  offered = 0;
  #past = { stored: 0, lost: 0 };
  #events: Events | null = null;
  #timer: NodeJS.Timeout | null = null;
  readonly #results = new Emitter<CoreResult>();
  readonly #workers: { readonly role: string; readonly worker: Worker }[] = [];

  constructor(
    readonly folder: string,
    readonly cameraIds: readonly string[],
  ) {}

  get stored(): number {
    return this.#past.stored + (this.#events?.health().stored ?? 0);
  }

  get lost(): number {
    return this.#past.lost + lostOf(this.#events);
  }

  /** What the Events screen says. */
  get condition(): string {
    const store = this.#events?.health().store;
    return store?.trouble ?? store?.state ?? 'none';
  }

  start(): void {
    this.#events ??= this.#create();
    this.#timer ??= setInterval(() => this.#offer(), TICK_MS);
  }

  /** No more events; resolves when each was stored or lost. */
  async settled(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    const end = Date.now() + 30_000;
    while (this.offered !== this.stored + this.lost && Date.now() < end)
      await new Promise((resolve) => setTimeout(resolve, 20));
  }

  async stop(): Promise<void> {
    await this.settled();
    const events = this.#events;
    this.#past = { stored: this.stored, lost: this.lost };
    this.#events = null;
    await events?.dispose();
  }

  async startNewStore(): Promise<void> {
    await this.#events?.startNewStore();
  }

  async killWriter(): Promise<void> {
    await this.#workers
      .findLast(({ role, worker }) => role === 'writer' && worker.threadId > 0)
      ?.worker.terminate();
  }

  /** Asks for a page of a history that reaches far. */
  async read(): Promise<void> {
    const { queries } = (await this.#events?.active()) ?? {};
    await queries?.list({ limit: 1000, offset: 0, with_total: true }).catch(() => undefined);
  }

  #offer(): void {
    for (let n = 0; n < PER_TICK; n++) {
      const frameId = this.offered++;
      this.#results.emit({
        cameraId: this.cameraIds[frameId % this.cameraIds.length] ?? '',
        modelId: 'load',
        frame: {
          frameId,
          wallUs: systemClock.wallUs(),
          monotonicUs: systemClock.monotonicUs(),
        } as CoreResult['frame'],
        detections: [
          {
            class_id: 0,
            class_name: 'person',
            confidence: 0.8,
            bbox: [0.4, 0.4, 0.5, 0.7],
            track_id: frameId,
            velocity: [0, 0],
            zones: [],
          },
        ],
        latencyUs: 20_000,
        inferenceMs: 12,
        modelVersion: '1.0',
        rules: { persist: { when: 'every', min_interval_ms: 0 } } as CoreResult['rules'],
      });
    }
  }

  #create(): Events {
    const nothing = () => Promise.reject(new Error('no footage here'));
    const workerPath = path.join(repositoryRoot, 'dist/workers/store.worker.cjs');
    const now = () => systemClock.wallUs();
    return createEvents({
      openStore: () =>
        openEventStore({ dataDir: this.folder, workerPath, log: silentLogger(), now }, (options) => {
          const worker = new Worker(workerPath, options);
          this.#workers.push({ role: options.workerData.role, worker });
          return worker;
        }),
      storeFile: eventStoreFile(this.folder),
      results: this.#results,
      captures: { snapshot: nothing, clip: nothing },
      media: { removeSnapshot: nothing, removeClip: nothing },
      switches: { snapshots: false, clips: false },
      ...{ days: () => null, onRemoved: () => undefined, userId: () => 'bench', isCamera: () => true },
      ...{ clock: systemClock, log: silentLogger() },
    });
  }
}

function lostOf(events: Events | null): number {
  return Object.values(events?.health().drops ?? {}).reduce((sum, count) => sum + count, 0);
}
