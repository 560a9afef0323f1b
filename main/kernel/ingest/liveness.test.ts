import { describe, expect, it } from 'vitest';
import type { Clock } from '../../base/clock';
import { Liveness } from './liveness';

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

function watch() {
  const time = sleepyClock();
  const events: string[] = [];
  const liveness = new Liveness(
    time.clock,
    { startMs: 8000, stallMs: 3500 },
    { onRunning: () => events.push('running'), onLost: (why) => events.push(why) },
  );
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
