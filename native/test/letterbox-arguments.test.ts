import { describe, expect, it } from 'vitest';
import { letterboxNv12ToRgb } from '..';
import { noisePicture } from './noise-picture';

describe('wrong arguments', () => {
  const source = () => noisePicture({ width: 16, height: 10 });
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
