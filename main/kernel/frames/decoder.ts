import { setPriority } from 'node:os';
import type { Clock, Timer } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import { messageOf } from '../../base/errors';
import type { Logger } from '../../base/logger';
import type { FrameTap, TapRun } from '../../../native';
import type { Child, ChildOptions } from '../process/child';
import { chooseDecoding, type DecodeChoice, type DecodeOffer } from './acceleration';
import { decoderArguments } from './decoderArguments';
import { mustChange } from './decoderRate';

/** Pauses before the next attempt after 1, 2, ... failures in a row, milliseconds. */
const BACK_OFF_MS = [500, 1000, 2000, 5000, 10_000] as const;
/** A run this long ends a row of failures, microseconds. */
const HEALTHY_US = 10_000_000;
const CHECK_MS = 1000;
/** Packets with key frames went in, and for so long no picture came out, microseconds. */
const STALL_US = 5_000_000;
/** Key frames that went in, and the time in microseconds, while every picture that came was refused. */
const DISTRUST_KEY_FRAMES = 5;
const DISTRUST_US = 30_000_000;
/** So long less is wanted before the decoder is started anew for it, milliseconds. */
const SLOW_DOWN_MS = 10_000;
/** Its share of the processor gives way to ingest and recording. */
const NICENESS = 5;

export type DecoderPhase = 'off' | 'waiting' | 'starting' | 'running' | 'backing-off';

export interface DecoderStatus {
  readonly phase: DecoderPhase;
  readonly pid: number | null;
  /** Frames per second that it gives; null: every frame of the source. */
  readonly rate: number | null;
  readonly decoding: DecodeChoice | null;
  /** How often it ended by itself or was given up. */
  readonly restarts: number;
  /** One line about the last failure; null when there was none. */
  readonly problem: string | null;
}

/** What the ingest sends just now. */
export interface DecoderSource {
  readonly codec: string;
  /** Where the stream is, 90 kHz ticks of the run's media time. */
  hintPts(): number;
}

export interface DecoderOptions {
  readonly ffmpegPath: string;
  readonly tap: Pick<FrameTap, 'start' | 'spawned' | 'stop' | 'stats'>;
  /** The ring of a run is gone: whoever has mapped it shall let go. */
  readonly onEnded: () => void;
  /** What the next run is told, with epochs of its own. @throws VasError when it cannot be had */
  readonly nextRun: () => Promise<Omit<TapRun, 'hintPts'>>;
  readonly spawn: (options: ChildOptions) => Child;
  readonly offer: DecodeOffer;
  readonly clock: Clock;
  readonly log: Logger;
  readonly child: Pick<ChildOptions, 'registry'>;
}

/**
 * The decode FFmpeg of one stream, kept running while frames are wanted and the ingest runs. Its life and death
 * change nothing but frames.
 */
export class Decoder implements Disposable {
  readonly #options: DecoderOptions;
  readonly #log: Logger;
  #source: DecoderSource | null = null;
  /** Undefined: no frames are wanted. */
  #wanted: number | null | undefined = undefined;
  #phase: DecoderPhase = 'off';
  #rate: number | null = null;
  #decoding: DecodeChoice | null = null;
  #hardwareFailed = false;
  #child: Child | null = null;
  #asked = false;
  #failures = 0;
  #restarts = 0;
  #problem: string | null = null;
  #retry: Timer | null = null;
  #slowDown: Timer | null = null;
  #watch: Timer | null = null;
  #turn: Promise<void> = Promise.resolve();
  #queued = false;
  #disposed = false;

  constructor(options: DecoderOptions) {
    this.#options = options;
    this.#log = options.log;
  }

  get status(): DecoderStatus {
    return {
      phase: this.#givesPictures() ? 'running' : this.#phase,
      pid: this.#child?.pid ?? null,
      rate: this.#rate,
      decoding: this.#decoding,
      restarts: this.#restarts,
      problem: this.#problem,
    };
  }

  /** The first picture of a run is there before the watch has looked. */
  #givesPictures(): boolean {
    if (this.#phase !== 'starting' || this.#child === null) return false;
    const { published, refused, misfits } = this.#options.tap.stats();
    return published + refused + misfits > 0;
  }

  /** The ingest began a run, or ended it (null). A run that goes on under another decoder is never told. */
  setSource(source: DecoderSource | null): void {
    this.#source = source;
    this.#failures = 0;
    this.#again();
  }

  /** Frames per second; null: every frame; undefined: none are wanted. */
  setRate(rate: number | null | undefined): void {
    const before = this.#wanted;
    if (rate === before) return;
    this.#wanted = rate;
    this.#slowDown?.cancel();
    this.#slowDown = null;
    if (before === undefined || rate === undefined) {
      this.#failures = 0;
      this.#again();
      return;
    }
    const change = this.#child ? mustChange(this.#rate, rate) : 'no';
    if (change === 'at once') this.#again();
    if (change === 'later') this.#slowDown = this.#options.clock.after(SLOW_DOWN_MS, () => this.#again());
  }

  /** The tap has news that only a new run can serve. */
  tapChanged(): void {
    const stats = this.#options.tap.stats();
    if (!this.#child || this.#asked) return;
    if (stats.changed) {
      this.#log.info('the pictures changed their size or format; the decoder starts anew');
      this.#again();
    } else if (!stats.running) this.#giveUp(stats.problem || 'The decoder ended.');
  }

  /** Resolves when its process and the tap's thread are gone. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#wanted = undefined;
    this.#again();
    this.#watch?.cancel();
    await this.#turn;
  }

  get #needed(): boolean {
    return !this.#disposed && this.#wanted !== undefined && this.#source !== null;
  }

  /** Ends the run, if there is one, and begins the next, if one is needed. One at a time. */
  #again(): void {
    this.#retry?.cancel();
    this.#slowDown?.cancel();
    this.#retry = this.#slowDown = null;
    // One that has not begun yet will see all changes.
    if (this.#queued) return;
    this.#queued = true;
    this.#turn = this.#turn.then(async () => {
      this.#queued = false;
      await this.#end();
      if (this.#needed) await this.#begin();
      else this.#phase = this.#wanted === undefined ? 'off' : 'waiting';
    });
  }

  async #end(): Promise<void> {
    this.#watch?.cancel();
    this.#watch = null;
    const child = this.#child;
    if (!child) return;
    this.#asked = true;
    // It writes no files: nothing is lost by ending it at once.
    await child.stop(0);
    this.#child = null;
    this.#options.tap.stop();
    this.#options.onEnded();
  }

  async #begin(): Promise<void> {
    const { tap, nextRun, spawn, ffmpegPath, offer, clock } = this.#options;
    this.#phase = 'starting';
    // A failure that was told while this was waiting its turn has set it.
    this.#retry?.cancel();
    this.#retry = null;
    try {
      const run = await nextRun();
      const source = this.#source;
      const rate = this.#wanted;
      if (!this.#needed || !source || rate === undefined) return;
      this.#decoding = chooseDecoding(source.codec, offer, this.#hardwareFailed);
      this.#rate = rate;
      const args = decoderArguments(this.#decoding, rate);
      const ends = tap.start({ ...run, hintPts: Math.round(source.hintPts()) });
      let child: Child;
      try {
        child = spawn({
          ...{ file: ffmpegPath, args, label: 'decoder', log: this.#log },
          descriptors: { input: ends.input, output: ends.output, error: ends.log },
          ...this.#options.child,
        });
      } finally {
        tap.spawned();
      }
      this.#child = child;
      this.#asked = false;
      if (child.pid !== null) this.#yieldTo(child.pid);
      this.#observe(child, clock.monotonicUs());
    } catch (error) {
      tap.stop();
      this.#failed(messageOf(error));
    }
  }

  #yieldTo(pid: number): void {
    try {
      setPriority(pid, NICENESS);
    } catch (error) {
      this.#log.debug({ reason: messageOf(error) }, 'the decoder keeps its priority');
    }
  }

  #observe(child: Child, startedUs: number): void {
    const { clock, tap } = this.#options;
    let pictures = 0;
    let keyFrames = 0;
    let waitingUs: number | null = null;
    let published = 0;
    let refused: { readonly us: number; readonly keyFrames: number } | null = null;
    this.#watch = clock.every(CHECK_MS, () => {
      const stats = tap.stats();
      const now = clock.monotonicUs();
      const came = stats.published + stats.refused + stats.misfits;
      if (came !== pictures) {
        pictures = came;
        keyFrames = stats.keyFrames;
        waitingUs = null;
        this.#phase = 'running';
        if (now - startedUs > HEALTHY_US) this.#failures = 0;
        // A stream that pauses is none of the decoder's business.
      } else if (stats.keyFrames > keyFrames) waitingUs ??= now;
      if (waitingUs !== null && now - waitingUs > STALL_US) this.#giveUp('The decoder gives no pictures.');
      if (stats.published !== published || stats.refused === 0) refused = null;
      else refused ??= { us: now, keyFrames: stats.keyFrames };
      published = stats.published;
      if (refused === null || stats.keyFrames - refused.keyFrames < DISTRUST_KEY_FRAMES) return;
      if (now - refused.us > DISTRUST_US) this.#giveUp('All pictures of the decoder may be damaged.');
    });
    void child.exited.then((exit) => {
      if (this.#child !== child || this.#asked) return;
      const last = tap.stats().log.at(-1);
      this.#giveUp(
        exit.error?.message ?? last ?? `The decoder ended (${exit.signal ?? exit.code ?? 'unknown'}).`,
      );
    });
  }

  #giveUp(problem: string): void {
    if (this.#asked) return;
    this.#asked = true;
    this.#watch?.cancel();
    this.#watch = null;
    const { tap } = this.#options;
    const worked = tap.stats().published > 0;
    if (this.#decoding?.method != null && !worked) this.#hardwareFailed = true;
    this.#turn = this.#turn.then(async () => {
      const detail = { problem, log: tap.stats().log.slice(-3) };
      await this.#end();
      this.#log.warn(detail, 'the decoder is started again');
      this.#failed(problem);
    });
  }

  #failed(problem: string): void {
    this.#problem = problem;
    this.#restarts += 1;
    if (!this.#needed) return;
    this.#phase = 'backing-off';
    const delayMs = BACK_OFF_MS[Math.min(this.#failures, BACK_OFF_MS.length - 1)] ?? 0;
    this.#failures += 1;
    this.#retry?.cancel();
    this.#retry = this.#options.clock.after(delayMs, () => {
      this.#retry = null;
      this.#again();
    });
  }
}
