import { expect, it } from 'vitest';
import { SimulatedClock } from '../../base/simulatedClock';
import { SoundPause } from './soundPause';

const MINUTE_MS = 60_000;

it('lasts ten minutes, and ever longer up to a day while the sound goes on making trouble', async () => {
  const clock = new SimulatedClock();
  const pause = new SoundPause(clock);
  expect(pause.leftMs).toBe(0);
  const minutes: number[] = [];
  for (let round = 0; round < 10; round++) {
    const waitMs = pause.begin();
    expect(pause.leftMs).toBe(waitMs);
    minutes.push(waitMs / MINUTE_MS);
    await clock.advance(waitMs - 1000);
    expect(pause.leftMs).toBe(1000);
    await clock.advance(1000);
    expect(pause.leftMs).toBe(0);
    await clock.advance(5000);
  }
  expect(minutes).toEqual([10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440]);
});

it('is short again for sound that was good for as long as it was left out', async () => {
  const clock = new SimulatedClock();
  const pause = new SoundPause(clock);
  await clock.advance(pause.begin() + 5000);
  expect(pause.begin()).toBe(20 * MINUTE_MS);
  await clock.advance(40 * MINUTE_MS + 1);
  expect(pause.begin()).toBe(10 * MINUTE_MS);
});
