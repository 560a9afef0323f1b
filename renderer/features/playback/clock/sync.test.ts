import fc from 'fast-check';
import { expect, test } from 'vitest';
import { INTO_PICTURE, correction } from './sync';

test('large differences are jumped over, small ones made up, tiny ones left', () => {
  expect(correction(0.6, 1)).toEqual({ kind: 'seek' });
  expect(correction(-0.6, 2)).toEqual({ kind: 'none', rate: 2.5 });
  expect(correction(0.003, 1)).toEqual({ kind: 'none', rate: 1 });
  expect(correction(0.02, 0)).toEqual({ kind: 'seek' });
  expect(correction(0.01, 0)).toEqual({ kind: 'none', rate: 1 });
});

test('a step is made however short: pictures of a camera may follow each other closely', () => {
  for (const step of [0.01, -0.01, 0.001]) {
    expect(correction(INTO_PICTURE - step, 0, true)).toEqual({ kind: 'seek' });
    expect(correction(INTO_PICTURE, 0, true)).toEqual({ kind: 'none', rate: 1 });
  }
  // While it plays a jump that small is made up like any difference.
  expect(correction(0.003, 1, true)).toEqual({ kind: 'none', rate: 1 });
});

test('a tile that follows comes closer and settles', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -0.34, max: 0.34, noNaN: true }),
      fc.constantFrom(0.25, 0.5, 1, 2, 4),
      (start, rate) => {
        let ahead = start;
        for (let step = 0; step < 400; step++) {
          const act = correction(ahead, rate);
          if (act.kind === 'seek') throw new Error('too far');
          ahead += (act.rate - rate) / 60;
        }
        expect(Math.abs(ahead)).toBeLessThan(0.02);
      },
    ),
  );
});
