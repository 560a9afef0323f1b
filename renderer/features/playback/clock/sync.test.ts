import fc from 'fast-check';
import { expect, test } from 'vitest';
import { correction } from './sync';

test('large differences are jumped over, small ones made up, tiny ones left', () => {
  expect(correction(0.6, 1)).toEqual({ kind: 'seek' });
  expect(correction(-0.6, 2)).toEqual({ kind: 'none', rate: 2.5 });
  expect(correction(0.003, 1)).toEqual({ kind: 'none', rate: 1 });
  expect(correction(0.02, 0)).toEqual({ kind: 'seek' });
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
