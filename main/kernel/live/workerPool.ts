import type { Disposable } from '../../base/disposable';
import { Emitter } from '../../base/emitter';
import { VasError, messageOf } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { SfuProcessOptions, SfuWorker } from './sfuProcess';
import { SfuProcess } from './sfuProcess';

/** A worker serves this many streams before another one is started: 16 tiles are 6 % of what it can carry. */
const STREAMS_PER_WORKER = 16;

export interface WorkerPoolOptions extends SfuProcessOptions {
  /** At most this many workers; at least 1. */
  readonly cores: number;
  readonly streamsPerWorker?: number;
}

/** A place on a worker, held until it is released; the worker may not have been started yet. */
export interface Lease {
  readonly worker: Promise<SfuWorker>;
  release(): void;
}

interface Slot {
  readonly process: SfuProcess;
  streams: number;
  transports: number;
}

/** Starts workers when they are needed and forgets those that died; the next lease starts another. */
export class WorkerPool implements Disposable {
  readonly #options: WorkerPoolOptions;
  readonly #slots = new Set<Slot>();
  readonly #died = new Emitter<SfuWorker>();
  readonly #log: Logger;
  #disposed: Promise<void> | null = null;

  constructor(options: WorkerPoolOptions) {
    this.#log = options.log.child({ part: 'live' });
    this.#options = { ...options, log: this.#log };
  }

  /** A worker has died; everything on it is gone. */
  onDied(listener: (worker: SfuWorker) => void): Disposable {
    return this.#died.on(listener);
  }

  /** Process ids of the workers that run. */
  pids(): number[] {
    return [...this.#slots].flatMap(({ process: { pid } }) => (pid === null ? [] : [pid]));
  }

  /** A place for a stream: fills workers one after the other, then spreads. */
  leaseForStream(): Lease {
    const limit = this.#options.streamsPerWorker ?? STREAMS_PER_WORKER;
    const slots = [...this.#slots].sort((a, b) => a.streams - b.streams);
    const open = slots.findLast(({ streams }) => streams < limit);
    const least = slots.length < this.#options.cores ? undefined : slots[0];
    return this.#lease(open ?? least ?? this.#start(), 'streams');
  }

  /** A place for a window's transport: near the streams, and not where other windows are already. */
  leaseForTransport(): Lease {
    const best = [...this.#slots].sort((a, b) => a.transports - b.transports || b.streams - a.streams)[0];
    return this.#lease(best ?? this.#start(), 'transports');
  }

  dispose(): Promise<void> {
    this.#disposed ??= (async () => {
      const slots = [...this.#slots];
      this.#slots.clear();
      await Promise.all(slots.map((slot) => slot.process.close()));
    })();
    return this.#disposed;
  }

  #lease(slot: Slot, what: 'streams' | 'transports'): Lease {
    slot[what] += 1;
    let held = true;
    return {
      worker: slot.process.ready,
      release: () => {
        if (held) slot[what] -= 1;
        held = false;
      },
    };
  }

  #start(): Slot {
    if (this.#disposed) throw new VasError('unavailable', 'Live view is being shut down.');
    const sfu = new SfuProcess(this.#options, (worker) => {
      this.#slots.delete(slot);
      this.#died.emit(worker);
    });
    const slot: Slot = { process: sfu, streams: 0, transports: 0 };
    this.#slots.add(slot);
    sfu.ready.catch((error: unknown) => {
      this.#slots.delete(slot);
      this.#log.error({ reason: messageOf(error) }, 'mediasoup-worker could not be started');
    });
    return slot;
  }
}
