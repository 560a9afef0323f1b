import fc from 'fast-check';
import { expect, test } from 'vitest';
import { motionRange } from './motionRange';

const MINUTE_US = 60_000_000;

test('columns shorter than a minute are asked for as they are, a second at least', () => {
  expect(motionRange(5, 90_000_005, 100_000)).toEqual({ fromUs: 5, toUs: 90_000_005, bucketSeconds: 1 });
  expect(motionRange(0, MINUTE_US, 12_400_000).bucketSeconds).toBe(12);
});

test('longer ones are whole minutes that hold the range', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 2 ** 50 }),
      fc.integer({ min: 1, max: 2 ** 44 }),
      fc.integer({ min: MINUTE_US, max: 2 ** 40 }),
      (fromUs, length, stepUs) => {
        const range = motionRange(fromUs, fromUs + length, stepUs);
        expect(range.bucketSeconds % 60).toBe(0);
        expect(range.fromUs % MINUTE_US).toBe(0);
        expect(range.toUs % MINUTE_US).toBe(0);
        expect(range.fromUs <= fromUs && fromUs - range.fromUs < MINUTE_US).toBe(true);
        expect(range.toUs >= fromUs + length && range.toUs - fromUs - length < MINUTE_US).toBe(true);
      },
    ),
  );
});
