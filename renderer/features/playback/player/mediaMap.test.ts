import { expect, test } from 'vitest';
import { locate, wallAt } from './mediaMap';

const parts = [
  { wall: 1000, media: 0, seconds: 2 },
  { wall: 3010, media: 2.01, seconds: 2 },
  // A gap of a minute takes no time on the player's time line.
  { wall: 65_010, media: 4.01, seconds: 2 },
];

test('a moment is found in footage, in a gap, before and behind it', () => {
  expect(locate(parts, 2000)).toEqual({ kind: 'media', seconds: 1 });
  expect(locate(parts, 3005)).toEqual({ kind: 'media', seconds: 2.01 });
  expect(locate(parts, 30_000)).toEqual({ kind: 'gap', from: 5010, to: 65_010 });
  expect(locate(parts, 66_010)).toEqual({ kind: 'media', seconds: 5.01 });
  expect(locate(parts, 500)).toEqual({ kind: 'before' });
  expect(locate(parts, 90_000)).toEqual({ kind: 'after' });
  expect(locate([], 90_000)).toEqual({ kind: 'before' });
});

test('a part is spread over the time that it took by the wall clock', () => {
  const slewed = [
    { wall: 1000, media: 0, seconds: 10 },
    { wall: 10_995, media: 10, seconds: 10 },
    { wall: 21_020, media: 20, seconds: 10 },
  ];
  expect(locate(slewed, 1000 + 9 * 999.5)).toEqual({ kind: 'media', seconds: 9 });
  expect(wallAt(slewed, 9)).toBeCloseTo(1000 + 9 * 999.5, 6);
  // Further off than a clock is slewed, it is none.
  expect(locate(slewed, 10_995 + 9000)).toEqual({ kind: 'media', seconds: 19 });
  expect(wallAt(slewed, 19)).toBeCloseTo(10_995 + 9000, 6);
});

test('the player’s time leads back to the wall clock', () => {
  expect(wallAt(parts, 1)).toBe(2000);
  expect(wallAt(parts, 5.01)).toBeCloseTo(66_010, 3);
  expect(wallAt([], 1)).toBeNull();
  expect(wallAt([{ wall: 1000, media: 0, seconds: 0 }], 0)).toBe(1000);
});
