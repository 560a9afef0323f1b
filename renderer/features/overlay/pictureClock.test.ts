import { expect, test } from 'vitest';
import { ASSUMED_DELAY_MS, PictureClock } from './pictureClock';

const WALL = 1_700_000_000_000;

/** Pictures every 40 ms that are shown 60 ms after they came; `lateMs` is how late packet i came. */
function played(
  lateMs: (index: number) => number,
  options: { start?: number; count?: number } = {},
): { clock: PictureClock; times: number[]; arrivals: number[] } {
  const { start = 4_294_900_000, count = 500 } = options;
  const clock = new PictureClock();
  const [times, arrivals]: [number[], number[]] = [[], []];
  for (let index = 0; index < count; index++) {
    const receiveTime = 1_000 + index * 40 + lateMs(index);
    const now = receiveTime + 60;
    const rtpTimestamp = (start + index * 3_600) % 2 ** 32;
    times.push(clock.show({ receiveTime, rtpTimestamp }, now, WALL + now));
    arrivals.push(clock.ofArrival(WALL + 1_000 + index * 40));
  }
  return { clock, times, arrivals };
}

test('the clock follows RTP time, across its wrap', () => {
  const { times } = played(() => 0);
  times.forEach((time, index) => expect(time - (times[0] ?? 0)).toBeCloseTo(index * 40, 6));
});

test('a time stamp is the time of its very picture, before and after the wrap, whatever is on screen', () => {
  const { clock, times } = played((index) => (index * 7919) % 31, { count: 30 });
  times.forEach((time, index) =>
    expect(clock.ofStamp((4_294_900_000 + index * 3_600) % 2 ** 32)).toBeCloseTo(time, 6),
  );
  expect(clock.ofStamp((4_294_900_000 + 40 * 3_600) % 2 ** 32)).toBeCloseTo((times[0] ?? 0) + 1_600, 6);
});

test('a time stamp of another run is far from everything', () => {
  const { clock, times } = played(() => 0, { count: 30 });
  expect(Math.abs((clock.ofStamp(900_000_000) ?? 0) - (times.at(-1) ?? 0))).toBeGreaterThan(60_000);
});

test('what is known by its arrival alone meets its picture, whatever the jitter', () => {
  const { times, arrivals } = played((index) => (index === 0 ? 0 : (index * 7919) % 31));
  arrivals.forEach((arrival, index) => expect(arrival).toBeCloseTo(times[index] ?? 0, 3));
});

test('a late first picture does no harm for long', () => {
  const { times, arrivals } = played((index) => (index === 0 ? 35 : 0));
  expect(arrivals[1]).toBeCloseTo(times[1] ?? 0, 3);
});

test('drift of the camera is followed', () => {
  // The camera is 500 ppm slow: after 20 s its pictures come 10 ms later than its own time says.
  const { clock, times } = played((index) => index * 40 * 0.0005, { count: 1_000 });
  const last = clock.ofArrival(WALL + 1_000 + 999 * 40 * 1.0005);
  expect(Math.abs(last - (times[999] ?? 0))).toBeLessThan(6);
});

test('another stream begins anew', () => {
  const clock = new PictureClock();
  clock.show({ receiveTime: 1_000, rtpTimestamp: 5 }, 1_050, WALL + 1_050);
  const shown = clock.show({ receiveTime: 1_040, rtpTimestamp: 900_000_000 }, 1_090, WALL + 1_090);
  expect(clock.ofArrival(WALL + 1_040)).toBeCloseTo(shown, 3);
  expect(clock.ofStamp(900_000_000)).toBeCloseTo(shown, 6);
});

test('without RTP time and arrival a fixed delay is assumed', () => {
  const clock = new PictureClock();
  expect(clock.show({}, 500, WALL)).toBe(WALL - ASSUMED_DELAY_MS);
  expect(clock.ofStamp(5)).toBeNull();
  expect(clock.ofArrival(WALL)).toBe(WALL);
});

test('the time between pictures is known although some are not presented', () => {
  const clock = new PictureClock();
  for (const [index, step] of [0, 1, 1, 2, 1, 3, 1, 2].entries()) {
    const at = 1_000 + index * 100;
    clock.show({ receiveTime: at, rtpTimestamp: step * 6_000 + index * 6_000 * 3 }, at, WALL + at);
  }
  expect(clock.intervalMs).toBeGreaterThan(30);
  expect(clock.intervalMs).toBeLessThanOrEqual(200);
});
