import type { Clock, Timer } from '../../base/clock';
import { messageOf, VasError } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { StreamSpec } from '../cameras/ports';
import { isKeyStoreFailure } from '../cameras/ports';
import type {
  FrameSink,
  LiveSink,
  RecordingSink,
  StreamEndpoint,
  StreamFault,
  StreamInfo,
  StreamPhase,
  StreamStatus,
} from '../streams';
import { untilAborted } from './abortable';
import { Attempt } from './attempt';
import { failedToStart, type AttemptEnd } from './attemptEnd';
import { Backoff } from './backoff';
import { limitsFor } from './liveness';
import { OutputGate } from './outputGate';
import type { Timeline } from './outputs';
import type { Progress } from './progress';
import type { Runner } from './runner';
import { SoundPause } from './soundPause';
import { StreamKnowledge, type Probe } from './streamKnowledge';

/** A run this long makes the next failure the first again, milliseconds. */
const STABLE_MS = 10_000;

export interface SupervisorOptions {
  readonly spec: StreamSpec;
  readonly clock: Clock;
  readonly log: Logger;
  readonly runner: Runner;
  readonly probe: Probe;
  readonly live: LiveSink;
  readonly recording: RecordingSink;
  readonly frames?: FrameSink | undefined;
  readonly timeline: Timeline;
  readonly onInfo: (info: StreamInfo) => void;
  readonly onStatus: (status: StreamStatus) => void;
  /** Each report of FFmpeg. */
  readonly onProgress: (progress: Progress) => void;
  /** Uniform in [0, 1), for the jitter. */
  readonly random?: () => number;
}

/**
 * Keeps one stream running: the state machine starting, running, stalled, backing-off, stopped (W-11, W-12).
 * There is one supervisor a stream, and it has at most one FFmpeg (W-75).
 */
export class StreamSupervisor {
  readonly #options: SupervisorOptions;
  readonly #log: Logger;
  readonly #backoff: Backoff;
  readonly #gate: OutputGate;
  readonly #liveGate: OutputGate;
  readonly #soundPause: SoundPause;
  readonly #knowledge: StreamKnowledge;
  readonly #finished: Promise<void>;
  #status: StreamStatus;
  #stopping = false;
  #interrupt = new AbortController();
  #loggedFault = '';

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#log = options.log;
    this.#backoff = new Backoff(options.random);
    this.#gate = new OutputGate(options.clock, 'storage');
    this.#liveGate = new OutputGate(options.clock, 'internal');
    this.#soundPause = new SoundPause(options.clock);
    this.#knowledge = new StreamKnowledge({
      ...{ clock: options.clock, log: options.log, probe: options.probe, info: options.spec.info },
      onInfo: (info) => {
        options.onInfo(info);
        this.#set(this.#status.phase, { info });
      },
    });
    this.#status = {
      streamId: options.spec.streamId,
      phase: 'starting',
      sinceUs: options.clock.wallUs(),
      fault: null,
      retryAtUs: null,
      attempts: 0,
      reconnects: 0,
      info: options.spec.info,
      pid: null,
    };
    options.onStatus(this.#status);
    this.#finished = this.#loop();
  }

  get status(): StreamStatus {
    return this.#status;
  }

  /** Starts anew at once, e.g. because the place where live view listens is another. */
  restart(reason: string): void {
    this.#log.info({ reason }, 'stream restarts');
    this.#interrupt.abort();
  }

  /** Resolves when no process, pipe or timer of the stream is left and live view has let go of it. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#interrupt.abort();
    await this.#finished;
  }

  async #loop(): Promise<void> {
    const { live, frames, spec } = this.#options;
    while (!this.#stopping) {
      let end: AttemptEnd;
      try {
        end = await this.#attempt();
      } catch (error) {
        // Nothing may end the supervision of a stream but its stop.
        if (!(error instanceof VasError)) this.#log.error({ err: error }, 'an attempt failed unexpectedly');
        end = failedToStart({ code: 'internal', detail: messageOf(error) });
      }
      if (this.#stopping) break;
      await this.#after(end);
    }
    try {
      await frames?.release(spec.streamId);
    } catch (error) {
      this.#log.error({ err: error }, 'the frame export did not let go of the stream');
    }
    try {
      await live.release(spec.streamId);
    } catch (error) {
      this.#log.error({ err: error }, 'live view did not let go of the stream');
    }
    this.#set('stopped', { fault: null, retryAtUs: null, pid: null, attempts: 0 });
  }

  async #attempt(): Promise<AttemptEnd> {
    const { spec, clock, live, recording, frames, runner, timeline } = this.#options;
    // A restart that was asked for meanwhile is just what happens.
    this.#interrupt = new AbortController();
    const { signal } = this.#interrupt;
    if (this.#stopping) this.#interrupt.abort();
    this.#set('starting', { retryAtUs: null, pid: null });
    let endpoint: StreamEndpoint;
    try {
      endpoint = await spec.endpoint();
    } catch (error) {
      const code = isKeyStoreFailure(error) ? 'no_credentials' : 'internal';
      return failedToStart({ code, detail: messageOf(error) });
    }
    if (signal.aborted) return { kind: 'again', reason: 'asked for' };
    const info = await this.#knowledge.current(endpoint, signal);
    if (!('video' in info)) return info;

    const attempt = new Attempt({
      ...{
        streamId: spec.streamId,
        endpoint,
        info,
        clock,
        live,
        recording,
        frames,
        runner,
        timeline,
        signal,
      },
      soundPauseMs: this.#soundPause.leftMs,
      isChange: (report, changes) => this.#knowledge.isChange(report, changes),
      mayDoubtOrder: () => this.#knowledge.mayDoubtOrder(),
      limits: limitsFor(info.video),
      log: this.#log,
      gate: this.#gate,
      liveGate: this.#liveGate,
      onProgress: this.#options.onProgress,
      onStarted: (pid) => this.#set(this.#status.phase, { pid }),
      onRunning: (fault) => {
        if (fault) this.#logFault(fault);
        else if (this.#loggedFault !== '') this.#log.info('stream runs again');
        if (!fault) this.#loggedFault = '';
        this.#set('running', { fault, attempts: 0 });
      },
      onStalled: (fault) => this.#set('stalled', { fault }),
    });
    const end = await attempt.run();
    this.#knowledge.used();
    return end;
  }

  /** What follows the end of an attempt: nothing but the next one, or a wait before it. */
  async #after(end: AttemptEnd): Promise<void> {
    if (end.kind === 'again') return;
    if (end.kind === 'changed') {
      this.#log.info({ changes: end.changes }, 'the camera sends another stream than before');
      this.#knowledge.outdated(end.reordered === true);
      return;
    }
    if (end.blamesAudio) {
      const seconds = this.#soundPause.begin() / 1000;
      this.#log.warn(
        { detail: end.fault.detail, seconds },
        'the sound made trouble; the video goes on without it for a while',
      );
    }
    if (end.ranMs !== null && end.ranMs >= STABLE_MS) this.#backoff.reset();
    this.#logFault(end.fault);
    await this.#wait(this.#backoff.next(), {
      fault: end.fault,
      pid: null,
      attempts: this.#status.attempts + 1,
      reconnects: this.#status.reconnects + (end.ranMs === null ? 0 : 1),
    });
  }

  async #wait(delayMs: number, change: Partial<StreamStatus>): Promise<void> {
    const { clock } = this.#options;
    this.#interrupt = new AbortController();
    const { signal } = this.#interrupt;
    this.#set('backing-off', { ...change, retryAtUs: clock.wallUs() + delayMs * 1000 });
    let timer: Timer | null = null;
    const waited = new Promise<true>((resolve) => {
      timer = clock.after(delayMs, () => resolve(true));
    });
    if (this.#stopping) this.#interrupt.abort();
    await untilAborted(waited, signal);
    (timer as Timer | null)?.cancel();
  }

  /** A camera that is away all night is one line in the log, not one every five seconds. */
  #logFault(fault: StreamFault): void {
    const key = `${fault.code} ${fault.detail}`;
    if (key === this.#loggedFault) this.#log.debug({ fault }, 'stream failed again');
    else this.#log.warn({ fault }, 'stream failed');
    this.#loggedFault = key;
  }

  #set(phase: StreamPhase, change: Partial<StreamStatus>): void {
    const sinceUs = phase === this.#status.phase ? this.#status.sinceUs : this.#options.clock.wallUs();
    this.#status = { ...this.#status, ...change, phase, sinceUs };
    this.#options.onStatus(this.#status);
  }
}
