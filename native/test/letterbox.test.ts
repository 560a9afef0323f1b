import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { letterboxNv12ToRgb, type ColourMatrix, type ColourRange, type Nv12Source, type Rgb } from '..';
import { letterboxReference, placementReference } from './letterbox-reference';

const matrices: ColourMatrix[] = ['bt601', 'bt709', 'bt2020'];
const ranges: ColourRange[] = ['limited', 'full'];

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
function picture({
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
        const source = picture({ width: 64, height: 48, matrix, range });
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
    const source = picture({ width, height, yGap: 5, uvGap: 3 });
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
          const source = picture(given);
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
    const tight = picture({ width: 31, height: 17 });
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
    const source = picture({ width: 10, height: 6, yGap: 6, uvGap: 6 });
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

describe('wrong arguments', () => {
  const source = () => picture({ width: 16, height: 10 });
  const target = () => ({ data: new Uint8Array(8 * 8 * 3), width: 8, height: 8 });
  const call = letterboxNv12ToRgb as (...values: unknown[]) => unknown;

  it.each([
    ['no arguments', [], TypeError, 'source must be an object'],
    ['null source', [null, target()], TypeError, 'source must be an object'],
    ['an array as source', [[], target()], TypeError, 'source must be an object'],
    ['bytes as source', [new Uint8Array(9), target()], TypeError, 'source must be an object'],
    ['text as width', [{ ...source(), width: '16' }, target()], TypeError, 'source.width must be a number'],
    [
      'width 0',
      [{ ...source(), width: 0 }, target()],
      RangeError,
      'source.width must be an integer from 1 to 16384',
    ],
    ['a fraction', [{ ...source(), height: 9.5 }, target()], RangeError, 'source.height must be an integer'],
    ['NaN', [{ ...source(), height: NaN }, target()], RangeError, 'source.height must be an integer'],
    [
      'a huge size',
      [{ ...source(), width: 2 ** 40 }, target()],
      RangeError,
      'source.width must be an integer',
    ],
    [
      'stride below width',
      [{ ...source(), yStride: 15 }, target()],
      RangeError,
      'source.yStride must be an integer from 16 to 65536',
    ],
    [
      'chroma stride below width',
      [{ ...source(), uvStride: 14 }, target()],
      RangeError,
      'source.uvStride must be an integer from 16',
    ],
    [
      'odd width needs the extra chroma pair',
      [{ ...source(), width: 15, uvStride: 15 }, target()],
      RangeError,
      'source.uvStride must be an integer from 16',
    ],
    [
      'short luma',
      [{ ...source(), y: new Uint8Array(159) }, target()],
      RangeError,
      'source.y must have at least 160 bytes, has 159',
    ],
    [
      'short chroma',
      [{ ...source(), uv: new Uint8Array(79) }, target()],
      RangeError,
      'source.uv must have at least 80 bytes, has 79',
    ],
    [
      'clamped bytes',
      [{ ...source(), y: new Uint8ClampedArray(160) }, target()],
      TypeError,
      'source.y must be a Uint8Array',
    ],
    [
      'an ArrayBuffer',
      [{ ...source(), uv: new ArrayBuffer(80) }, target()],
      TypeError,
      'source.uv must be a Uint8Array',
    ],
    [
      'an unknown matrix',
      [{ ...source(), matrix: 'smpte240m' }, target()],
      RangeError,
      "source.matrix must be bt601, bt709 or bt2020, is 'smpte240m'",
    ],
    ['no range', [{ ...source(), range: undefined }, target()], TypeError, 'source.range must be a string'],
    [
      'an unknown range',
      [{ ...source(), range: 'tv' }, target()],
      RangeError,
      "source.range must be limited or full, is 'tv'",
    ],
    ['no target', [source()], TypeError, 'target must be an object'],
    [
      'a short target',
      [source(), { ...target(), data: new Uint8Array(191) }],
      RangeError,
      'target.data must have at least 192 bytes',
    ],
    [
      'a long target',
      [source(), { ...target(), data: new Uint8Array(193) }],
      RangeError,
      'target.data must have exactly 192 bytes, has 193',
    ],
    [
      'target height 0',
      [source(), { ...target(), height: 0 }],
      RangeError,
      'target.height must be an integer from 1',
    ],
    ['padding as a number', [source(), target(), 114], TypeError, 'padding must be an object'],
    [
      'padding out of range',
      [source(), target(), { r: 0, g: 256, b: 0 }],
      RangeError,
      'padding.g must be an integer from 0 to 255',
    ],
  ])('%s', (_name, values, type, message) => {
    expect(() => call(...values)).toThrow(type);
    expect(() => call(...values)).toThrow(`letterboxNv12ToRgb: ${message}`);
  });

  it('a target that shares memory with the source', () => {
    const memory = new ArrayBuffer(400);
    const shared = { ...source(), y: new Uint8Array(memory, 0, 160) };
    expect(() =>
      letterboxNv12ToRgb(shared, { data: new Uint8Array(memory, 100, 192), width: 8, height: 8 }),
    ).toThrow(/must not share memory/);
    expect(() =>
      letterboxNv12ToRgb(shared, { data: new Uint8Array(memory, 160, 192), width: 8, height: 8 }),
    ).not.toThrow();
  });

  it('a detached buffer', () => {
    const bytes = new Uint8Array(160);
    structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
    expect(() => letterboxNv12ToRgb({ ...source(), y: bytes }, target())).toThrow(
      /source.y must have at least 160 bytes, has 0/,
    );
  });
});
