import { describe, expect, it } from 'vitest';
import type { HappenedFault } from './judge';
import { findGaps, findOverlaps, frozenUnsignalled, slopePerHour } from './judge';
import type { FaultKind } from './plan';

const RULES = { recoverWithinMs: 10_000 };
const fault = (
  kind: FaultKind,
  camera: number | null,
  beganMs: number,
  endedMs = beganMs,
): HappenedFault => ({
  ...{ kind, camera, beganMs, endedMs },
  ...{ atMs: beganMs, lastsMs: endedMs - beganMs, severity: 0 },
});
const footage = (...edges: number[]) =>
  Array.from({ length: edges.length / 2 }, (_, index) => ({
    startMs: edges[index * 2] ?? 0,
    endMs: edges[index * 2 + 1] ?? 0,
  }));

describe('gaps of a soak', () => {
  it('explains a gap by the fault of the camera and tells how long footage took to go on', () => {
    const stall = fault('stall', 1, 20_000, 26_000);
    const gaps = findGaps(1, footage(0, 10_000, 10_000, 20_100, 28_000, 40_000), [stall], RULES);
    expect(gaps).toEqual([{ camera: 1, startMs: 20_100, endMs: 28_000, fault: stall, recoveryMs: 2_000 }]);
  });

  it.each([
    ['of another camera', [fault('stall', 2, 20_000, 26_000)]],
    ['that recording must not notice', [fault('page-killed', null, 20_000)]],
    ['that was over long before', [fault('stall', 1, 5_000, 9_000)]],
    ['from which it did not recover in time', [fault('cut', 1, 20_000, 17_000)]],
    ['that came afterwards', [fault('cut', 1, 27_500)]],
    ['that it had recovered from before', [fault('cut', 1, 6_000, 9_000)]],
  ])('is not explained by a fault %s', (_, faults) => {
    const gaps = findGaps(1, footage(0, 20_100, 28_000, 40_000), faults, RULES);
    expect(gaps).toMatchObject([{ fault: null, recoveryMs: null }]);
  });

  it('is explained by several faults together when no moment is left between them', () => {
    const faults = [fault('cut', 1, 20_000, 22_000), fault('stall', 1, 29_000, 34_000)];
    const gap = footage(0, 20_100, 36_000, 40_000);
    expect(findGaps(1, gap, faults, RULES)).toMatchObject([{ fault: faults[1], recoveryMs: 2_000 }]);
    expect(findGaps(1, gap, faults.slice(0, 1), RULES)).toMatchObject([{ fault: null }]);
    const late = [fault('cut', 1, 20_000, 22_000), fault('stall', 1, 35_500, 35_600)];
    expect(findGaps(1, gap, late, RULES)).toMatchObject([{ fault: null }]);
  });

  it('is no gap within the interval of key frames, nor behind footage that overlaps', () => {
    expect(findGaps(0, footage(0, 10_000, 11_000, 20_000), [], RULES)).toEqual([]);
    expect(findGaps(0, footage(0, 30_000, 10_000, 20_000, 30_000, 40_000), [], RULES)).toEqual([]);
    expect(findOverlaps(2, footage(0, 30_000, 10_000, 20_000, 30_000, 40_000))).toEqual([
      { camera: 2, first: { startMs: 0, endMs: 30_000 }, second: { startMs: 10_000, endMs: 20_000 } },
    ]);
  });
});

describe('frozen tiles', () => {
  const at = (atMs: number, state: string, frames: number) => ({ atMs, camera: 0, state, frames });

  it('are found once when the tile goes on saying live', () => {
    const samples = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((second) => at(second * 1000, 'live', 50));
    expect(frozenUnsignalled(samples, 6_000)).toEqual([at(7_000, 'live', 50)]);
  });

  it('are fine when the tile says so, or moves', () => {
    const said = [at(0, 'live', 5), at(4_000, 'stalled', 5), at(20_000, 'live', 5), at(22_000, 'live', 9)];
    expect(frozenUnsignalled(said, 6_000)).toEqual([]);
    const moving = [0, 5, 10, 15].map((second) => at(second * 1000, 'live', second));
    expect(frozenUnsignalled(moving, 6_000)).toEqual([]);
  });
});

it('tells growth by the hour', () => {
  const points = [0, 1, 2, 3].map((minute) => ({ atMs: minute * 60_000, value: 100 + minute }));
  expect(slopePerHour(points)).toBeCloseTo(60);
  expect(slopePerHour(points.slice(0, 2))).toBeNaN();
});
