import type { Clock, Timer } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import type { StreamInfo } from '../streams';
import type { Progress } from './progress';

export interface LivenessLimits {
  /** From the start of FFmpeg to the second picture, milliseconds. */
  readonly startMs: number;
  /** Without a new picture and new media time, milliseconds. */
  readonly stallMs: number;
}

/** From the start of FFmpeg to the first pictures, milliseconds. */
const START_MS = 8000;
/** Without pictures, milliseconds; with the checks' period and FFmpeg's reports below the 5 s of the design. */
const STALL_MS = 3500;
/** Reports that wait in the pipe are given the last part of the limit to be read, milliseconds. */
const GRACE_MS = 250;
/** A check that comes later than this finds the application itself late, not the camera, milliseconds. */
const LATE_MS = 1500;

/** A camera that sends less than a picture a second is given three of its intervals. */
export function limitsFor({ video: { fps } }: StreamInfo): LivenessLimits {
  const intervalMs = fps !== null && fps > 0 ? 1000 / fps : 0;
  return { startMs: START_MS + 2 * intervalMs, stallMs: Math.max(STALL_MS, 3 * intervalMs) };
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
  #running = false;
  #aliveUs: number;
  #dueUs = 0;

  constructor(
    clock: Clock,
    limits: LivenessLimits,
    private readonly events: { onRunning(): void; onLost(why: 'no_answer' | 'stalled'): void },
  ) {
    this.#clock = clock;
    this.#limits = limits;
    this.#aliveUs = clock.monotonicUs();
    this.#arm();
  }

  progress(report: Progress): void {
    const media = report.mediaSeconds ?? -Infinity;
    if (report.frames <= this.#frames || media <= this.#mediaSeconds) return;
    this.#frames = report.frames;
    this.#mediaSeconds = media;
    this.#aliveUs = this.#clock.monotonicUs();
    if (!this.#running && report.frames >= 2) {
      this.#running = true;
      // The limit may be shorter from here on.
      this.#arm();
      this.events.onRunning();
    }
  }

  get #limitUs(): number {
    return ((this.#running ? this.#limits.stallMs : this.#limits.startMs) - GRACE_MS) * 1000;
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
    this.events.onLost(this.#running ? 'stalled' : 'no_answer');
  }

  dispose(): void {
    this.#timer?.cancel();
    this.#timer = null;
  }
}
