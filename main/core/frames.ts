/** What the core knows of a frame: where it is, never its pixels (INV-36, INV-38). */
export interface FrameReference {
  readonly cameraId: string;
  /** Which of the camera's streams it is of; absent where that is not known. */
  readonly stream?: 'main' | 'sub';
  /** File of the camera's frame ring. */
  readonly path: string;
  /** Strictly ascending per camera, at most 2^53 - 1 (INV-21). */
  readonly frameId: number;
  /** Changes whenever `ptsUs` starts anew: reconnect, changed geometry. */
  readonly epoch: number;
  /** Presentation time, integer microseconds within the epoch (INV-22). */
  readonly ptsUs: number;
  /** Wall clock of the picture, microseconds since the Unix epoch, UTC. */
  readonly wallUs: number;
  /** Monotonic clock when the frame was published, microseconds. */
  readonly monotonicUs: number;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Time between frames of the source, microseconds; null while unknown. */
  readonly frameDurationUs: number | null;
  /** Cells of the motion grid in which something moved, by sensitivity; null or absent where it is not known. */
  readonly motion?: {
    readonly low: Uint8Array;
    readonly medium: Uint8Array;
    readonly high: Uint8Array;
  } | null;
}

/** Where frames come from, as the core sees it; the kernel's frame export behind an adapter. */
export interface FrameFeed {
  /** Tells the newest frame of a camera; lossy, the newest wins. @returns stops telling */
  onFrame(cameraId: string, listener: (frame: FrameReference) => void): () => void;
  /**
   * The highest rate anybody needs of a camera's frames, frames per second; null: nobody needs any.
   * @param stream which one to look at; sub falls back to main where there is none
   */
  setDemand(cameraId: string, fps: number | null, stream?: 'main' | 'sub'): void;
}
