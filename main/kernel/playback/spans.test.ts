import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coverageOf, divided, joined } from './spans';

const piece = (startUs: number, endUs: number, coveredUs = endUs - startUs) => ({
  startUs,
  endUs,
  coveredUs,
});

describe('the stretches of a time line', () => {
  it('joins segments that follow each other and keeps real gaps', () => {
    const { recorded, sparse } = coverageOf([piece(0, 60e6), piece(60.01e6, 120e6), piece(150e6, 180e6)], 1);
    expect(recorded).toEqual([
      [0, 120e6],
      [150e6, 180e6],
    ]);
    expect(sparse).toEqual([]);
  });

  it('bridges what is too short to be seen and says where', () => {
    const { recorded, sparse } = coverageOf(
      [piece(0, 3600e6, 3000e6), piece(3600e6, 7200e6), piece(7500e6, 10_800e6)],
      600e6,
    );
    expect(recorded).toEqual([[0, 10_800e6]]);
    expect(sparse).toEqual([
      [0, 3600e6],
      [7200e6, 7500e6],
    ]);
  });

  it('never invents time outside of the pieces', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(1e9), fc.integer({ min: 1, max: 1e7 }))),
        fc.nat(1e8),
        (raw, bridge) => {
          let at = 0;
          const pieces = raw.map(([gap, length]) => {
            const from = at + gap;
            at = from + length;
            return piece(from, at);
          });
          const { recorded } = coverageOf(pieces, bridge);
          for (const { startUs, endUs } of pieces)
            expect(recorded.some(([from, to]) => from <= startUs && to >= endUs)).toBe(true);
          const ends = new Set(pieces.flatMap(({ startUs, endUs }) => [startUs, endUs]));
          expect(recorded.flat().every((us) => ends.has(us))).toBe(true);
        },
      ),
    );
  });

  it('divides and joins', () => {
    expect(divided(0, 10, 4)).toEqual([
      [0, 3],
      [3, 5],
      [5, 8],
      [8, 10],
    ]);
    expect(
      joined(
        [
          [0, 1],
          [1, 2],
          [4, 5],
        ],
        0,
      ),
    ).toEqual([
      [0, 2],
      [4, 5],
    ]);
  });
});
