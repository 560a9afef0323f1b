import { describe, expect, it } from 'vitest';
import type { Clock } from '../../base/clock';
import type { LivenessLimits } from './liveness';
import { Liveness, limitsFor, socketTimeoutMs } from './liveness';
import { INFO } from './testing/fakes';

/** A clock whose timer fires only when the test says so, as on a machine that sleeps. */
function sleepyClock() {
  let nowUs = 0;
  let pending: { dueUs: number; callback: () => void } | null = null;
  const clock: Clock = {
    wallUs: () => nowUs,
    monotonicUs: () => nowUs,
    after: (ms, callback) => {
      const timer = { dueUs: nowUs + ms * 1000, callback };
      pending = timer;
      return {
        cancel: () => {
          if (pending === timer) pending = null;
        },
      };
    },
    every: () => {
      throw new Error('it shall not wake up periodically');
    },
  };
  return {
    clock,
    get waits() {
      return pending !== null;
    },
    pass(ms: number) {
      nowUs += ms * 1000;
      const due = pending;
      if (due === null || nowUs < due.dueUs) return;
      pending = null;
      due.callback();
    },
  };
}

function watch(limits: LivenessLimits = { startMs: 8000, stallMs: 3500 }) {
  const time = sleepyClock();
  const events: string[] = [];
  const liveness = new Liveness(time.clock, limits, {
    onRunning: () => events.push('running'),
    onLost: (why) => events.push(why),
  });
  const progress = (frames: number, mediaSeconds: number): void =>
    liveness.progress({ frames, mediaSeconds, ended: false });
  return { time, events, liveness, progress };
}

describe('Liveness', () => {
  it('does not blame the camera for a machine that slept', () => {
    const { time, events, progress } = watch();
    progress(5, 0.3);
    time.pass(250);
    time.pass(60_000);
    expect(events).toEqual(['running']);
    progress(20, 1);
    for (let i = 0; i < 13; i++) time.pass(250);
    expect(events).toEqual(['running']);
    for (let i = 0; i < 2; i++) time.pass(250);
    expect(events).toEqual(['running', 'stalled']);
  });

  it('says it once and lets its timer go', () => {
    const { time, events } = watch();
    for (let i = 0; i < 100; i++) time.pass(250);
    expect(events).toEqual(['no_answer']);
    expect(time.waits).toBe(false);
  });

  it('takes reports that repeat themselves for silence', () => {
    const { time, events, progress } = watch();
    progress(5, 0.3);
    for (let i = 0; i < 20; i++) {
      progress(5, 0.3);
      time.pass(250);
    }
    expect(events).toEqual(['running', 'stalled']);
  });
});

describe('a camera whose rate could not be measured', () => {
  const unmeasured = { ...INFO.video, fps: null };

  /** Lets time pass in steps of a quarter second. */
  function pass(time: ReturnType<typeof sleepyClock>, seconds: number): void {
    for (let step = 0; step < seconds * 4; step++) time.pass(250);
  }

  it.each([0.4, 0.25, 0.1])('runs with %d pictures a second', (fps) => {
    const { time, events, progress } = watch(limitsFor(unmeasured));
    for (let picture = 1; picture <= 30; picture++) {
      pass(time, 1 / fps);
      progress(picture, picture / fps);
    }
    expect(events).toEqual(['running']);
    pass(time, Math.max(3.5, 3 / fps) - 0.25);
    expect(events).toEqual(['running']);
    pass(time, 0.25);
    expect(events).toEqual(['running', 'stalled']);
  });

  it('is missed as soon as any other one when its pictures come as often', () => {
    const { time, events, progress } = watch(limitsFor(unmeasured));
    for (let report = 1; report <= 4; report++) {
      pass(time, 0.5);
      progress(report * 8, report / 2);
    }
    pass(time, 3.5);
    expect(events).toEqual(['running', 'stalled']);
  });

  it('is not taken for a fast one because it gives out kept pictures at once', () => {
    const { time, events, progress } = watch(limitsFor(unmeasured));
    for (let picture = 1; picture <= 12; picture++) {
      time.pass(50);
      progress(picture, picture * 5);
    }
    pass(time, 10);
    expect(events).toEqual(['running']);
  });

  it('may say nothing for as long as that, also to FFmpeg', () => {
    expect(socketTimeoutMs(unmeasured)).toBe(30_000);
    expect(socketTimeoutMs(INFO.video)).toBe(5000);
    expect(limitsFor(INFO.video)).toMatchObject({ stallMs: 3500, isPaceUnknown: false });
  });
});
