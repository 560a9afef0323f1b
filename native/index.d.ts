// The native addon's functions. They validate their arguments and throw TypeError or RangeError naming the field.

export type ColourMatrix = 'bt601' | 'bt709' | 'bt2020';
export type ColourRange = 'limited' | 'full';

/** An NV12 picture. Odd sizes have (size + 1) / 2 chroma samples per axis; strides are in bytes. */
export interface Nv12Source {
  y: Uint8Array;
  uv: Uint8Array;
  width: number;
  height: number;
  yStride: number;
  uvStride: number;
  matrix: ColourMatrix;
  range: ColourRange;
}

/** Memory of the caller: width * height * 3 bytes, uint8 NHWC (rows of R, G, B without gaps). */
export interface RgbTarget {
  data: Uint8Array;
  width: number;
  height: number;
}

export interface Rgb {
  r: number;
  g: number;
  b: number;
}

/** Where the scaled picture lies inside the target, in target pixels. */
export interface Placement {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * Scales (bilinear, keeping the aspect ratio), converts to RGB and pads in one pass into `target.data`.
 * @param padding colour of the borders; 114 grey when left out
 */
export function letterboxNv12ToRgb(source: Nv12Source, target: RgbTarget, padding?: Rgb): Placement;

/** Failures of rings carry one of these as `error.code`. */
export type FrameErrorCode =
  /** There is no file at that path. */
  | 'NO_RING'
  /** The file is no ring, or one of another layout version. */
  | 'BAD_RING'
  /** Nothing was published yet, or never under that id. */
  | 'NO_FRAME'
  /** Older than allowed (W-48): the camera, the decoder or the writer has stopped. */
  | 'STALE'
  /** The frame was there, but a newer one took its place; never answered with another frame. */
  | 'OVERWRITTEN'
  /** The writer has stopped, or this object was closed. Open the ring again. */
  | 'ENDED'
  /** Shared memory has no room for the ring. */
  | 'NO_SPACE'
  /** The ring cannot be made or the frame not be taken. */
  | 'REFUSED';

export interface FrameInfo {
  /** epoch * 2^33 + counter: grows per camera, at most 2^53 - 1. */
  readonly frameId: number;
  /** Grows with each decoder run and each change of geometry. */
  readonly epoch: number;
  /** Presentation time, microseconds: media time of the camera's ingest run, not unwrapped over runs. */
  readonly ptsUs: number;
  /** The camera's recording clock at `ptsUs`, microseconds since 1970 (UTC). */
  readonly wallUs: number;
  /**
   * CLOCK_MONOTONIC when the frame was complete, nanoseconds. A bigint: it is compared with
   * `process.hrtime.bigint()`, which is the same clock in every process, and never goes through JSON.
   */
  readonly monotonicNs: bigint;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly matrix: ColourMatrix;
  readonly range: ColourRange;
}

/** Part of a picture as shares of its width and height, inside 0 to 1. */
export interface Region {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A model's input: width * height * 3 elements, owned by the caller. */
export interface TensorTarget {
  data: Uint8Array | Float32Array;
  width: number;
  height: number;
  layout: 'nhwc' | 'nchw';
  /** Order of the channels in `data`. */
  order: 'rgb' | 'bgr';
  /** `letterbox` keeps the aspect ratio and pads. */
  fit: 'letterbox' | 'stretch';
  /** Colour of the borders before normalisation; 114 grey when left out. */
  padding?: Rgb;
  /** What of the picture is wanted; all of it when left out. */
  crop?: Region;
  /**
   * Float32Array only: (value * scale - mean) / std of a value from 0 to 255, mean and std per channel in the
   * target's order. Left out: scale 1/255, mean 0, std 1.
   */
  scale?: number;
  mean?: readonly [number, number, number];
  std?: readonly [number, number, number];
}

export interface MaxAge {
  /** Milliseconds; 500 when left out, Infinity for any age. */
  maxAgeMs?: number;
}

export interface FrameRing {
  /** The newest frame. @throws Error with code NO_FRAME, STALE, OVERWRITTEN or ENDED */
  latest(options?: MaxAge): FrameInfo;
  /** @throws Error with code NO_FRAME, STALE, OVERWRITTEN or ENDED */
  byId(frameId: number, options?: MaxAge): FrameInfo;
  /**
   * Crops, scales (bilinear), converts by the frame's matrix and range, normalises and pads in one pass into
   * `target.data`. Whatever its age; what `target.data` holds after an error is undefined.
   * @returns where the (cropped) picture lies inside the target, in target pixels
   * @throws Error with code NO_FRAME, OVERWRITTEN (also when it changed while it was read) or ENDED;
   *   TypeError or RangeError naming a wrong field of the target
   */
  preprocess(frameId: number, target: TensorTarget): Placement;
  /** The NV12 picture, rows without gaps: for tests and dry runs. @throws as `preprocess` */
  copyPixels(frameId: number): Uint8Array;
  facts(): RingFacts;
  /** Unmaps the memory; every later call throws with code ENDED. */
  close(): void;
}

export interface RingFacts {
  cameraId: string;
  /** Frames that the ring holds. */
  capacity: number;
  maxPictureBytes: number;
  writerPid: number;
  /** Start time of the writer, clock ticks since the boot. */
  writerStartTicks: number;
  /** Epoch of the next frame. */
  epoch: number;
}

/** Maps a camera's ring read-only. @throws Error with code NO_RING or BAD_RING */
export function openFrameRing(path: string): FrameRing;

export interface RingOptions {
  /** 1 to 63 printable characters. */
  cameraId: string;
  /** Bytes of the largest NV12 picture. */
  maxPictureBytes: number;
  /** 2 to 256 frames; 8 when left out. */
  capacity?: number;
  /** 0 to 2^20 - 1; 0 when left out. */
  epoch?: number;
}

/** An NV12 picture, rows without gaps. */
export interface PublishedFrame {
  data: Uint8Array;
  width: number;
  height: number;
  ptsUs: number;
  wallUs: number;
  matrix: ColourMatrix;
  range: ColourRange;
}

/** The one writer of a ring, for tests, replays and benchmarks; cameras are written without JavaScript. */
export interface FrameRingWriter {
  /** @returns the frame's id @throws Error with code REFUSED when it does not fit, ENDED after `close` */
  publish(frame: PublishedFrame): number;
  /** The counter starts again. @throws Error with code REFUSED unless it grows */
  startEpoch(epoch: number): void;
  /** Readers get ENDED from now on; the file is removed. */
  close(): void;
}

/** Makes a ring, in the place of whatever file is there. @throws Error with code NO_SPACE or REFUSED */
export function createFrameRing(path: string, options: RingOptions): FrameRingWriter;

/** The decoder's ends of its pipes; descriptors of this process until `spawned()`. */
export interface DecoderEnds {
  readonly input: number;
  readonly output: number;
  readonly log: number;
}

/** One run of a decoder. */
export interface TapRun {
  /** Where the ring goes; it exists from the first picture's description to the end of the run. */
  path: string;
  cameraId: string;
  /** Frames that the ring holds, 2 to 256. */
  capacity: number;
  /** Most bytes of shared memory that the ring may take. */
  maxBytes: number;
  /** The run takes this epoch, and the following ones when pictures change their size. */
  firstEpoch: number;
  epochs: number;
  /** About where the stream is, in 90 kHz ticks of its run: tells which turn of MPEG-TS's 33 bits it is. */
  hintPts: number;
}

export interface TapStats {
  readonly published: number;
  /** Complete pictures that were not published: damaged, or of a stream that changed. */
  readonly refused: number;
  /** Pictures of another size than was announced. */
  readonly misfits: number;
  /** 0 before the first. */
  readonly newestFrameId: number;
  readonly epoch: number;
  readonly width: number;
  readonly height: number;
  /** How often packets were lost before the decoder; each time nothing passed until the next key frame. */
  readonly losses: number;
  /** Lines of the decoder about damage. */
  readonly complaints: number;
  /** MPEG-TS packets and key frames that came. */
  readonly packets: number;
  readonly keyFrames: number;
  /** The decoder's output is open. */
  readonly running: boolean;
  /** The pictures changed their size or format; a new run shows them as they are. */
  readonly changed: boolean;
  /** Why the run ended; empty while it runs and after `stop()`. */
  readonly problem: string;
  /** The decoder's last lines, after the run. */
  readonly log: readonly string[];
}

/**
 * Carries packets from a stream's hand-over into a decoder FFmpeg and its pictures into a ring, on a thread of its
 * own that exists only during a run.
 */
export interface FrameTap {
  /** UDP port on 127.0.0.1 to which the ingest sends MPEG-TS. */
  readonly port: number;
  /** Ends a run before it. @throws Error with code REFUSED */
  start(run: TapRun): DecoderEnds;
  /** The decoder was started, or could not be: closes this process's copies of its ends. */
  spawned(): void;
  /** Ends the run; the ring goes. */
  stop(): void;
  /** The camera's recording clock at media time 0, microseconds since 1970. */
  setWallOffset(microseconds: number): void;
  /** The ingest lost packets: nothing is published until the next key frame. */
  distrust(): void;
  stats(): TapStats;
  /** Ends everything; every later call throws with code ENDED. */
  close(): void;
}

/**
 * Opens the hand-over. @param onNews called when a frame was published (at most every 10 ms), when the stream changed
 * and when a run ended by itself; `stats()` tells which. @throws Error with code REFUSED
 */
export function createFrameTap(onNews: () => void): FrameTap;

/** Absolute paths; those that are missing are left out. */
export interface Confinement {
  /** Files and folders that may be read. */
  readable: readonly string[];
  /** Folders in which sockets may be made and removed. */
  sockets: readonly string[];
  /** Devices that may be read and written. */
  devices: readonly string[];
}

/**
 * Takes from this process for ever what it does not need (INV-69): files other than these, from the calling thread and
 * those that it starts; connecting, sockets other than Unix ones, and signals to other processes, from all threads; and
 * ever having more rights.
 * @returns what the kernel granted: Landlock's version (0: files are not confined), and whether the network, sockets of
 * others and their processes are out of reach
 */
export function confine(wish: Confinement): { readonly landlock: number; readonly network: boolean };

/** Where something moves, as masks of a grid of 32 by 18 cells: 72 bytes, row by row, least significant bit first. */
export interface MotionMasks {
  /** Sensitivities; each contains the one before. */
  readonly low: Uint8Array;
  readonly medium: Uint8Array;
  readonly high: Uint8Array;
  /** So much changed at once that it is another picture; nothing is said to move. */
  readonly global: boolean;
}

/** Looks for motion in the frames of a ring. Holds a slowly adapting background of some kilobytes. */
export interface MotionWatch {
  /**
   * On a thread of the pool, one look at a time.
   * @returns null when the frame is gone or was overwritten meanwhile
   */
  look(frameId: number): Promise<MotionMasks | null>;
  /** Lets go of the ring, which would else stay in memory until this object is collected. Nothing is looked at after it. */
  close(): void;
}

/** @param path the ring's file, which need not exist yet */
export function createMotionWatch(path: string): MotionWatch;
