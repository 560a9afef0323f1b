import { expect, test } from 'vitest';
import { ASSUMED_DELAY_MS, PictureClock } from './pictureClock';

const WALL = 1_700_000_000_000;

/** Pictures every 40 ms that are shown 60 ms after they came; `lateMs` is how late packet i came. */
function walls(
  lateMs: (index: number) => number,
  options: { start?: number; count?: number } = {},
): number[] {
  const { start = 4_294_900_000, count = 500 } = options;
  const clock = new PictureClock();
  return Array.from({ length: count }, (_, index) => {
    const receiveTime = 1_000 + index * 40 + lateMs(index);
    const now = receiveTime + 60;
    const rtpTimestamp = (start + index * 3_600) % 2 ** 32;
    return clock.wallOf({ receiveTime, rtpTimestamp }, now, WALL + now) - WALL;
  });
}

test('the clock follows RTP time, across its wrap, and not the jitter of arrival', () => {
  const late = (index: number) => (index === 0 ? 0 : (index * 7919) % 31);
  walls(late).forEach((wall, index) => expect(wall).toBeCloseTo(1_000 + index * 40, 3));
});

test('a late first picture does no harm for long', () => {
  const seen = walls((index) => (index === 0 ? 35 : 0));
  expect(seen[1]).toBeCloseTo(1_040, 3);
});

test('drift of the camera is followed', () => {
  // The camera is 500 ppm slow: after 20 s its pictures come 10 ms later than its own time says.
  const seen = walls((index) => index * 40 * 0.0005, { count: 1_000 });
  expect(Math.abs((seen[999] ?? 0) - (1_000 + 999 * 40 * 1.0005))).toBeLessThan(6);
});

test('another stream begins anew', () => {
  const clock = new PictureClock();
  clock.wallOf({ receiveTime: 1_000, rtpTimestamp: 5 }, 1_050, WALL + 1_050);
  expect(clock.wallOf({ receiveTime: 1_040, rtpTimestamp: 900_000_000 }, 1_090, WALL + 1_090)).toBeCloseTo(
    WALL + 1_040,
    3,
  );
});

test('without arrival times a fixed delay is assumed', () => {
  expect(new PictureClock().wallOf({}, 500, WALL)).toBe(WALL - ASSUMED_DELAY_MS);
});

test('the time between pictures is known although some are not presented', () => {
  const clock = new PictureClock();
  for (const [index, step] of [0, 1, 1, 2, 1, 3, 1, 2].entries()) {
    const at = 1_000 + index * 100;
    clock.wallOf({ receiveTime: at, rtpTimestamp: step * 6_000 + index * 6_000 * 3 }, at, WALL + at);
  }
  expect(clock.intervalMs).toBeGreaterThan(30);
  expect(clock.intervalMs).toBeLessThanOrEqual(200);
});
