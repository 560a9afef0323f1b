import type { FrameReference } from '../frames';

/**
 * The time that tracks move in: between frames of an epoch the camera's own, to the microsecond, because speeds are
 * learned from it; the wall clock, which is slewed and set in steps, only lays epochs behind one another.
 */
export class TrackTime {
  #epoch: number | null = null;
  #offsetUs = 0;

  /** @returns microseconds; only differences mean something */
  of({ epoch, ptsUs, wallUs }: Pick<FrameReference, 'epoch' | 'ptsUs' | 'wallUs'>): number {
    if (epoch !== this.#epoch) {
      this.#epoch = epoch;
      this.#offsetUs = wallUs - ptsUs;
    }
    return ptsUs + this.#offsetUs;
  }
}
