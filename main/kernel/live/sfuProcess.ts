import * as mediasoup from 'mediasoup';
import type { types } from 'mediasoup';
import type { Clock, Timer } from '../../base/clock';
import { VasError, messageOf } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { ChildRegistry } from '../process/registry';
import { routerCodecs } from './codec';
import { LOOPBACK, SFU_PORTS } from './loopbackPorts';
import { within } from './within';

/** How long a worker may take to start, milliseconds. */
const START_LIMIT_MS = 8000;
/** How long a worker may take to end before it is killed, milliseconds. */
const CLOSE_PATIENCE_MS = 2000;
/** How often a worker is asked whether it is alive, and how long it may take to answer, milliseconds. */
const PING_MS = 2500;
const PING_LIMIT_MS = 5000;
/** Key frames of large pictures come in bursts; the system caps this at its own limit. Bytes. */
export const SOCKET_BUFFER_BYTES = 4 * 1024 * 1024;

export interface SfuProcessOptions {
  /** Path of the mediasoup-worker program. */
  readonly workerBin: string;
  readonly clock: Clock;
  readonly log: Logger;
  readonly registry?: ChildRegistry;
}

/** A running mediasoup-worker with its one router and its one port for all windows. */
export interface SfuWorker {
  readonly pid: number;
  readonly router: types.Router;
  readonly server: types.WebRtcServer;
  /** Resolves when everything that was asked of the worker so far has been done. */
  settled(): Promise<void>;
}

/** One mediasoup-worker from its start to its end, however it comes. */
export class SfuProcess {
  /** Rejects with VasError unavailable when it cannot be started. */
  readonly ready: Promise<SfuWorker>;
  readonly #options: SfuProcessOptions;
  #worker: types.Worker | null = null;
  #gone: Promise<void> = Promise.resolve();
  #pid: number | null = null;
  #watch: Timer | null = null;
  #closing = false;

  /** @param onDied it ran and has died; everything on it is gone */
  constructor(options: SfuProcessOptions, onDied: (worker: SfuWorker) => void) {
    this.#options = options;
    this.ready = this.#start(onDied);
  }

  /** Null before it runs and after it has ended. */
  get pid(): number | null {
    return this.#pid;
  }

  /** Resolves when the process is gone. */
  async close(): Promise<void> {
    this.#closing = true;
    const { clock } = this.#options;
    // One that never speaks is left behind by this; its pipes close with the application.
    const started = this.ready.then(
      () => undefined,
      () => undefined,
    );
    await within(clock, CLOSE_PATIENCE_MS, 'no answer', started).catch(() => undefined);
    this.#worker?.close();
    const limit = clock.after(CLOSE_PATIENCE_MS, () => this.#kill());
    await this.#gone;
    limit.cancel();
  }

  async #start(onDied: (worker: SfuWorker) => void): Promise<SfuWorker> {
    const worker = await this.#spawn();
    const { log, registry } = this.#options;
    const { pid } = worker;
    this.#worker = worker;
    this.#pid = pid;
    registry?.remember(pid, 'mediasoup-worker');
    this.#gone = new Promise((resolve) => worker.once('subprocessclose', resolve));
    void this.#gone.then(() => {
      this.#pid = null;
      this.#watch?.cancel();
      registry?.forget(pid);
    });
    try {
      const server = await worker.createWebRtcServer({
        listenInfos: [
          {
            protocol: 'udp',
            ip: LOOPBACK,
            portRange: SFU_PORTS.windows,
            sendBufferSize: SOCKET_BUFFER_BYTES,
          },
        ],
      });
      const router = await worker.createRouter({ mediaCodecs: routerCodecs() });
      if (worker.closed) throw new VasError('unavailable', 'The live-view process ended at its start.');
      const settled = async (): Promise<void> => {
        if (!worker.closed) await worker.dump().catch(() => undefined);
      };
      const ready: SfuWorker = { pid, router, server, settled };
      worker.once('died', (error) => {
        log.error({ pid, reason: messageOf(error) }, 'mediasoup-worker died');
        onDied(ready);
      });
      this.#watch = this.#watchPulse(worker);
      log.info({ pid }, 'mediasoup-worker started');
      return ready;
    } catch (error) {
      worker.close();
      throw error;
    }
  }

  /** @throws VasError unavailable when it does not start, or not in time */
  async #spawn(): Promise<types.Worker> {
    const { workerBin, clock } = this.#options;
    // No trace events and no debug logs (W-19).
    const starting = mediasoup.createWorker({ workerBin, logLevel: 'warn', logTags: ['dtls', 'ice'] });
    try {
      const worker = await within(clock, START_LIMIT_MS, 'it says nothing', starting);
      if (!this.#closing) return worker;
      worker.close();
      throw new VasError('unavailable', 'Live view is being shut down.');
    } catch (cause) {
      // Should it come to life after all, nobody wants it any more.
      starting.then((worker) => worker.close()).catch(() => undefined);
      const text = 'The live-view process could not be started. Run "npm run doctor" to see what is missing.';
      throw new VasError('unavailable', text, { cause });
    }
  }

  /** A worker that hangs is killed: then it is replaced like one that died. */
  #watchPulse(worker: types.Worker): Timer {
    const { clock, log } = this.#options;
    let askedUs: number | null = null;
    const answered = (): void => {
      askedUs = null;
    };
    return clock.every(PING_MS, () => {
      if (askedUs === null) {
        askedUs = clock.monotonicUs();
        worker.getResourceUsage().then(answered, answered);
      } else if (clock.monotonicUs() - askedUs >= PING_LIMIT_MS * 1000) {
        log.error({ pid: worker.pid }, 'mediasoup-worker does not answer and is ended');
        this.#kill();
      }
    });
  }

  #kill(): void {
    if (this.#pid === null) return;
    try {
      process.kill(this.#pid, 'SIGKILL');
    } catch {
      // It has just ended by itself.
    }
  }
}
