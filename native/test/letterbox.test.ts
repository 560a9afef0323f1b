import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { letterboxNv12ToRgb, type ColourMatrix, type ColourRange, type Nv12Source, type Rgb } from '..';
import { letterboxReference, placementReference } from './letterbox-reference';
import { noisePicture } from './noise-picture';

const matrices: ColourMatrix[] = ['bt601', 'bt709', 'bt2020'];
const ranges: ColourRange[] = ['limited', 'full'];

function flat(y: number, cb: number, cr: number, matrix: ColourMatrix, range: ColourRange): Nv12Source {
  const uv = new Uint8Array(8 * 4);
  for (let i = 0; i < uv.length; i += 2) uv.set([cb, cr], i);
  return {
    y: new Uint8Array(8 * 8).fill(y),
    uv,
    width: 8,
    height: 8,
    yStride: 8,
    uvStride: 8,
    matrix,
    range,
  };
}

function convert(source: Nv12Source, width: number, height: number, padding?: Rgb) {
  const data = new Uint8Array(width * height * 3).fill(77);
  return { data, placement: letterboxNv12ToRgb(source, { data, width, height }, padding) };
}

function largestDifference(actual: Uint8Array, expected: Float64Array): number {
  let largest = 0;
  actual.forEach((value, index) => (largest = Math.max(largest, Math.abs(value - (expected[index] ?? NaN)))));
  return largest;
}

/** Half a step is rounding; the rest is the fixed-point arithmetic. */
const tolerance = 1.01;

describe('known colours', () => {
  // Reference values as published for the 75 % and 100 % colour bars of each standard.
  it.each([
    { name: 'black, limited', source: flat(16, 128, 128, 'bt709', 'limited'), rgb: [0, 0, 0] },
    { name: 'white, limited', source: flat(235, 128, 128, 'bt709', 'limited'), rgb: [255, 255, 255] },
    { name: 'black, full', source: flat(0, 128, 128, 'bt601', 'full'), rgb: [0, 0, 0] },
    { name: 'white, full', source: flat(255, 128, 128, 'bt601', 'full'), rgb: [255, 255, 255] },
    { name: 'red, BT.601', source: flat(81, 90, 240, 'bt601', 'limited'), rgb: [255, 0, 0] },
    { name: 'green, BT.601', source: flat(145, 54, 34, 'bt601', 'limited'), rgb: [0, 255, 0] },
    { name: 'blue, BT.601', source: flat(41, 240, 110, 'bt601', 'limited'), rgb: [0, 0, 255] },
    { name: 'red, BT.709', source: flat(63, 102, 240, 'bt709', 'limited'), rgb: [255, 0, 0] },
    { name: 'green, BT.709', source: flat(173, 42, 26, 'bt709', 'limited'), rgb: [0, 255, 0] },
    { name: 'blue, BT.709', source: flat(32, 240, 118, 'bt709', 'limited'), rgb: [0, 0, 255] },
    { name: 'red, BT.2020', source: flat(74, 97, 240, 'bt2020', 'limited'), rgb: [255, 0, 0] },
    { name: 'below black is clamped', source: flat(0, 128, 128, 'bt709', 'limited'), rgb: [0, 0, 0] },
    { name: 'above white is clamped', source: flat(255, 128, 128, 'bt709', 'limited'), rgb: [255, 255, 255] },
  ])('$name', ({ source, rgb }) => {
    const { data } = convert(source, 8, 8);
    for (let i = 0; i < data.length; i += 3) {
      rgb.forEach((value, channel) =>
        expect(Math.abs((data[i + channel] ?? NaN) - value)).toBeLessThanOrEqual(2),
      );
    }
  });
});

describe('against a straightforward float implementation', () => {
  for (const matrix of matrices) {
    for (const range of ranges) {
      it(`1:1, ${matrix} ${range}`, () => {
        const source = noisePicture({ width: 64, height: 48, matrix, range });
        expect(
          largestDifference(convert(source, 64, 48).data, letterboxReference(source, 64, 48)),
        ).toBeLessThanOrEqual(tolerance);
      });
    }
  }

  it.each([
    { width: 1920, height: 1080, to: [640, 640] as const },
    { width: 767, height: 575, to: [320, 320] as const },
    { width: 33, height: 99, to: [64, 64] as const },
    { width: 1, height: 1, to: [5, 3] as const },
    { width: 2, height: 1000, to: [31, 17] as const },
  ])('$width x $height to $to', ({ width, height, to }) => {
    const source = noisePicture({ width, height, yGap: 5, uvGap: 3 });
    const { data, placement } = convert(source, to[0], to[1]);
    expect(placement).toEqual(placementReference(source, to[0], to[1]));
    expect(largestDifference(data, letterboxReference(source, to[0], to[1]))).toBeLessThanOrEqual(tolerance);
  });

  it('holds for any size, stride, matrix, range and padding', () => {
    const side = fc.integer({ min: 1, max: 40 });
    const gap = fc.integer({ min: 0, max: 9 });
    const byte = fc.integer({ min: 0, max: 255 });
    const options = fc.record({
      width: side,
      height: side,
      yGap: gap,
      uvGap: gap,
      matrix: fc.constantFrom(...matrices),
      range: fc.constantFrom(...ranges),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(
        options,
        side,
        side,
        fc.record({ r: byte, g: byte, b: byte }),
        (given, width, height, padding) => {
          const source = noisePicture(given);
          const { data, placement } = convert(source, width, height, padding);
          expect(placement).toEqual(placementReference(source, width, height));
          expect(
            largestDifference(data, letterboxReference(source, width, height, padding)),
          ).toBeLessThanOrEqual(tolerance);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('does not depend on what lies between the rows', () => {
    const tight = noisePicture({ width: 31, height: 17 });
    const loose = {
      ...tight,
      yStride: 40,
      uvStride: 50,
      y: new Uint8Array(40 * 17).fill(200),
      uv: new Uint8Array(50 * 9).fill(200),
    };
    for (let row = 0; row < 17; row++) loose.y.set(tight.y.subarray(row * 31, (row + 1) * 31), row * 40);
    for (let row = 0; row < 9; row++) loose.uv.set(tight.uv.subarray(row * 32, (row + 1) * 32), row * 50);
    expect(convert(loose, 24, 24).data).toEqual(convert(tight, 24, 24).data);
  });

  it('accepts a last row without the gap that follows the others', () => {
    const source = noisePicture({ width: 10, height: 6, yGap: 6, uvGap: 6 });
    const trimmed = {
      ...source,
      y: source.y.subarray(0, 16 * 5 + 10),
      uv: source.uv.subarray(0, 16 * 2 + 10),
    };
    expect(convert(trimmed, 10, 6).data).toEqual(convert(source, 10, 6).data);
  });
});

describe('padding', () => {
  it('is grey 114 when not given', () => {
    const { data, placement } = convert(flat(235, 128, 128, 'bt709', 'limited'), 16, 8);
    expect(placement).toEqual({ x: 4, y: 0, width: 8, height: 8 });
    expect([...data.subarray(0, 12)]).toEqual(new Array(12).fill(114));
    expect([...data.subarray(12, 36)]).toEqual(new Array(24).fill(255));
  });

  it('has the colour given and puts the odd pixel right and below', () => {
    const { data, placement } = convert(flat(235, 128, 128, 'bt709', 'limited'), 11, 8, { r: 1, g: 2, b: 3 });
    expect(placement).toEqual({ x: 1, y: 0, width: 8, height: 8 });
    expect([...data.subarray(0, 3)]).toEqual([1, 2, 3]);
    expect([...data.subarray(27, 33)]).toEqual([1, 2, 3, 1, 2, 3]);
    expect(convert(flat(16, 128, 128, 'bt709', 'limited'), 8, 11).placement).toEqual({
      x: 0,
      y: 1,
      width: 8,
      height: 8,
    });
  });
});
