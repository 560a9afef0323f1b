import type { FrameReference } from '../frames';

/**
 * The time that tracks move in: between frames of an epoch the camera's own, to the microsecond, because speeds are
 * learned from it; the monotonic clock, which no step of the system clock moves, only lays epochs behind one another.
 */
export class TrackTime {
  #epoch: number | null = null;
  #offsetUs = 0;
  #lastUs = Number.NEGATIVE_INFINITY;

  /** @returns microseconds; only differences mean something */
  of({ epoch, ptsUs, monotonicUs }: Pick<FrameReference, 'epoch' | 'ptsUs' | 'monotonicUs'>): number {
    if (epoch !== this.#epoch) {
      this.#epoch = epoch;
      // A camera's clock that runs fast may have led the time of the epoch before ahead of ours.
      this.#offsetUs = Math.max(monotonicUs, this.#lastUs + 1) - ptsUs;
    }
    this.#lastUs = ptsUs + this.#offsetUs;
    return this.#lastUs;
  }
}
