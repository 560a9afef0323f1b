import type { ContainerConfig, ContainerMetrics, DeviceReport } from '../../contract/inference/control';
import { fromContainer } from '../../contract/inference/control';
import type { Clock, Timer } from '../base/clock';
import type { Disposable } from '../base/disposable';
import { DisposableStore } from '../base/disposable';
import { Emitter } from '../base/emitter';
import { messageOf } from '../base/errors';
import type { Logger } from '../base/logger';
import { redactText } from '../base/redact';
import type { ContainerLauncher, ContainerProcess, ProcessExit } from './launcher';

/** A container says every so often that it lives, milliseconds (reference 4.7). */
export const HEARTBEAT_MS = 5_000;
/** Without a heartbeat for this long it is degraded, milliseconds (W-52). */
export const DEGRADED_AFTER_MS = 30_000;
/** Loading a model may take this long, milliseconds. */
export const START_LIMIT_MS = 120_000;
/** A container that is asked to stop may answer what is in flight for this long, milliseconds. */
const STOP_GRACE_MS = 5_000;
const CHECK_EVERY_MS = 1_000;

/**
 * stopped: not wanted. starting: loads its model. ready: answers. degraded: lives, but its heartbeat is missing.
 * unavailable: it could not start or has ended by itself; stays so until somebody restarts it (INV-48).
 */
export type ContainerState = 'stopped' | 'starting' | 'ready' | 'degraded' | 'unavailable';

export interface ContainerHealth {
  readonly state: ContainerState;
  /** For people: why it is degraded or unavailable; null otherwise. */
  readonly reason: string | null;
  readonly pid: number | null;
  readonly device: DeviceReport | null;
  readonly weightsSha256: string | null;
  /** Whether files and network are out of its reach (INV-69); null while it does not run. */
  readonly confined: { readonly files: boolean; readonly network: boolean } | null;
  /** Loading and warming up, milliseconds. */
  readonly loadMs: number | null;
  /** Since the last heartbeat, milliseconds; null before the first. */
  readonly heartbeatAgeMs: number | null;
  /** As its last heartbeat said. */
  readonly metrics: ContainerMetrics | null;
}

/** Owns the process of one container and says how it is. Restarts nothing by itself. */
export class ContainerSupervisor implements Disposable {
  readonly changed: Emitter<ContainerState>;
  readonly #launcher: ContainerLauncher;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #id: string;
  #state: ContainerState = 'stopped';
  #reason: string | null = null;
  #run: { process: ContainerProcess; owned: DisposableStore; exited: Promise<void> } | null = null;
  #device: DeviceReport | null = null;
  #weightsSha256: string | null = null;
  #confined: ContainerHealth['confined'] = null;
  #loadMs: number | null = null;
  #heartbeatUs: number | null = null;
  #metrics: ContainerMetrics | null = null;
  #stopping: Promise<void> | null = null;

  constructor(options: { id: string; launcher: ContainerLauncher; clock: Clock; log: Logger }) {
    this.#id = options.id;
    this.#launcher = options.launcher;
    this.#clock = options.clock;
    this.#log = options.log.child({ model: options.id });
    this.changed = new Emitter((error) => this.#log.error({ err: error }, 'a listener failed'));
  }

  get state(): ContainerState {
    return this.#state;
  }

  health(): ContainerHealth {
    const age = this.#heartbeatUs === null ? null : (this.#clock.monotonicUs() - this.#heartbeatUs) / 1000;
    return {
      state: this.#state,
      reason: this.#reason,
      pid: this.#run?.process.pid ?? null,
      device: this.#device,
      weightsSha256: this.#weightsSha256,
      confined: this.#confined,
      loadMs: this.#loadMs,
      heartbeatAgeMs: age,
      metrics: this.#metrics,
    };
  }

  /** Starts the process unless one runs. A dead one must be stopped first. */
  start(config: ContainerConfig): void {
    if (this.#run) return;
    this.#device =
      this.#confined =
      this.#weightsSha256 =
      this.#loadMs =
      this.#heartbeatUs =
      this.#metrics =
        null;
    const child = this.#launcher.launch(`vas-model-${this.#id}`);
    const owned = new DisposableStore();
    const exited = new Promise<void>((resolve) => {
      owned.add(
        child.onExit((exit) => {
          this.#ended(child, exit);
          resolve();
        }),
      );
    });
    this.#run = { process: child, owned, exited };
    owned.add(child.onMessage((message) => this.#hear(message)));
    owned.add(
      child.onStderr((line) => this.#log.info({ line: redactText(line).slice(0, 2000) }, 'container')),
    );
    this.#become('starting', null);
    const limit = this.#clock.after(START_LIMIT_MS, () => {
      if (this.#state !== 'starting') return;
      this.#become('unavailable', 'The model did not load in 2 minutes.');
      child.kill();
    });
    const check: Timer = this.#clock.every(CHECK_EVERY_MS, () => {
      this.suspect();
      this.#checkHeartbeat();
    });
    owned.defer(() => limit.cancel());
    owned.defer(() => check.cancel());
    child.post({ type: 'start', config });
  }

  /** Its end may not have been told: looks. */
  suspect(): void {
    this.#run?.process
      .lookForEnd()
      .catch((error: unknown) => this.#log.debug({ reason: messageOf(error) }, 'the process cannot be seen'));
  }

  /** Lets it finish what it is doing, then ends it; resolves when the process is gone. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop().finally(() => (this.#stopping = null));
    return this.#stopping;
  }

  dispose(): Promise<void> {
    return this.stop();
  }

  async #stop(): Promise<void> {
    const run = this.#run;
    this.#become('stopped', null);
    if (!run) return;
    run.process.post({ type: 'stop' });
    const grace = this.#clock.after(STOP_GRACE_MS, () => run.process.kill());
    await run.exited;
    grace.cancel();
  }

  #hear(value: unknown): void {
    const parsed = fromContainer.safeParse(value);
    if (!parsed.success || this.#state === 'stopped') return;
    const message = parsed.data;
    if (message.type === 'failed') {
      this.#become('unavailable', message.message);
      return;
    }
    if (message.type === 'ready') {
      this.#device = message.device;
      this.#weightsSha256 = message.weights_sha256;
      this.#confined = message.confined ?? { files: false, network: false };
      this.#loadMs = message.load_ms;
    } else this.#metrics = message.metrics;
    if (this.#state === 'unavailable') return;
    this.#heartbeatUs = this.#clock.monotonicUs();
    if (message.type === 'ready' || this.#state === 'degraded') this.#become('ready', null);
  }

  #checkHeartbeat(): void {
    if (this.#state !== 'ready' || this.#heartbeatUs === null) return;
    const ageMs = (this.#clock.monotonicUs() - this.#heartbeatUs) / 1000;
    if (ageMs > DEGRADED_AFTER_MS)
      this.#become('degraded', `No sign of life for more than ${DEGRADED_AFTER_MS / 1000} s; it may hang.`);
  }

  #ended(child: ContainerProcess, exit: ProcessExit): void {
    if (this.#run?.process !== child) return;
    const { owned } = this.#run;
    this.#run = null;
    void owned.dispose();
    // The reason that it gave itself, or that it was asked to stop, says more than its exit code.
    if (this.#state !== 'stopped' && this.#state !== 'unavailable')
      this.#become('unavailable', sayExit(exit));
  }

  #become(state: ContainerState, reason: string | null): void {
    if (this.#state === state && this.#reason === reason) return;
    this.#state = state;
    this.#reason = reason;
    if (state === 'unavailable' || state === 'degraded') this.#log.warn({ reason }, `container ${state}`);
    else this.#log.info(`container ${state}`);
    this.changed.emit(state);
  }
}

function sayExit({ code, signal }: ProcessExit): string {
  const outOfMemory = signal === 'SIGKILL' || signal === 'SIGABRT' || code === 134 || code === 137;
  const what = signal === null ? `code ${code ?? 'unknown'}` : signal;
  return outOfMemory
    ? `The model's process was ended (${what}), perhaps because memory ran out.`
    : `The model's process ended by itself (${what}).`;
}
