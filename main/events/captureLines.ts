import type { Clock, Timer } from '../base/clock';
import type { Disposable } from '../base/disposable';

interface Line {
  readonly waiting: (() => Promise<void>)[];
  /** When the last one began, monotonic microseconds. */
  beganUs: number;
  isBusy: boolean;
  timer: Timer | null;
}

export interface CaptureLinesOptions {
  readonly clock: Clock;
  /** Least time between the beginnings of two captures of one line, milliseconds. */
  readonly spacingMs: number;
  /** Captures that wait in one line; more are refused. */
  readonly mostWaiting: number;
}

/**
 * Captures of one camera and model, one after the other and never nearer than a spacing (W-40). What comes nearer
 * waits for its turn: footage is still there then.
 */
export class CaptureLines implements Disposable {
  readonly #options: CaptureLinesOptions;
  readonly #lines = new Map<string, Line>();
  #isDisposed = false;

  constructor(options: CaptureLinesOptions) {
    this.#options = options;
  }

  /** @param capture never rejects @returns false when the line is full */
  add(key: string, capture: () => Promise<void>): boolean {
    if (this.#isDisposed) return false;
    let line = this.#lines.get(key);
    if (line === undefined) {
      line = { waiting: [], beganUs: Number.NEGATIVE_INFINITY, isBusy: false, timer: null };
      this.#lines.set(key, line);
    }
    if (line.waiting.length >= this.#options.mostWaiting) return false;
    line.waiting.push(capture);
    this.#next(line);
    return true;
  }

  dispose(): void {
    this.#isDisposed = true;
    for (const line of this.#lines.values()) {
      line.timer?.cancel();
      line.waiting.length = 0;
    }
    this.#lines.clear();
  }

  #next(line: Line): void {
    if (line.isBusy || line.timer !== null || line.waiting.length === 0 || this.#isDisposed) return;
    const { clock, spacingMs } = this.#options;
    const waitMs = spacingMs - (clock.monotonicUs() - line.beganUs) / 1000;
    if (waitMs > 0) {
      line.timer = clock.after(waitMs, () => {
        line.timer = null;
        this.#next(line);
      });
      return;
    }
    const capture = line.waiting.shift();
    line.beganUs = clock.monotonicUs();
    line.isBusy = true;
    void capture?.().finally(() => {
      line.isBusy = false;
      this.#next(line);
    });
  }
}
