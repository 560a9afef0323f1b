import { readFileSync } from 'node:fs';
import { letterboxNv12ToRgb } from '../../../native';
import type { Frame, FrameQuery, PixelTarget, Placement } from './frame';
import { FrameError } from './frame';
import type { RgbPicture } from './resample';
import { resample } from './resample';

/**
 * One NV12 picture in a file, rows without gaps: what a dry run shows to a model. Size and colour stand in the
 * request (reference 4.4); its age does not matter.
 * @throws FrameError when the file is not exactly one picture of that size
 */
export function openStill(file: string, query: FrameQuery): Frame {
  const { width, height } = query;
  if (width === undefined || height === undefined)
    throw new FrameError('BAD_REFERENCE', 'a still picture needs width and height in frame_metadata');
  const lumaBytes = width * height;
  const chromaStride = 2 * Math.ceil(width / 2);
  const bytes = readFileSync(file);
  if (bytes.byteLength !== lumaBytes + chromaStride * Math.ceil(height / 2))
    throw new FrameError('BAD_RING', `it does not hold one NV12 picture of ${width}x${height}`);
  const source = {
    y: bytes.subarray(0, lumaBytes),
    uv: bytes.subarray(lumaBytes),
    width,
    height,
    yStride: width,
    uvStride: chromaStride,
    matrix: query.matrix ?? 'bt601',
    range: query.range ?? 'limited',
  } as const;
  let whole: RgbPicture | null = null;
  return {
    frameId: query.frameId ?? 0,
    width,
    height,
    fill(target: PixelTarget): Placement {
      if (target.fit === 'letterbox' && !target.region) {
        const [r, g, b] = target.padding;
        return letterboxNv12ToRgb(source, target, { r, g, b });
      }
      if (!whole) {
        whole = { data: new Uint8Array(width * height * 3), width, height };
        letterboxNv12ToRgb(source, whole);
      }
      return resample(whole, target);
    },
    close: () => undefined,
  };
}
