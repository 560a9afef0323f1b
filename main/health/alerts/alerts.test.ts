import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { silentLogger } from '../../base/logger';
import { SimulatedClock } from '../../base/simulatedClock';
import { openStore } from '../../store/store';
import { NOW_US, optionsFor, temporaryFolder } from '../../store/testing/fixtures';
import type { AlertsOptions } from './alerts';
import { createAlerts } from './alerts';
import { HealthTick } from '../tick';

const DAY_MS = 86_400_000;

async function open(more: Partial<AlertsOptions> = {}) {
  const dataDir = path.join(await temporaryFolder(), 'data');
  const store = await openStore(optionsFor(dataDir));
  const clock = new SimulatedClock(NOW_US);
  const tick = new HealthTick(clock);
  let sleptUs = 0;
  const alerts = await createAlerts({
    sources: {
      statuses: () => [],
      shallRecord: () => false,
      onStatus: () => ({ dispose: () => undefined }),
      onCamerasChanged: () => ({ dispose: () => undefined }),
      recordingsSpace: () => Promise.resolve({ freeBytes: 9e12, totalBytes: 9e12, floorBytes: 1, device: 0 }),
      refusedSweep: () => null,
    },
    ...{ store, clock, log: silentLogger(), dataDir, uncleanEndUs: null, tick },
    bootSeconds: () => (clock.monotonicUs() + sleptUs) / 1e6,
    settings: () => ({ offlineAfterMs: 10_000, historyDays: 1 }),
    ...more,
  });
  onTestFinished(async () => {
    await alerts.dispose();
    tick.dispose();
    expect(clock.pendingTimers).toBe(0);
    await store.dispose();
  });
  const sleep = (us: number) => {
    sleptUs += us;
    clock.stepWall(us);
  };
  return { alerts, clock, store, sleep };
}

test('a step of the system clock is told until somebody knows, and stays in the history', async () => {
  const { alerts, clock } = await open();
  await clock.advance(2_000);
  expect(alerts.current()).toEqual([]);
  clock.stepWall(-90_000_000);
  await clock.advance(5_000);
  expect(alerts.current()).toMatchObject([{ kind: 'clock-stepped', detail: { step_ms: -90_000 } }]);
  await clock.advance(600_000);
  const [alert] = alerts.current();
  expect(await alerts.acknowledge([alert?.id ?? ''])).toBe(1);
  expect(alerts.current()).toEqual([]);
  expect(await alerts.history({ limit: 9 })).toMatchObject([{ kind: 'clock-stepped' }]);
});

test('sleep is told with its length', async () => {
  const { alerts, clock, sleep } = await open();
  sleep(3_600_000_000);
  await clock.advance(5_000);
  const [alert] = alerts.current();
  expect(alert?.kind).toBe('computer-slept');
  expect((alert?.clearedUs ?? 0) - (alert?.raisedUs ?? 0)).toBe(3_600_000_000);
});

test('an unclean end is told with the time in which nothing ran', async () => {
  const { alerts } = await open({ uncleanEndUs: NOW_US - 60_000_000 });
  expect(alerts.current()).toMatchObject([
    { kind: 'unclean-end', raisedUs: NOW_US - 60_000_000, clearedUs: NOW_US },
  ]);
});

test('history ends by age, whatever is in it', async () => {
  const { alerts, clock, store } = await open({ uncleanEndUs: NOW_US });
  await expect.poll(() => store.read.listAlerts({ limit: 9 })).toHaveLength(1);
  await clock.advance(0.9 * DAY_MS);
  expect(await alerts.history({ limit: 9 })).toHaveLength(1);
  await clock.advance(0.4 * DAY_MS);
  await expect.poll(() => alerts.history({ limit: 9 })).toEqual([]);
});
