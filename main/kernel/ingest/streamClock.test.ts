import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { SimulatedClock } from '../../base/simulatedClock';
import { silentLogger } from '../../base/logger';
import { RunClock } from './runClock';
import { slew, SLEW_PPM, StreamTime } from './streamTime';

const HOUR_US = 3_600_000_000;
const log = silentLogger();

describe('StreamTime', () => {
  it('is the system clock while that behaves', async () => {
    const clock = new SimulatedClock();
    const time = new StreamTime(clock, log);
    await clock.advance(60_000);
    expect(time.nowUs()).toBe(clock.wallUs());
  });

  it.each([HOUR_US, -HOUR_US])('follows a step of %d us by 500 ppm and logs it once', async (step) => {
    const clock = new SimulatedClock();
    const logger = silentLogger();
    const warn = vi.spyOn(logger, 'warn');
    const time = new StreamTime(clock, logger);
    const before = time.nowUs();
    clock.stepWall(step);
    expect(time.nowUs()).toBe(before);
    for (let i = 0; i < 10; i++) {
      await clock.advance(10_000);
      time.nowUs();
    }
    expect(time.nowUs() - before - 100e6).toBeCloseTo((Math.sign(step) * 100e6 * SLEW_PPM) / 1e6, 0);
    expect(warn).toHaveBeenCalledTimes(1);
  });

  it('follows a clock that is disciplined by 300 ppm without lagging', async () => {
    const clock = new SimulatedClock();
    const time = new StreamTime(clock, log);
    for (let i = 0; i < 100; i++) {
      await clock.advance(1000);
      clock.stepWall(300);
      expect(Math.abs(time.nowUs() - clock.wallUs())).toBeLessThan(1);
    }
  });

  it('the sleep of the computer has passed at once, a clock that was set meanwhile only slowly', async () => {
    const clock = new SimulatedClock();
    let sleptSeconds = 0;
    const time = new StreamTime(clock, log, () => clock.monotonicUs() / 1e6 + sleptSeconds);
    const sleep = (seconds: number) => {
      // The monotonic clock stands still meanwhile.
      sleptSeconds += seconds;
      clock.stepWall(seconds * 1e6);
    };
    const run = new RunClock(clock, time, 0);
    for (let second = 1; second <= 5; second++) {
      await clock.advance(1000);
      run.sample(second);
    }
    const before = clock.wallUs();
    expect(Math.abs(time.nowUs() - before)).toBeLessThan(1000);
    sleep(8 * 3600);
    expect(time.nowUs() - before).toBeCloseTo(8 * HOUR_US, -3);
    // The run after it begins when it begins, and what is between is a gap and not overlap.
    const next = new RunClock(clock, time, run.endUs());
    expect(Math.abs(next.wallUsAt(0) - clock.wallUs())).toBeLessThan(1000);
    expect(next.wallUsAt(0) - run.endUs()).toBeGreaterThan(8 * HOUR_US - 1_000_000);

    // It slept for an hour, and the clock was set back by ten minutes before anybody looked.
    const asleep = time.nowUs();
    sleep(3600);
    clock.stepWall(-600e6);
    expect(time.nowUs() - asleep).toBeCloseTo(HOUR_US, -3);
    // Set without sleep.
    clock.stepWall(HOUR_US);
    expect(time.nowUs() - asleep).toBeCloseTo(HOUR_US, -3);
  });
});

/** A camera whose pictures are sent by its own clock and arrive late by a varying delay. */
async function play(options: {
  clock: SimulatedClock;
  run: RunClock;
  seconds: number;
  /** Speed of the camera's clock against ours, ppm. */
  driftPpm?: number;
  delayMs?: (step: number) => number;
  each?: (mediaSeconds: number, step: number) => void;
}): Promise<void> {
  const { clock, run, seconds } = options;
  const startUs = clock.monotonicUs();
  for (let step = 1; step <= seconds * 2; step++) {
    await clock.advance(500);
    const elapsed = (clock.monotonicUs() - startUs) / 1e6 - (options.delayMs?.(step) ?? 0) / 1000;
    const media = elapsed * (1 + (options.driftPpm ?? 0) / 1e6);
    if (media > 0) run.sample(media);
    options.each?.(media, step);
  }
}

function fresh(floorUs = 0): { clock: SimulatedClock; time: StreamTime; run: RunClock } {
  const clock = new SimulatedClock();
  const time = new StreamTime(clock, log);
  return { clock, time, run: new RunClock(clock, time, floorUs) };
}

describe('RunClock', () => {
  it('takes the earliest arrival, so that delays do not shift the footage', async () => {
    const { clock, run } = fresh();
    const startUs = clock.wallUs();
    await play({ clock, run, seconds: 10, delayMs: (step) => (step === 3 ? 20 : 400) });
    expect(run.wallUsAt(5) - startUs).toBeGreaterThanOrEqual(5_020_000 - 1);
    expect(run.wallUsAt(5) - startUs).toBeLessThan(5_050_000);
  });

  it('answers before the first picture', () => {
    const { clock, run } = fresh();
    expect(run.wallUsAt(0)).toBe(clock.wallUs());
    expect(run.endUs()).toBe(clock.wallUs());
  });

  it.each([500, -500, 50])(
    'follows a camera whose clock is off by %d ppm for ten minutes',
    async (driftPpm) => {
      const { clock, run } = fresh();
      let worst = 0;
      await play({
        clock,
        run,
        seconds: 600,
        driftPpm,
        each: (media) => (worst = Math.max(worst, Math.abs(run.wallUsAt(media) - clock.wallUs()))),
      });
      // The window lets it lag by the drift of five seconds.
      expect(worst).toBeLessThan(5000);
    },
  );

  it.each([HOUR_US, -HOUR_US])(
    'does not tear the footage when the system clock steps by %d us',
    async (step) => {
      const { clock, run } = fresh();
      await play({ clock, run, seconds: 10 });
      const before = run.wallUsAt(10);
      clock.stepWall(step);
      const startUs = clock.monotonicUs();
      for (let i = 1; i <= 120; i++) {
        await clock.advance(500);
        run.sample(10 + (clock.monotonicUs() - startUs) / 1e6);
      }
      const moved = run.wallUsAt(70) - before - 60e6;
      expect(Math.sign(moved)).toBe(Math.sign(step));
      expect(Math.abs(moved)).toBeLessThanOrEqual(60e6 * (SLEW_PPM / 1e6) + 1);
      expect(Math.abs(run.divergenceSeconds())).toBeLessThan(0.1);
    },
  );

  it('tells a backlog and a camera whose clock runs away', async () => {
    const { clock, run } = fresh();
    await play({ clock, run, seconds: 10 });
    const startUs = clock.monotonicUs();
    await clock.advance(12_000);
    run.sample(10 + (clock.monotonicUs() - startUs) / 1e6 - 11);
    expect(run.divergenceSeconds()).toBeGreaterThan(10);
    await clock.advance(500);
    run.sample(10 + 12.5 + 40);
    expect(run.divergenceSeconds()).toBeLessThan(-30);
  });

  it('AR-3: a camera whose clock is set forward carries nothing into the future, nor the run after it', async () => {
    const clock = new SimulatedClock();
    const time = new StreamTime(clock, log);
    const run = new RunClock(clock, time, 0);
    for (let media = 0; media < 30; media += 0.5) {
      await clock.advance(500);
      run.sample(media);
    }
    const before = run.wallUsAt(29.5);
    expect(run.trueUntil(29.5)).toBeNull();
    await clock.advance(500);
    run.sample(3_600);
    expect(run.divergenceSeconds()).toBeLessThan(-3_500);
    expect(run.wallUsAt(3_600)).toBeLessThanOrEqual(time.nowUs() + 1e6);
    expect(run.wallUsAt(3_600)).toBeGreaterThanOrEqual(before);
    expect(run.trueUntil(3_600)).toBeCloseTo(31, 5);
    // What was true stays so, however late it is asked.
    await clock.advance(10_000);
    expect(run.trueUntil(30)).toBeNull();
    expect(run.trueUntil(3_600)).toBeCloseTo(31, 5);
    const next = new RunClock(clock, time, run.endUs());
    next.sample(0);
    expect(next.wallUsAt(0)).toBeLessThanOrEqual(time.nowUs());
  });

  it('starts a new run after the end of the one before, whatever the system clock does between', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: -HOUR_US, max: HOUR_US }),
        fc.integer({ min: 0, max: 5000 }),
        fc.integer({ min: 0, max: 3000 }),
        async (stepUs, gapMs, delayMs) => {
          const { clock, time, run } = fresh();
          await play({ clock, run, seconds: 4, delayMs: () => delayMs });
          const endUs = run.endUs();
          clock.stepWall(stepUs);
          await clock.advance(gapMs);
          const next = new RunClock(clock, time, endUs);
          expect(next.wallUsAt(0)).toBeGreaterThanOrEqual(endUs);
          await play({ clock, run: next, seconds: 3 });
          expect(next.wallUsAt(0)).toBeGreaterThanOrEqual(endUs);
          // The gap is told as it was, not as the step would have it.
          expect(next.wallUsAt(0) - endUs).toBeLessThan(gapMs * 1000 + delayMs * 1000 + 100_000);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('never goes backwards and never faster than the slew, whatever happens', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            delayMs: fc.integer({ min: 0, max: 900 }),
            stepUs: fc.oneof(fc.constant(0), fc.integer({ min: -HOUR_US, max: HOUR_US })),
          }),
          { minLength: 10, maxLength: 40 },
        ),
        fc.integer({ min: -500, max: 500 }),
        async (events, driftPpm) => {
          const { clock, run } = fresh();
          let last = { media: -1, wallUs: 0, monotonicUs: 0 };
          const startUs = clock.monotonicUs();
          for (const [index, event] of events.entries()) {
            await clock.advance(500);
            clock.stepWall(event.stepUs);
            const media =
              ((clock.monotonicUs() - startUs) / 1e6) * (1 + driftPpm / 1e6) - event.delayMs / 1000;
            if (media <= Math.max(0, last.media)) continue;
            // Media that advances by less than the slew may be held where the last answer was.
            const slewed = (clock.monotonicUs() - last.monotonicUs) * (SLEW_PPM / 1e6);
            if (last.media > 0 && (media - last.media) * 1e6 < 2 * slewed) continue;
            run.sample(media);
            const wallUs = run.wallUsAt(media);
            expect(wallUs).toBeGreaterThanOrEqual(last.wallUs);
            if (index > 6 && last.media > 0) {
              const error = wallUs - last.wallUs - (media - last.media) * 1e6;
              const allowed = (clock.monotonicUs() - last.monotonicUs) * (SLEW_PPM / 1e6) + 2;
              expect(Math.abs(error)).toBeLessThanOrEqual(allowed);
            }
            last = { media, wallUs, monotonicUs: clock.monotonicUs() };
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('slew', () => {
  it('reaches a near target and only approaches a far one', () => {
    expect(slew(0, 100, 1_000_000)).toBe(100);
    expect(slew(0, 10_000, 1_000_000)).toBe(500);
    expect(slew(0, -10_000, 1_000_000)).toBe(-500);
    expect(slew(0, 10_000, -1)).toBe(0);
  });
});
