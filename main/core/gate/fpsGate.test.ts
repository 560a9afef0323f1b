import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FrameTime, GateState } from './fpsGate';
import { afterDispatch, mayDispatch, rateOf } from './fpsGate';

const frameAt = (ptsUs: number, frameDurationUs: number | null = 40_000, epoch = 1): FrameTime => ({
  epoch,
  ptsUs,
  monotonicUs: ptsUs,
  frameDurationUs,
});

/** Times of the frames that a gate lets through. */
function dispatched(frames: readonly FrameTime[], fps: number): number[] {
  const rate = rateOf(fps) ?? 0;
  let state: GateState | null = null;
  const times: number[] = [];
  for (const frame of frames) {
    if (!mayDispatch(state, rate, frame)) continue;
    state = afterDispatch(state, rate, frame);
    times.push(frame.ptsUs);
  }
  return times;
}

const source = (fps: number, count: number): FrameTime[] =>
  Array.from({ length: count }, (_, index) =>
    frameAt(Math.round((index * 1e6) / fps), Math.round(1e6 / fps)),
  );

/** The most dispatches in any window that spans `periods` whole periods, both ends included up to rounding. */
function mostWithin(times: readonly number[], windowUs: number): number {
  let most = 0;
  let from = 0;
  times.forEach((time, to) => {
    while (time - (times[from] ?? 0) >= windowUs) from++;
    most = Math.max(most, to - from + 1);
  });
  return most;
}

describe('the gate of frames per second', () => {
  it('INV-44: lets everything pass without a limit and nothing with an invalid one', () => {
    expect(mayDispatch(null, rateOf(null), frameAt(0))).toBe(true);
    expect(mayDispatch(null, rateOf(undefined), frameAt(0))).toBe(true);
    for (const fps of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, '5', true, {}, []])
      expect(mayDispatch(null, rateOf(fps), frameAt(0)), String(fps)).toBe(false);
  });

  it('INV-42: decides without changing anything', () => {
    const state = Object.freeze(afterDispatch(null, 5_000, frameAt(0)));
    const answers = [1, 2, 3].map(() => mayDispatch(state, 5_000, frameAt(120_000)));
    expect(answers).toEqual([false, false, false]);
  });

  it.each([
    [10, 5],
    [12.5, 5],
    [15, 5],
    [25, 5],
    [29.97, 5],
    [30, 5],
    [12.5, 10],
    [29.97, 10],
    [30, 7],
    [25, 8],
    [15, 15],
    [29.97, 30],
    [30, 30],
  ])('a source of %s gives %s where it can, on average', (sourceFps, fps) => {
    const seconds = 120;
    const times = dispatched(source(sourceFps, Math.floor(sourceFps * seconds)), fps);
    expect(times.length / seconds / Math.min(fps, sourceFps)).toBeGreaterThanOrEqual(0.95);
    for (const periods of [1, 2, 5, fps, 10 * fps])
      expect(mostWithin(times, (periods * 1e6) / fps)).toBeLessThanOrEqual(periods + 1);
  });

  it('INV-41: never dispatches more than the window allows, whatever the source does', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 30 }),
        fc.array(fc.integer({ min: 1, max: 400_000 }), { minLength: 2, maxLength: 400 }),
        fc.integer({ min: 1_000, max: 400_000 }),
        fc.integer({ min: 1, max: 40 }),
        (fps, gaps, duration, periods) => {
          let at = 0;
          const frames = gaps.map((gap) => frameAt((at += gap), duration));
          const times = dispatched(frames, fps);
          expect(mostWithin(times, (periods * 1e6) / fps)).toBeLessThanOrEqual(periods + 1);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('INV-42: catches nothing up after a gap', () => {
    const before = source(25, 50);
    const after = source(25, 50).map((frame) => frameAt(frame.ptsUs + 60_000_000));
    const times = dispatched([...before, ...after], 5);
    expect(times.filter((time) => time >= 60_000_000).length).toBeLessThanOrEqual(11);
  });

  it('keeps the distance over a change of epoch by the monotonic clock', () => {
    const state = afterDispatch(null, 5_000, frameAt(90_000_000));
    const early: FrameTime = { epoch: 2, ptsUs: 0, monotonicUs: 90_050_000, frameDurationUs: 40_000 };
    const later: FrameTime = { epoch: 2, ptsUs: 200_000, monotonicUs: 90_250_000, frameDurationUs: 40_000 };
    expect(mayDispatch(state, 5_000, early)).toBe(false);
    expect(mayDispatch(state, 5_000, later)).toBe(true);
  });

  it('takes a changed rate up at once', () => {
    const state = afterDispatch(null, 1_000, frameAt(0));
    expect(mayDispatch(state, 1_000, frameAt(200_000))).toBe(false);
    expect(mayDispatch(state, 5_000, frameAt(200_000))).toBe(true);
  });

  it('does not drift over a day at 29.97', () => {
    const rate = rateOf(7) ?? 0;
    let state: GateState | null = null;
    let count = 0;
    for (let index = 0; index < 29.97 * 86_400; index++) {
      const frame = frameAt(Math.round((index * 1_001_000) / 30), 33_367);
      if (!mayDispatch(state, rate, frame)) continue;
      state = afterDispatch(state, rate, frame);
      count++;
    }
    expect(Math.abs(count / 86_400 - 7)).toBeLessThan(0.001);
  });
});
