import { setPriority } from 'node:os';
import type { Clock, Timer } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import { messageOf } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { Child } from '../process/child';
import { spawnChild } from '../process/child';
import type { ChildRegistry } from '../process/registry';
import type { RtpTarget } from './ingress';

/** It outlives its last viewer by this much, so that a tile that is moved costs nothing, milliseconds. */
const LINGER_MS = 1000;
/** Pauses before the next attempt after 1, 2, ... failures in a row, milliseconds. */
const BACK_OFF_MS = [500, 1000, 2000, 5000] as const;
/** A run this long ends a row of failures, milliseconds. */
const HEALTHY_MS = 10_000;
/** How often its output is looked at, milliseconds. */
const CHECK_MS = 2000;
/** Longer than the longest usual distance of key frames, for which it has to wait, milliseconds. */
const SILENCE_LIMIT_MS = 30_000;
/** Its share of the processor gives way to ingest and recording. */
const NICENESS = 5;

export interface TranscoderOptions {
  readonly ffmpegPath: string;
  /** Name of its processes in the registry and in the log. */
  readonly label: string;
  /** Loopback UDP port to which the ingest sends MPEG-TS. */
  readonly port: number;
  /** FFmpeg's arguments of a run. */
  readonly argumentsFor: (port: number, target: RtpTarget) => string[];
  /** Where the pictures shall go in the next run. */
  readonly nextRun: () => Promise<RtpTarget>;
  /** Packets that the SFU has received from it. */
  readonly packetsReceived: () => Promise<number>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly registry?: ChildRegistry;
}

/**
 * The live transcoder of one stream: runs from the first viewer to the last while the ingest runs, and is
 * started again when it ends in between. Its death costs pictures, never recording.
 */
export class Transcoder implements Disposable {
  readonly #options: TranscoderOptions;
  readonly #log: Logger;
  #wanted = false;
  #child: Child | null = null;
  /** The running child was told to end: no failure. */
  #asked = false;
  #starting = false;
  #failures = 0;
  #linger: Timer | null = null;
  #retry: Timer | null = null;
  #watch: Timer | null = null;
  #ending: Promise<unknown> = Promise.resolve();
  #disposed = false;

  constructor(options: TranscoderOptions) {
    this.#options = options;
    this.#log = options.log;
  }

  /** Process id while it runs. */
  get pid(): number | null {
    return this.#child?.pid ?? null;
  }

  get port(): number {
    return this.#options.port;
  }

  /** Somebody watches and the ingest runs, or not. A wish that lasts less than a second changes nothing. */
  want(wanted: boolean): void {
    if (this.#disposed || wanted === this.#wanted) return;
    this.#wanted = wanted;
    this.#linger?.cancel();
    this.#linger = null;
    if (wanted) {
      if (!this.#child && !this.#retry) void this.#start();
      return;
    }
    this.#retry?.cancel();
    this.#retry = null;
    this.#failures = 0;
    this.#linger = this.#options.clock.after(LINGER_MS, () => {
      this.#linger = null;
      this.#stop();
    });
  }

  /** Ends it at once; it starts again by itself if it is still wanted. The ingest begins a new run. */
  restart(): void {
    this.#failures = 0;
    this.#stop();
  }

  /** Resolves when its process is gone. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#wanted = false;
    for (const timer of [this.#linger, this.#retry, this.#watch]) timer?.cancel();
    this.#stop();
    await this.#ending;
  }

  #stop(): void {
    if (!this.#child) return;
    this.#asked = true;
    void this.#child.stop(0);
  }

  async #start(): Promise<void> {
    if (this.#starting) return;
    this.#starting = true;
    // The run before must have let go of its ports.
    await this.#ending;
    try {
      if (!this.#wanted) return;
      const target = await this.#options.nextRun();
      if (this.#wanted) this.#run(target);
    } catch (error) {
      this.#log.warn({ reason: messageOf(error) }, 'the live transcoder has nowhere to send to');
      this.#retryLater();
    } finally {
      this.#starting = false;
    }
  }

  #run(target: RtpTarget): void {
    const { clock, ffmpegPath, label, port, argumentsFor, registry } = this.#options;
    const startedUs = clock.monotonicUs();
    const child = spawnChild({
      file: ffmpegPath,
      args: argumentsFor(port, target),
      label,
      log: this.#log,
      ...(registry ? { registry } : {}),
    });
    this.#child = child;
    this.#asked = false;
    if (child.pid !== null) {
      try {
        setPriority(child.pid, NICENESS);
      } catch (error) {
        this.#log.debug({ reason: messageOf(error) }, 'the transcoder keeps its priority');
      }
    }
    this.#watch = this.#watchOutput(child);
    this.#ending = child.exited.then((exit) => {
      this.#child = null;
      this.#watch?.cancel();
      this.#watch = null;
      if (!this.#wanted) return;
      if (this.#asked) {
        void this.#start();
        return;
      }
      const ranMs = (clock.monotonicUs() - startedUs) / 1000;
      if (ranMs >= HEALTHY_MS) this.#failures = 0;
      const detail = { code: exit.code, signal: exit.signal, stderr: child.stderrTail().slice(-3) };
      this.#log.warn(detail, 'the live transcoder ended and is started again');
      this.#retryLater();
    });
  }

  #retryLater(): void {
    if (!this.#wanted || this.#disposed) return;
    const delayMs = BACK_OFF_MS[Math.min(this.#failures, BACK_OFF_MS.length - 1)] ?? 0;
    this.#failures += 1;
    this.#retry = this.#options.clock.after(delayMs, () => {
      this.#retry = null;
      void this.#start();
    });
  }

  #watchOutput(child: Child): Timer {
    const { clock, packetsReceived } = this.#options;
    let packets = -1;
    let silentChecks = 0;
    return clock.every(CHECK_MS, () => {
      packetsReceived().then(
        (now) => {
          if (this.#child !== child) return;
          silentChecks = now === packets ? silentChecks + 1 : 0;
          packets = now;
          if (silentChecks * CHECK_MS < SILENCE_LIMIT_MS) return;
          this.#log.warn('the live transcoder sends nothing and is ended');
          void child.stop(0);
        },
        () => undefined,
      );
    });
  }
}
