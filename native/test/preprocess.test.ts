// preprocess() against a reference that shares no code with it: every layout, order, fit, crop and normalisation.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createFrameRing,
  openFrameRing,
  type FrameRing,
  type FrameRingWriter,
  type Nv12Source,
  type PublishedFrame,
  type TensorTarget,
} from '..';
import { nv12Bytes, noise, ringPath } from './frame-pictures';
import { tensorReference } from './letterbox-reference';

let writer: FrameRingWriter;
let reader: FrameRing;
beforeAll(() => {
  const where = ringPath();
  writer = createFrameRing(where, { cameraId: 'a', maxPictureBytes: nv12Bytes(1920, 1080), capacity: 2 });
  reader = openFrameRing(where);
});
afterAll(() => {
  reader.close();
  writer.close();
});

function sourceOf(frame: PublishedFrame): Nv12Source {
  const { data, width, height, matrix, range } = frame;
  const y = data.subarray(0, width * height);
  const uvStride = 2 * Math.ceil(width / 2);
  return { y, uv: data.subarray(width * height), width, height, yStride: width, uvStride, matrix, range };
}

type Wanted = Omit<TensorTarget, 'data'>;

/** Largest difference to the reference, in steps of 8-bit colour. */
function largestError(frame: PublishedFrame, wanted: Wanted, float: boolean): number {
  const size = wanted.width * wanted.height * 3;
  const data = float ? new Float32Array(size).fill(NaN) : new Uint8Array(size).fill(77);
  const place = reader.preprocess(writer.publish(frame), { ...wanted, data });
  const expected = tensorReference(sourceOf(frame), wanted, float);
  expect(place).toEqual(expected.place);
  let largest = 0;
  for (let i = 0; i < size; i++) {
    const step = float ? (expected.steps[i] ?? NaN) : 1;
    largest = Math.max(largest, Math.abs((data[i] ?? NaN) - (expected.values[i] ?? NaN)) / step);
    if (Number.isNaN(data[i])) return NaN;
  }
  return largest;
}

/** Bytes are rounded, by half a step; the rest is fixed-point arithmetic. */
const tolerance = { bytes: 1.01, floats: 0.6 };
const base: Wanted = { width: 40, height: 30, layout: 'nhwc', order: 'rgb', fit: 'letterbox' };

describe.each(['nhwc', 'nchw'] as const)('%s', (layout) => {
  describe.each(['rgb', 'bgr'] as const)('%s', (order) => {
    it.each(['letterbox', 'stretch'] as const)('%s, bytes and floats', (fit) => {
      const frame = noise(101, 67, 5);
      const wanted = { ...base, layout, order, fit };
      expect(largestError(frame, wanted, false)).toBeLessThanOrEqual(tolerance.bytes);
      expect(largestError(frame, wanted, true)).toBeLessThanOrEqual(tolerance.floats);
    });
  });
});

describe('floats', () => {
  it('are normalised per channel in the order of the target', () => {
    const wanted = {
      ...base,
      layout: 'nchw',
      order: 'bgr',
      scale: 1,
      mean: [103.53, 116.28, 123.675],
      std: [57.375, 57.12, 58.395],
    } as const;
    expect(largestError(noise(160, 90, 8), wanted, true)).toBeLessThanOrEqual(tolerance.floats);
  });

  it('normalise the padding too', () => {
    const data = new Float32Array(8 * 8 * 3);
    const id = writer.publish(noise(64, 32, 1));
    const padding = { r: 255, g: 0, b: 51 };
    reader.preprocess(id, { ...base, width: 8, height: 8, layout: 'nchw', padding, data });
    expect([data[0], data[64], data[128]].map((value) => Number(value?.toFixed(5)))).toEqual([1, 0, 0.2]);
  });
});

describe('any target', () => {
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  const crop = fc.tuple(unit, unit, unit, unit).map(([x, y, w, h]) => ({
    x: x * 0.9,
    y: y * 0.9,
    width: 0.05 + w * (0.95 - x * 0.9),
    height: 0.05 + h * (0.95 - y * 0.9),
  }));

  it('holds for any size, crop, layout, matrix and range', () => {
    fc.assert(
      fc.property(
        fc.record({
          width: fc.integer({ min: 1, max: 90 }),
          height: fc.integer({ min: 1, max: 90 }),
          seed: fc.integer({ min: 1, max: 1e6 }),
          matrix: fc.constantFrom('bt601', 'bt709', 'bt2020'),
          range: fc.constantFrom('limited', 'full'),
        }),
        fc.record({
          width: fc.integer({ min: 1, max: 60 }),
          height: fc.integer({ min: 1, max: 60 }),
          layout: fc.constantFrom('nhwc', 'nchw'),
          order: fc.constantFrom('rgb', 'bgr'),
          fit: fc.constantFrom('letterbox', 'stretch'),
          crop,
        }),
        fc.boolean(),
        ({ width, height, seed, matrix, range }, wanted, float) => {
          const frame = { ...noise(width, height, seed), matrix, range };
          expect(largestError(frame, wanted, float)).toBeLessThanOrEqual(
            float ? tolerance.floats : tolerance.bytes,
          );
        },
      ),
      { numRuns: 400 },
    );
  });

  it('gives the same bytes with and without vector instructions', () => {
    const script = `
      const { createFrameRing, openFrameRing } = require(${JSON.stringify(path.resolve('native'))});
      const data = Uint8Array.from({ length: 1920 * 1080 * 1.5 }, (_, i) => (i * 2654435761) >>> 13);
      const where = process.argv[1];
      const writer = createFrameRing(where, { cameraId: 'a', maxPictureBytes: data.length, capacity: 2 });
      const id = writer.publish({ data, width: 1920, height: 1080, ptsUs: 0, wallUs: 0, matrix: 'bt709', range: 'limited' });
      const hash = require('crypto').createHash('sha256');
      for (const [width, height] of [[416, 256], [640, 384], [33, 99], [1920, 1080], [2500, 7]]) {
        const bytes = new Uint8Array(width * height * 3);
        const floats = new Float32Array(width * height * 3);
        const target = { width, height, order: 'rgb', fit: 'letterbox' };
        const reader = openFrameRing(where);
        reader.preprocess(id, { ...target, data: bytes, layout: 'nhwc' });
        reader.preprocess(id, { ...target, data: floats, layout: 'nchw', fit: 'stretch' });
        hash.update(bytes).update(floats);
      }
      writer.close();
      console.log(hash.digest('hex'));`;
    const run = (simd: string): string => {
      const { stdout, stderr } = spawnSync(process.execPath, ['-e', script, ringPath()], {
        env: { ...process.env, VAS_NATIVE_SIMD: simd },
        encoding: 'utf8',
      });
      expect(stderr).toBe('');
      return stdout.trim();
    };
    expect(run('portable')).toMatch(/^[0-9a-f]{64}$/);
    expect(run('')).toBe(run('portable'));
  });
});

describe('wrong targets', () => {
  const data = new Uint8Array(40 * 30 * 3);
  it.each<[string, object, string]>([
    ['no layout', { layout: undefined }, 'target.layout must be a string'],
    ['an unknown order', { order: 'grb' }, "target.order must be rgb or bgr, is 'grb'"],
    ['too little memory', { data: data.subarray(1) }, 'target.data must have exactly 3600 elements'],
    ['numbers of another kind', { data: new Float64Array(3600) }, 'target.data must be a Uint8Array or'],
    ['normalised bytes', { mean: [0, 0, 0] }, 'target.mean needs a Float32Array'],
    ['a crop outside', { crop: { x: 0.6, y: 0, width: 0.6, height: 1 } }, 'target.crop.width must be'],
    ['an empty crop', { crop: { x: 0, y: 0, width: 1, height: 0 } }, 'target.crop.height must be'],
    ['division by 0', { data: new Float32Array(3600), std: [1, 0, 1] }, 'target.std has an impossible'],
  ])('%s', (_name, wrong, message) => {
    const id = writer.publish(noise(64, 48, 1));
    expect(() => reader.preprocess(id, { ...base, data, ...wrong } as never)).toThrow(
      `preprocess: ${message}`,
    );
  });
});
