import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRange } from './media';

describe('range of a media request', () => {
  it.each([
    [null, 100, null],
    ['', 100, null],
    ['bytes=-', 100, null],
    ['bytes=0-9,20-29', 100, null],
    ['items=0-9', 100, null],
    ['bytes=0-9', 100, [0, 9]],
    ['bytes=90-', 100, [90, 99]],
    ['bytes=90-500', 100, [90, 99]],
    ['bytes=-10', 100, [90, 99]],
    ['bytes=-500', 100, [0, 99]],
    ['bytes=100-', 100, 'unsatisfiable'],
    ['bytes=20-10', 100, 'unsatisfiable'],
    ['bytes=-0', 100, 'unsatisfiable'],
    ['bytes=0-', 0, 'unsatisfiable'],
  ])('%s of %i bytes is %o', (header, size, expected) => {
    expect(parseRange(header, size)).toEqual(expected);
  });

  it('never leaves the file', () => {
    fc.assert(
      fc.property(fc.nat(), fc.option(fc.nat()), fc.option(fc.nat()), (size, from, to) => {
        const range = parseRange(
          `bytes=${from === null ? '' : String(from)}-${to === null ? '' : String(to)}`,
          size,
        );
        if (!Array.isArray(range)) return;
        expect(range[0]).toBeGreaterThanOrEqual(0);
        expect(range[1]).toBeGreaterThanOrEqual(range[0]);
        expect(range[1]).toBeLessThan(size);
      }),
    );
  });
});
