import { motionMaskOf, sharedCells } from '../../../contract/motionGrid';
import type { FrameReference } from '../frames';

/** When frames of an assignment are looked at only while something moves. */
export interface MotionGateConfig {
  readonly sensitivity: 'low' | 'medium' | 'high';
  /** So long after the last motion frames still pass, milliseconds. */
  readonly hold_ms: number;
  /** A frame passes at least so often, so that tracks stay honest, milliseconds. */
  readonly every_ms: number;
  /** Cells of the motion grid that count, hexadecimal; null: all. */
  readonly cells: string | null;
}

/**
 * Lets frames pass while something moves. Where nothing is known of a frame's motion it passes: a gate that is blind
 * must not hide anything. Times are those of the frames, so that nothing depends on when they are looked at.
 */
export class MotionGate {
  #movedUs: number | null = null;
  #passedUs: number | null = null;
  #cells: { text: string; mask: Uint8Array } | null = null;

  /** To be told of every frame, also of those that another gate refuses. @returns whether it may pass */
  sees(frame: Pick<FrameReference, 'motion' | 'monotonicUs'>, config: MotionGateConfig): boolean {
    const now = frame.monotonicUs;
    if (this.#moves(frame.motion ?? null, config)) this.#movedUs = now;
    if (this.#movedUs !== null && now - this.#movedUs <= config.hold_ms * 1000) return true;
    return this.#passedUs === null || now - this.#passedUs >= config.every_ms * 1000;
  }

  passed(frame: Pick<FrameReference, 'monotonicUs'>): void {
    this.#passedUs = frame.monotonicUs;
  }

  #moves(motion: FrameReference['motion'] | null, { sensitivity, cells }: MotionGateConfig): boolean {
    if (!motion) return true;
    const mask = motion[sensitivity];
    if (cells === null) return mask.some((byte) => byte !== 0);
    if (this.#cells?.text !== cells) this.#cells = { text: cells, mask: motionMaskOf(cells) };
    return sharedCells(mask, this.#cells.mask) > 0;
  }
}
