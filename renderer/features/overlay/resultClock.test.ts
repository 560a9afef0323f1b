import { expect, test } from 'vitest';
import { DECODER_BEHIND, ResultClock } from './resultClock';

const WALL = 1_700_000_000_000;
const frame = (ptsMs: number, epoch = 1) => ({
  ...{ id: 1, epoch, pts_us: ptsMs * 1000, width: 2, height: 2 },
  timestamp: 'of the recording',
});

test('results are laid over the clock of arrivals, however long the model took', () => {
  const clock = new ResultClock();
  // Frame i came 40 * i ms after WALL and two pictures later from the decoder.
  for (let index = 0; index < 40; index += 5) {
    const latency = 80 + ((index * 37) % 300);
    const busy = index % 2 === 0 ? 0 : 60;
    const given = WALL + index * 40 + DECODER_BEHIND * 40 + busy;
    clock.take({ frame: frame(5_000 + index * 40), latency_ms: latency }, given + latency);
  }
  expect(clock.wallOf(5_000, 40)).toBeCloseTo(WALL, 3);
  expect(clock.wallOf(5_400, 40)).toBeCloseTo(WALL + 400, 3);
});

test('media time that starts anew is another clock', () => {
  const clock = new ResultClock();
  clock.take({ frame: frame(90_000), latency_ms: 100 }, WALL + 180);
  const media = clock.take({ frame: frame(0, 2), latency_ms: 100 }, WALL + 1_180);
  expect(clock.wallOf(media, 40)).toBeCloseTo(WALL + 1_000, 3);
});

test('a result without a time is passed over', () => {
  expect(new ResultClock().take({ frame: frame(Number.NaN), latency_ms: 1 }, WALL)).toBeNaN();
});
