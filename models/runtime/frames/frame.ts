import type { FrameErrorCode as RingErrorCode, Placement, Region, TensorTarget } from '../../../native';

export type { Placement, Region, TensorTarget } from '../../../native';

/** Why a frame cannot be read: the ring's reasons, and a reference that is not accepted. */
export type FrameErrorCode = RingErrorCode | 'BAD_REFERENCE';

/** Fails the one request that named the frame; never retried (INV-60, W-48). */
export class FrameError extends Error {
  override readonly name = 'FrameError';

  constructor(
    readonly code: FrameErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** One decoded picture, borrowed for the length of one request (INV-58). */
export interface Frame {
  readonly frameId: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /**
   * Crops, scales, converts and normalises into memory of the caller, in one pass.
   * @returns where the (cropped) picture lies inside the target
   * @throws FrameError OVERWRITTEN when the ring's writer was faster
   */
  fill(target: TensorTarget): Placement;
  /** Gives back what is held: mapping and descriptor. */
  close(): void;
}

export interface FrameQuery {
  /** Path, as the request has it. */
  readonly reference: string;
  /** Null: the newest. */
  readonly frameId: number | null;
  /** Older frames are refused, milliseconds. */
  readonly maxAgeMs: number;
}

export interface FrameSource {
  /** @throws FrameError */
  open(query: FrameQuery): Frame;
}

/** The whole picture. */
export const WHOLE: Region = { x: 0, y: 0, width: 1, height: 1 };
