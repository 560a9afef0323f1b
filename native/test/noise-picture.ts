import type { ColourMatrix, ColourRange, Nv12Source } from '..';

interface PictureOptions {
  width: number;
  height: number;
  yGap?: number;
  uvGap?: number;
  matrix?: ColourMatrix;
  range?: ColourRange;
  seed?: number;
}

/** A picture of reproducible noise; the bytes between the rows are noise as well, so that reading them shows. */
export function noisePicture({
  width,
  height,
  yGap = 0,
  uvGap = 0,
  matrix = 'bt709',
  range = 'limited',
  seed = 1,
}: PictureOptions): Nv12Source {
  const yStride = width + yGap;
  const uvStride = 2 * Math.ceil(width / 2) + uvGap;
  let state = seed;
  const noise = (length: number) =>
    Uint8Array.from({ length }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state >>> 24;
    });
  return {
    y: noise(yStride * height),
    uv: noise(uvStride * Math.ceil(height / 2)),
    width,
    height,
    yStride,
    uvStride,
    matrix,
    range,
  };
}
