// What letterboxNv12ToRgb should do, written for clarity: floating point, one pixel at a time, straight from the
// definitions. Shares no code with the addon.
import type { Nv12Source, Placement, Region, Rgb, TensorTarget } from '..';

const lumaWeights = { bt601: [0.299, 0.114], bt709: [0.2126, 0.0722], bt2020: [0.2627, 0.0593] } as const;

export function placementReference(
  source: { width: number; height: number },
  width: number,
  height: number,
): Placement {
  const scale = Math.min(width / source.width, height / source.height);
  const inner = [source.width * scale, source.height * scale].map((size) => Math.max(1, Math.round(size)));
  const [innerWidth = 0, innerHeight = 0] = inner;
  return {
    x: Math.floor((width - innerWidth) / 2),
    y: Math.floor((height - innerHeight) / 2),
    width: innerWidth,
    height: innerHeight,
  };
}

const whole: Region = { x: 0, y: 0, width: 1, height: 1 };
const grey: Rgb = { r: 114, g: 114, b: 114 };

/** Unrounded result, for comparing with a tolerance. */
export function letterboxReference(
  source: Nv12Source,
  width: number,
  height: number,
  padding: Rgb = grey,
): Float64Array {
  const place = placementReference(source, width, height);
  return rgbReference(source, width, height, place, padding, whole);
}

/** What preprocess() should write, unrounded, and how much one step of 8-bit colour is in each place. */
export function tensorReference(
  source: Nv12Source,
  target: Omit<TensorTarget, 'data'>,
  float: boolean,
): { place: Placement; values: Float64Array; steps: Float64Array } {
  const { width, height, layout, order, fit, padding = grey, crop = whole } = target;
  const { scale = 1 / 255, mean = [0, 0, 0], std = [1, 1, 1] } = target;
  const part = { width: source.width * crop.width, height: source.height * crop.height };
  const place = fit === 'stretch' ? { x: 0, y: 0, width, height } : placementReference(part, width, height);
  const rgb = rgbReference(source, width, height, place, padding, crop);
  const values = new Float64Array(rgb.length);
  const steps = new Float64Array(rgb.length);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      const value = rgb[pixel * 3 + (order === 'rgb' ? channel : 2 - channel)] ?? NaN;
      const at = layout === 'nhwc' ? pixel * 3 + channel : channel * width * height + pixel;
      const divisor = std[channel] ?? NaN;
      values[at] = float ? (value * scale - (mean[channel] ?? NaN)) / divisor : value;
      steps[at] = scale / divisor;
    }
  }
  return { place, values, steps };
}

function rgbReference(
  source: Nv12Source,
  width: number,
  height: number,
  place: Placement,
  padding: Rgb,
  crop: Region,
): Float64Array {
  const chromaWidth = Math.ceil(source.width / 2);
  const chromaHeight = Math.ceil(source.height / 2);
  const luma = (x: number, y: number) => source.y[y * source.yStride + x] ?? NaN;
  const cb = (x: number, y: number) => source.uv[y * source.uvStride + 2 * x] ?? NaN;
  const cr = (x: number, y: number) => source.uv[y * source.uvStride + 2 * x + 1] ?? NaN;
  const at = (index: number, shown: number, origin: number, share: number, size: number) =>
    clamp((origin + ((index + 0.5) / shown) * share) * size - 0.5, 0, size - 1);

  const result = new Float64Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const inside =
        column >= place.x && column < place.x + place.width && row >= place.y && row < place.y + place.height;
      let pixel = [padding.r, padding.g, padding.b];
      if (inside) {
        const x = at(column - place.x, place.width, crop.x, crop.width, source.width);
        const y = at(row - place.y, place.height, crop.y, crop.height, source.height);
        pixel = toRgb(
          bilinear(luma, x, y, source.width, source.height),
          bilinear(cb, x / 2, (y - 0.5) / 2, chromaWidth, chromaHeight),
          bilinear(cr, x / 2, (y - 0.5) / 2, chromaWidth, chromaHeight),
          source,
        );
      }
      result.set(pixel, (row * width + column) * 3);
    }
  }
  return result;
}

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);

function bilinear(
  sample: (x: number, y: number) => number,
  atX: number,
  atY: number,
  width: number,
  height: number,
): number {
  const x = clamp(atX, 0, width - 1);
  const y = clamp(atY, 0, height - 1);
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = Math.min(left + 1, width - 1);
  const bottom = Math.min(top + 1, height - 1);
  const mix = (a: number, b: number, share: number) => a + (b - a) * share;
  return mix(
    mix(sample(left, top), sample(right, top), x - left),
    mix(sample(left, bottom), sample(right, bottom), x - left),
    y - top,
  );
}

/** The definition: Y' = Kr R' + Kg G' + Kb B', solved for R', G', B'. */
function toRgb(y: number, cb: number, cr: number, { matrix, range }: Nv12Source): number[] {
  const [kr, kb] = lumaWeights[matrix];
  const luma = range === 'limited' ? (y - 16) / 219 : y / 255;
  const pb = (cb - 128) / (range === 'limited' ? 224 : 255);
  const pr = (cr - 128) / (range === 'limited' ? 224 : 255);
  const red = luma + 2 * (1 - kr) * pr;
  const blue = luma + 2 * (1 - kb) * pb;
  const green = (luma - kr * red - kb * blue) / (1 - kr - kb);
  return [red, green, blue].map((value) => clamp(value * 255, 0, 255));
}
