import { afterEach, expect, test, vi } from 'vitest';
import { playerKeys } from './playerKeys';

afterEach(() => vi.unstubAllGlobals());

/** A player as far as its keys look. */
function player(duration: number) {
  const video = { duration, currentTime: 1, pause: vi.fn() };
  vi.stubGlobal('document', { querySelector: () => video });
  return video;
}

test('steps by a picture, within the clip', () => {
  const video = player(2);
  expect(playerKeys.step(1)).toBe(true);
  expect(video.currentTime).toBeCloseTo(1.04);
  video.currentTime = 0;
  playerKeys.step(-1);
  expect(video.currentTime).toBe(0);
});

test('before the clip is known to the player there is nothing to step', () => {
  const video = player(Number.NaN);
  expect(playerKeys.step(1)).toBe(false);
  expect(video.currentTime).toBe(1);
});
