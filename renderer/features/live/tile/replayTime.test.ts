import { expect, test } from 'vitest';
import type { ReplayClip } from './replayTime';
import { replayedAt, speedBeside } from './replayTime';

const clip: ReplayClip = { id: 'r', url: 'vas-media://replays/r', start: 100_000, end: 130_000, seconds: 30 };

test('the time of a replay is the time at which its picture was taken', () => {
  expect([0, 12.5, 30, 31].map((at) => replayedAt(clip, at))).toEqual([100_000, 112_500, 130_000, 130_000]);
});

test('of a clip with a hole the end is right', () => {
  expect(replayedAt({ ...clip, seconds: 20 }, 20)).toBe(130_000);
  expect(replayedAt({ ...clip, seconds: 20 }, 10)).toBe(120_000);
});

test('speeds have a slowest and a fastest', () => {
  expect(speedBeside(1, 1)).toBe(2);
  expect(speedBeside(1, -1)).toBe(0.5);
  expect(speedBeside(4, 1)).toBe(4);
  expect(speedBeside(0.25, -1)).toBe(0.25);
});
