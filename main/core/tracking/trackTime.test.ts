import { expect, test } from 'vitest';
import { TrackTime } from './trackTime';

test('steps of the wall clock are not taken for movement', () => {
  const time = new TrackTime();
  const wall = [1_000_000, 1_105_000, 1_190_000, 61_300_000];
  const times = wall.map((wallUs, index) =>
    time.of({ epoch: 1, ptsUs: 5_000_000 + index * 100_000, wallUs }),
  );
  expect(times).toEqual([1_000_000, 1_100_000, 1_200_000, 1_300_000]);
});

test('media time that starts anew goes on by the wall clock', () => {
  const time = new TrackTime();
  expect(time.of({ epoch: 1, ptsUs: 90_000_000, wallUs: 1_000_000 })).toBe(1_000_000);
  expect(time.of({ epoch: 2, ptsUs: 40_000, wallUs: 4_000_000 })).toBe(4_000_000);
  expect(time.of({ epoch: 2, ptsUs: 140_000, wallUs: 4_099_000 })).toBe(4_100_000);
});
