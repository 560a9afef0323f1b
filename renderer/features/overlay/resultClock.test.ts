import { expect, test } from 'vitest';
import { DECODER_BEHIND, ResultClock } from './resultClock';

const WALL = 1_700_000_000_000;
const frame = (ptsMs: number, recordedMs: number, epoch = 1) => ({
  ...{ id: 1, epoch, pts_us: ptsMs * 1000, rtp: null, width: 2, height: 2 },
  timestamp: new Date(recordedMs).toISOString(),
});

test('a frame came at the wall clock of the recording, however long the model took', () => {
  const clock = new ResultClock();
  for (const latency of [30, 400, 90])
    expect(clock.wallOf({ frame: frame(0, WALL), latency_ms: latency }, WALL + 500 + latency, 100)).toBe(
      WALL,
    );
});

test('after a step of the system clock the time at which models got their frames counts', () => {
  const clock = new ResultClock();
  // The recording is an hour behind. Frame i came 40 * i ms after WALL and some pictures later from the decoder.
  const walls = Array.from({ length: 40 }, (_, index) => {
    const busy = index % 2 === 0 ? 0 : 60;
    const latency = 80 + ((index * 37) % 300);
    const given = WALL + index * 40 + DECODER_BEHIND * 40 + busy;
    const seen = { frame: frame(5_000 + index * 40, WALL - 3_600_000), latency_ms: latency };
    return clock.wallOf(seen, given + latency, 40);
  });
  walls.forEach((wall, index) => expect(wall).toBeCloseTo(WALL + index * 40, 3));
});

test('media time that starts anew is another clock', () => {
  const clock = new ResultClock();
  const old = WALL - 3_600_000;
  clock.wallOf({ frame: frame(90_000, old), latency_ms: 100 }, WALL + 300, 40);
  expect(clock.wallOf({ frame: frame(0, old, 2), latency_ms: 100 }, WALL + 1_300, 40)).toBeCloseTo(
    WALL + 1_200,
    3,
  );
});

test('a result without a time is passed over', () => {
  expect(new ResultClock().wallOf({ frame: frame(Number.NaN, WALL), latency_ms: 1 }, WALL, 40)).toBeNaN();
});
