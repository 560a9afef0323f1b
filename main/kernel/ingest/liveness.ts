import type { Clock, Timer } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import type { VideoInfo } from '../streams';
import type { Progress } from './progress';

export interface LivenessLimits {
  /** From the start of FFmpeg to the second picture, milliseconds. */
  readonly startMs: number;
  /** Without a new picture and new media time, milliseconds. */
  readonly stallMs: number;
  /** Nobody knows how often pictures come: `stallMs` holds until enough of them have shown that. */
  readonly isPaceUnknown?: boolean;
}

/** From the start of FFmpeg to the first pictures, milliseconds. */
const START_MS = 8000;
/** Without pictures, milliseconds; with the checks' period and FFmpeg's reports below the 5 s of the design. */
const STALL_MS = 3500;
/** Reports that wait in the pipe are given the last part of the limit to be read, milliseconds. */
const GRACE_MS = 250;
/** A check that comes later than this finds the application itself late, not the camera, milliseconds. */
const LATE_MS = 1500;

/** Between pictures of the slowest camera that is not taken for one that is lost, milliseconds. */
const SLOWEST_MS = 10_000;
/** Intervals without a picture that tell a camera that is lost from a slow one. */
const INTERVALS = 3;
/** Fewer pictures do not tell how often they come. */
const ENOUGH_PICTURES = 8;
/** Longest that FFmpeg waits for a connection and, of a camera that is not slow, for data, milliseconds. */
const SOCKET_MS = 5000;

/**
 * A camera that sends less than a picture a second is given three of its intervals. One whose rate could not be
 * measured sends too few pictures for that.
 */
export function limitsFor({ fps }: VideoInfo): LivenessLimits {
  const isPaceUnknown = fps === null || fps <= 0;
  const intervalMs = isPaceUnknown ? SLOWEST_MS : 1000 / fps;
  return {
    startMs: START_MS + 2 * intervalMs,
    stallMs: Math.max(STALL_MS, INTERVALS * intervalMs),
    isPaceUnknown,
  };
}

/** FFmpeg's time limit for its connection, milliseconds: between its pictures a slow camera may say nothing at all. */
export function socketTimeoutMs(video: VideoInfo): number {
  return Math.max(SOCKET_MS, Math.ceil(limitsFor(video).stallMs));
}

/**
 * Watches a run by its progress: pictures and media time, not the life of the process. A camera that keeps its
 * connection open and sends nothing, and one behind a half-open connection, are noticed alike. While pictures come
 * it wakes up once in each limit, not periodically.
 */
export class Liveness implements Disposable {
  readonly #clock: Clock;
  readonly #limits: LivenessLimits;
  #timer: Timer | null = null;
  #isGrace = false;
  #frames = 0;
  #mediaSeconds = -Infinity;
  /** Longest time between two pictures of the run, by their arrival or by their time stamps, microseconds. */
  #longestUs = 0;
  #running = false;
  #aliveUs: number;
  #dueUs = 0;

  constructor(
    clock: Clock,
    limits: LivenessLimits,
    private readonly events: {
      onRunning(): void;
      /** @param limitMs how long nothing came */
      onLost(why: 'no_answer' | 'stalled', limitMs: number): void;
    },
  ) {
    this.#clock = clock;
    this.#limits = limits;
    this.#aliveUs = clock.monotonicUs();
    this.#arm();
  }

  progress(report: Progress): void {
    const media = report.mediaSeconds ?? -Infinity;
    const pictures = report.frames - this.#frames;
    if (pictures <= 0 || media <= this.#mediaSeconds) return;
    const nowUs = this.#clock.monotonicUs();
    const limitBeforeMs = this.#limitMs;
    // Pictures that a camera had kept come at once, but their times tell how far apart they were made.
    if (this.#running)
      this.#longestUs = Math.max(
        this.#longestUs,
        nowUs - this.#aliveUs,
        ((media - this.#mediaSeconds) / pictures) * 1e6,
      );
    this.#frames = report.frames;
    this.#mediaSeconds = media;
    this.#aliveUs = nowUs;
    const begins = !this.#running && report.frames >= 2;
    this.#running ||= begins;
    // A longer one is noticed when it is looked at.
    if (this.#limitMs < limitBeforeMs) this.#arm();
    if (begins) this.events.onRunning();
  }

  get #limitMs(): number {
    const { startMs, stallMs, isPaceUnknown } = this.#limits;
    if (!this.#running) return startMs;
    if (!isPaceUnknown || this.#longestUs === 0 || this.#frames < ENOUGH_PICTURES) return stallMs;
    return Math.min(stallMs, Math.max(STALL_MS, (INTERVALS * this.#longestUs) / 1000));
  }

  get #limitUs(): number {
    return (this.#limitMs - GRACE_MS) * 1000;
  }

  /** Looks again when the limit is reached if nothing comes until then. */
  #arm(graceMs = 0): void {
    this.#timer?.cancel();
    this.#isGrace = graceMs > 0;
    const nowUs = this.#clock.monotonicUs();
    const waitMs = this.#isGrace ? graceMs : Math.ceil((this.#aliveUs + this.#limitUs - nowUs) / 1000);
    this.#dueUs = nowUs + waitMs * 1000;
    this.#timer = this.#clock.after(waitMs, () => this.#check());
  }

  #check(): void {
    const nowUs = this.#clock.monotonicUs();
    // The machine slept or the application was held up: what FFmpeg said meanwhile is still to be read.
    if (nowUs - this.#dueUs > LATE_MS * 1000) this.#aliveUs = nowUs;
    if (nowUs - this.#aliveUs < this.#limitUs) return this.#arm();
    if (!this.#isGrace) return this.#arm(GRACE_MS);
    this.dispose();
    this.events.onLost(this.#running ? 'stalled' : 'no_answer', this.#limitMs);
  }

  dispose(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }
}
