import { rm } from 'node:fs/promises';
import type { ContainerConfig } from '../../contract/inference/control';
import type { InferenceRequest } from '../../contract/inference/messages';
import type { Clock } from '../base/clock';
import type { Disposable } from '../base/disposable';
import type { Logger } from '../base/logger';
import { ContainerClient } from './client';
import type { AvailableModel } from './discovery';
import type { Figures } from './figures';
import { FigureBook } from './figures';
import type { ContainerLauncher } from './launcher';
import type { InferenceResult } from './result';
import { frameLossOf, interpret } from './result';
import type { ContainerHealth } from './supervisor';
import { ContainerSupervisor, HEARTBEAT_MS } from './supervisor';
import { socketPath } from './sockets';

export interface ContainerOptions {
  readonly found: AvailableModel;
  readonly socketFolder: string;
  readonly exportDir: string;
  readonly launcher: ContainerLauncher;
  readonly clock: Clock;
  readonly log: Logger;
}

/** One model: its process, the connections to it, and what came of the requests. */
export class Container implements Disposable {
  readonly found: AvailableModel;
  readonly supervisor: ContainerSupervisor;
  readonly #config: ContainerConfig;
  readonly #clock: Clock;
  #client: ContainerClient | null = null;
  #book = new FigureBook();
  #lateBefore = 0;
  #turn: Promise<void> = Promise.resolve();

  constructor(options: ContainerOptions) {
    this.found = options.found;
    this.#clock = options.clock;
    this.supervisor = new ContainerSupervisor({ ...options, id: options.found.id });
    this.#config = {
      model: options.found.model,
      companions: [...options.found.companions],
      socketPath: socketPath(options.socketFolder, options.found.id),
      exportDir: options.exportDir,
      heartbeatMs: HEARTBEAT_MS,
    };
  }

  health(): ContainerHealth {
    return this.supervisor.health();
  }

  figures(): Figures {
    const late = this.#lateBefore + (this.#client?.counters.late ?? 0);
    return this.#book.read(this.#clock.monotonicUs(), late);
  }

  /** Starts it; resolves when it is ready, has failed or was stopped meanwhile: `health()` says which. */
  async start(): Promise<void> {
    await this.#inTurn(async () => {
      if (this.supervisor.state === 'unavailable') await this.#end();
      if (this.supervisor.state !== 'stopped') return;
      // What a crash left behind must not look like a container that runs.
      await rm(this.#config.socketPath, { force: true });
      this.#client = new ContainerClient({ socketPath: this.#config.socketPath, clock: this.#clock });
      this.supervisor.start(this.#config);
    });
    if (this.supervisor.state !== 'starting') return;
    await new Promise<void>((resolve) => {
      const listening = this.supervisor.changed.on((state) => {
        if (state === 'starting') return;
        void listening.dispose();
        resolve();
      });
    });
  }

  /** Ends it; resolves when its process is gone. */
  stop(): Promise<void> {
    return this.#inTurn(() => this.#end());
  }

  async #end(): Promise<void> {
    await this.supervisor.stop();
    this.#lateBefore += this.#client?.counters.late ?? 0;
    this.#client?.dispose();
    this.#client = null;
    await rm(this.#config.socketPath, { force: true });
  }

  /** Starting and stopping do not overlap, whoever asks for them. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  dispose(): Promise<void> {
    return this.stop();
  }

  /** Never rejects and never repeats. @param deadlineMs later answers are discarded and counted */
  async infer(request: InferenceRequest, deadlineMs: number): Promise<InferenceResult> {
    const book = this.#book;
    const { state, reason } = this.health();
    book.counts.requests++;
    if (!this.#client || state === 'stopped' || state === 'starting' || state === 'unavailable') {
      book.counts.unavailable++;
      const message = reason ?? (state === 'starting' ? 'the model is loading' : 'the model is stopped');
      return { ok: false, failure: 'unavailable', message };
    }
    const beganUs = this.#clock.monotonicUs();
    book.inFlight++;
    const outcome = await this.#client.ask(request, deadlineMs);
    book.inFlight--;
    const result = interpret(outcome, deadlineMs, this.found.model.manifest.model_version);
    const nowUs = this.#clock.monotonicUs();
    if (result.ok) book.answered(nowUs, (nowUs - beganUs) / 1000, result.inferenceMs);
    else if (result.failure === 'timeout') book.counts.timeouts++;
    else if (result.failure === 'busy') book.counts.busy++;
    else if (result.failure === 'unavailable') {
      book.counts.unavailable++;
      // Its connection broke: perhaps its process has ended, and then that is shown at once.
      this.supervisor.suspect();
    } else book.counts.errors++;
    if (!result.ok && result.failure === 'frame') book.frames[frameLossOf(result.message)]++;
    return result;
  }
}
