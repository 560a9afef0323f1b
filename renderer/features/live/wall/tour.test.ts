import { expect, test } from 'vitest';
import { pauseTour, progressOf, resumeTour, startTour, stepTour, tourAt, withLayouts } from './tour';

const plan = { layoutIds: ['a', 'b', 'c'], dwell: 10 };

function begun(now = 0) {
  const tour = startTour(plan, now);
  if (tour === null) throw new Error('the plan has layouts');
  return tour;
}

test('a tour without layouts does not begin; its dwell time has limits', () => {
  expect(startTour({ layoutIds: [], dwell: 10 }, 0)).toBeNull();
  expect(startTour({ layoutIds: ['a'], dwell: 0 }, 0)?.plan.dwell).toBe(5);
  expect(startTour({ layoutIds: ['a'], dwell: 1e9 }, 0)?.plan.dwell).toBe(3600);
});

test('goes round, one layout for each dwell time', () => {
  let tour = begun();
  expect(tourAt(tour, 9_999)).toBe(tour);
  const seen = [10_000, 20_000, 30_000, 40_000].map((now) => (tour = tourAt(tour, now)).at);
  expect(seen).toEqual([1, 2, 0, 1]);
});

test('late timers skip nothing: after a sleep the next layout stays a whole dwell time', () => {
  const tour = tourAt(begun(), 65_000);
  expect([tour.at, tour.since]).toEqual([1, 65_000]);
});

test('a pause does not count', () => {
  const paused = pauseTour(begun(), 4_000);
  expect(tourAt(paused, 100_000)).toBe(paused);
  expect(progressOf(paused, 100_000)).toBeCloseTo(0.4);
  const resumed = resumeTour(paused, 104_000);
  expect(progressOf(resumed, 104_000)).toBeCloseTo(0.4);
  expect(tourAt(resumed, 109_999).at).toBe(0);
  expect(tourAt(resumed, 110_000).at).toBe(1);
});

test('stepping by hand goes both ways and begins a whole dwell time', () => {
  expect(stepTour(begun(), -1, 5_000)).toMatchObject({ at: 2, since: 5_000, pausedAt: null });
  const paused = stepTour(pauseTour(begun(), 4_000), 1, 6_000);
  expect(paused).toMatchObject({ at: 1, pausedAt: 6_000 });
  expect(progressOf(paused, 50_000)).toBe(0);
});

test('layouts that are gone are left out', () => {
  const atC = stepTour(begun(), -1, 0);
  expect(withLayouts(atC, new Set(['a', 'b', 'c']))).toBe(atC);
  expect(withLayouts(atC, new Set(['a', 'c']))).toMatchObject({ at: 1, plan: { layoutIds: ['a', 'c'] } });
  expect(withLayouts(atC, new Set(['a']))).toMatchObject({ at: 0, plan: { layoutIds: ['a'] } });
  expect(withLayouts(atC, new Set())).toBeNull();
});
