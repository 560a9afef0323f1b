import * as mediasoup from 'mediasoup';
import type { types } from 'mediasoup';
import type { Clock } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import { Emitter } from '../../base/emitter';
import { VasError, messageOf } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { ChildRegistry } from '../process/registry';
import { routerCodecs } from './codec';
import { LOOPBACK } from './loopbackPorts';

/** A worker serves this many streams before another one is started: 16 tiles are 6 % of what it can carry. */
const STREAMS_PER_WORKER = 16;
/** How long a worker may take to end before it is killed, milliseconds. */
const CLOSE_PATIENCE_MS = 2000;
/** Key frames of large pictures come in bursts; the system caps this at its own limit. Bytes. */
export const SOCKET_BUFFER_BYTES = 4 * 1024 * 1024;

export interface WorkerPoolOptions {
  /** Path of the mediasoup-worker program. */
  readonly workerBin: string;
  /** At most this many workers; at least 1. */
  readonly cores: number;
  readonly clock: Clock;
  readonly log: Logger;
  readonly registry?: ChildRegistry;
  readonly streamsPerWorker?: number;
}

/** A running mediasoup-worker with its one router and its one port for all windows. */
export interface SfuWorker {
  readonly pid: number;
  readonly router: types.Router;
  readonly server: types.WebRtcServer;
  /** Resolves when everything that was asked of the worker so far has been done. */
  settled(): Promise<void>;
}

/** A place on a worker, held until it is released; the worker may not have been started yet. */
export interface Lease {
  readonly worker: Promise<SfuWorker>;
  release(): void;
}

interface Slot {
  readonly worker: Promise<SfuWorker>;
  mediasoupWorker: types.Worker | null;
  /** Resolves when the process is gone. */
  gone: Promise<void>;
  pid: number | null;
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
    this.#options = options;
    this.#log = options.log.child({ part: 'live' });
  }

  /** A worker has died; everything on it is gone. */
  onDied(listener: (worker: SfuWorker) => void): Disposable {
    return this.#died.on(listener);
  }

  /** Process ids of the workers that run. */
  pids(): number[] {
    return [...this.#slots].flatMap(({ pid }) => (pid === null ? [] : [pid]));
  }

  /** A place for a stream: fills workers one after the other, then spreads. */
  leaseForStream(): Lease {
    const limit = this.#options.streamsPerWorker ?? STREAMS_PER_WORKER;
    const slots = [...this.#slots];
    const open = slots.find(({ streams }) => streams < limit);
    const least = slots.sort((a, b) => a.streams - b.streams)[0];
    const slot = open ?? (this.#slots.size < this.#options.cores ? this.#start() : least);
    return this.#lease(slot ?? this.#start(), 'streams');
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
      await Promise.all(slots.map((slot) => this.#close(slot)));
    })();
    return this.#disposed;
  }

  #lease(slot: Slot, what: 'streams' | 'transports'): Lease {
    slot[what] += 1;
    let held = true;
    return {
      worker: slot.worker,
      release: () => {
        if (held) slot[what] -= 1;
        held = false;
      },
    };
  }

  #start(): Slot {
    if (this.#disposed) throw new VasError('unavailable', 'Live view is being shut down.');
    const slot: Slot = {
      worker: this.#create(() => slot),
      mediasoupWorker: null,
      gone: Promise.resolve(),
      pid: null,
      streams: 0,
      transports: 0,
    };
    this.#slots.add(slot);
    slot.worker.catch((error: unknown) => {
      this.#slots.delete(slot);
      this.#log.error({ reason: messageOf(error) }, 'mediasoup-worker could not be started');
    });
    return slot;
  }

  async #create(slotOf: () => Slot): Promise<SfuWorker> {
    let worker: types.Worker;
    try {
      worker = await mediasoup.createWorker({
        workerBin: this.#options.workerBin,
        // No trace events and no debug logs (W-19).
        logLevel: 'warn',
        logTags: ['dtls', 'ice'],
      });
    } catch (cause) {
      const text = 'The live-view process could not be started. Run "npm run doctor" to see what is missing.';
      throw new VasError('unavailable', text, { cause });
    }
    const slot = slotOf();
    slot.mediasoupWorker = worker;
    slot.pid = worker.pid;
    this.#options.registry?.remember(worker.pid, 'mediasoup-worker');
    slot.gone = new Promise((resolve) => worker.once('subprocessclose', resolve));
    void slot.gone.then(() => {
      slot.pid = null;
      this.#options.registry?.forget(worker.pid);
    });
    try {
      const server = await worker.createWebRtcServer({
        listenInfos: [{ protocol: 'udp', ip: LOOPBACK, sendBufferSize: SOCKET_BUFFER_BYTES }],
      });
      const router = await worker.createRouter({ mediaCodecs: routerCodecs() });
      const settled = async (): Promise<void> => {
        if (!worker.closed) await worker.dump().catch(() => undefined);
      };
      const ready: SfuWorker = { pid: worker.pid, router, server, settled };
      worker.once('died', (error) => {
        this.#slots.delete(slot);
        this.#log.error({ pid: worker.pid, reason: messageOf(error) }, 'mediasoup-worker died');
        this.#died.emit(ready);
      });
      if (worker.closed) throw new VasError('unavailable', 'The live-view process ended at its start.');
      this.#log.info({ pid: worker.pid }, 'mediasoup-worker started');
      return ready;
    } catch (error) {
      worker.close();
      throw error;
    }
  }

  async #close(slot: Slot): Promise<void> {
    await slot.worker.catch(() => undefined);
    slot.mediasoupWorker?.close();
    const limit = this.#options.clock.after(CLOSE_PATIENCE_MS, () => {
      if (slot.pid !== null) process.kill(slot.pid, 'SIGKILL');
    });
    await slot.gone;
    limit.cancel();
  }
}
