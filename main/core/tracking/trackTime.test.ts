import { expect, test } from 'vitest';
import { TrackTime } from './trackTime';

test('frames that come late are not taken for movement', () => {
  const time = new TrackTime();
  const came = [1_000_000, 1_105_000, 1_190_000, 61_300_000];
  const times = came.map((monotonicUs, index) =>
    time.of({ epoch: 1, ptsUs: 5_000_000 + index * 100_000, monotonicUs }),
  );
  expect(times).toEqual([1_000_000, 1_100_000, 1_200_000, 1_300_000]);
});

test('media time that starts anew goes on by the monotonic clock', () => {
  const time = new TrackTime();
  expect(time.of({ epoch: 1, ptsUs: 90_000_000, monotonicUs: 1_000_000 })).toBe(1_000_000);
  expect(time.of({ epoch: 2, ptsUs: 40_000, monotonicUs: 4_000_000 })).toBe(4_000_000);
  expect(time.of({ epoch: 2, ptsUs: 140_000, monotonicUs: 4_099_000 })).toBe(4_100_000);
});

test('never goes back, also when the time of an epoch ran ahead', () => {
  const time = new TrackTime();
  time.of({ epoch: 1, ptsUs: 0, monotonicUs: 1_000_000 });
  const last = time.of({ epoch: 1, ptsUs: 10_000_000, monotonicUs: 10_900_000 });
  expect(time.of({ epoch: 2, ptsUs: 0, monotonicUs: 10_950_000 })).toBeGreaterThan(last);
});
