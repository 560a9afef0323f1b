import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SimulatedClock } from './simulatedClock';
import type { ClockEvent } from './clockWatch';
import { ClockWatch } from './clockWatch';

/** A computer: its clock, and how long it slept. */
function computer() {
  const clock = new SimulatedClock();
  let sleptUs = 0;
  const watch = new ClockWatch(clock, () => (clock.monotonicUs() + sleptUs) / 1e6);
  return {
    clock,
    watch,
    sleep: (us: number) => {
      // While it sleeps the monotonic clock stands still, the wall clock and the time since boot go on.
      sleptUs += us;
      clock.stepWall(us);
    },
  };
}

test.each([5_000_000, -5_000_000, 86_400_000_000])('a step of %i us is seen once', async (stepUs) => {
  const { clock, watch } = computer();
  await clock.advance(1000);
  clock.stepWall(stepUs);
  expect(watch.look()).toEqual([{ kind: 'stepped', stepUs }]);
  await clock.advance(1000);
  expect(watch.look()).toEqual([]);
});

test('small corrections and passing time are nothing', async () => {
  const { clock, watch } = computer();
  for (let second = 0; second < 100; second++) {
    await clock.advance(1000);
    clock.stepWall(second % 2 === 0 ? 500_000 : -500_000);
    expect(watch.look()).toEqual([]);
  }
});

test('sleep is told apart from a clock that was set', () => {
  const { clock, watch, sleep } = computer();
  sleep(3_600_000_000);
  expect(watch.look()).toEqual([{ kind: 'slept', sleptUs: 3_600_000_000 }]);
  sleep(60_000_000);
  clock.stepWall(-10_000_000);
  expect(watch.look()).toEqual<ClockEvent[]>([
    { kind: 'slept', sleptUs: 60_000_000 },
    { kind: 'stepped', stepUs: -10_000_000 },
  ]);
});

test('whatever happens, all steps beyond two seconds are seen with their size', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1e10, max: 1e10 }), { maxLength: 20 }), (steps) => {
      const { clock, watch } = computer();
      for (const stepUs of steps) {
        clock.stepWall(stepUs);
        expect(watch.look()).toEqual(Math.abs(stepUs) >= 2e6 ? [{ kind: 'stepped', stepUs }] : []);
      }
    }),
  );
});
