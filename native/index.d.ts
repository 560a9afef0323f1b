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
