import { setTimeout as delay } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { SimulatedClock } from '../base/simulatedClock';
import { monitorEventLoop } from './eventLoop';

function setUp() {
  const clock = new SimulatedClock();
  const monitor = monitorEventLoop(clock);
  onTestFinished(() => void monitor.dispose());
  /** Whether it samples: what was never begun, or has ended, answers zeros, however late the loop is. */
  const isSampling = async (): Promise<boolean> => {
    await delay(30);
    const until = performance.now() + 80;
    while (performance.now() < until);
    await delay(60);
    return monitor.read().max > 20;
  };
  return { clock, monitor, isSampling };
}

it('samples from the first question on, and keeps the worst for whoever asks seldom', async () => {
  const { monitor, isSampling } = setUp();
  expect(monitor.read()).toEqual({ p50: 0, p99: 0, max: 0 });
  expect(await isSampling()).toBe(true);
  expect(monitor.takeWorst()).toBeGreaterThan(20);
  expect(monitor.takeWorst()).toBe(0);
});

it('sleeps a minute after a single question', async () => {
  const { clock, monitor, isSampling } = setUp();
  monitor.read();
  await clock.advance(59_000);
  expect(await isSampling()).toBe(true);
  await clock.advance(60_001);
  expect(await isSampling()).toBe(false);
});

it('sleeps twenty seconds after a screen that asked every two', async () => {
  const { clock, monitor, isSampling } = setUp();
  for (let n = 0; n < 4; n++) {
    monitor.read();
    await delay(45);
    await clock.advance(2_000);
  }
  monitor.read();
  await clock.advance(19_000);
  await delay(45);
  await clock.advance(1_001);
  expect(await isSampling()).toBe(false);
});
