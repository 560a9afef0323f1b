/** Why a frame cannot be read; NO_RING to ENDED are the frame ring's own (native/). */
export type FrameErrorCode =
  'BAD_REFERENCE' | 'NO_RING' | 'BAD_RING' | 'NO_FRAME' | 'STALE' | 'OVERWRITTEN' | 'ENDED';

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

/** A rectangle in pixels of the frame; parts outside the frame are filled with the padding. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where the picture lies inside a target, in pixels of the target. */
export interface Placement {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Memory to be filled: width * height * 3 bytes of R, G, B. */
export interface PixelTarget {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly fit: 'letterbox' | 'stretch';
  /** R, G, B of the borders, 0..255. */
  readonly padding: readonly [number, number, number];
  /** The whole frame when left out. */
  readonly region?: Region;
}

/** One decoded picture, borrowed for the length of one request (INV-58). */
export interface Frame {
  readonly frameId: number;
  readonly width: number;
  readonly height: number;
  /** Scales (bilinear) and converts into `target`. @throws FrameError when the ring has overwritten the frame */
  fill(target: PixelTarget): Placement;
  /** Gives back what is held: mappings, descriptors. */
  close(): void;
}

export interface FrameQuery {
  /** As the request has it. */
  readonly reference: string;
  /** Absent: the newest. */
  readonly frameId?: number;
  readonly width?: number;
  readonly height?: number;
  readonly matrix?: 'bt601' | 'bt709' | 'bt2020';
  readonly range?: 'limited' | 'full';
  /** Older frames are refused, milliseconds. */
  readonly maxAgeMs: number;
}

export interface FrameSource {
  /** @throws FrameError */
  open(query: FrameQuery): Frame;
}
