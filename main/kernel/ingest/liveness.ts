import type { Clock, Timer } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import type { Progress } from './progress';

export interface LivenessLimits {
  /** From the start of FFmpeg to the second picture, milliseconds. */
  readonly startMs: number;
  /** Without a new picture and new media time, milliseconds. */
  readonly stallMs: number;
}

/** How often the limits are looked at, milliseconds. */
const PERIOD_MS = 250;
/** A check that comes later than this finds the application itself late, not the camera, milliseconds. */
const LATE_MS = 1500;

/**
 * Watches a run by its progress: pictures and media time, not the life of the process. A camera that keeps its
 * connection open and sends nothing, and one behind a half-open connection, are noticed alike.
 */
export class Liveness implements Disposable {
  readonly #clock: Clock;
  readonly #limits: LivenessLimits;
  readonly #timer: Timer;
  #frames = 0;
  #mediaSeconds = -Infinity;
  #running = false;
  #aliveUs: number;
  #checkedUs: number;

  constructor(
    clock: Clock,
    limits: LivenessLimits,
    private readonly events: { onRunning(): void; onLost(why: 'no_answer' | 'stalled'): void },
  ) {
    this.#clock = clock;
    this.#limits = limits;
    this.#aliveUs = clock.monotonicUs();
    this.#checkedUs = this.#aliveUs;
    this.#timer = clock.every(PERIOD_MS, () => this.#check());
  }

  progress(report: Progress): void {
    const media = report.mediaSeconds ?? -Infinity;
    if (report.frames <= this.#frames || media <= this.#mediaSeconds) return;
    this.#frames = report.frames;
    this.#mediaSeconds = media;
    this.#aliveUs = this.#clock.monotonicUs();
    if (!this.#running && report.frames >= 2) {
      this.#running = true;
      this.events.onRunning();
    }
  }

  #check(): void {
    const nowUs = this.#clock.monotonicUs();
    // The machine slept or the application was held up: what FFmpeg said meanwhile is still to be read.
    if (nowUs - this.#checkedUs > LATE_MS * 1000) this.#aliveUs = nowUs;
    this.#checkedUs = nowUs;
    const limitMs = this.#running ? this.#limits.stallMs : this.#limits.startMs;
    if (nowUs - this.#aliveUs < limitMs * 1000) return;
    this.dispose();
    this.events.onLost(this.#running ? 'stalled' : 'no_answer');
  }

  dispose(): void {
    this.#timer.cancel();
  }
}
