import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { silentLogger } from '../../base/logger';
import { SimulatedClock } from '../../base/simulatedClock';
import { openStore } from '../../store/store';
import type { Store } from '../../store/types';
import { NOW_US, optionsFor, temporaryFolder } from '../../store/testing/fixtures';
import { HealthTick } from '../tick';
import { SeriesRecorder } from './recorder';

/** Values grow by one with each measurement. */
function record(store: Pick<Store, 'read' | 'write'>, clock: SimulatedClock) {
  const tick = new HealthTick(clock);
  let value = 0;
  const recorder = new SeriesRecorder({
    ...{ tick, store, clock, log: silentLogger() },
    measure: () =>
      Promise.resolve(
        new Map([
          ['cpu_percent', ++value],
          ['camera_fps|gate', 25],
          ['camera_fps|yard', 12.5],
        ]),
      ),
  });
  const ask = (hours: number, more: object = {}) => {
    const to = clock.wallUs() / 1000;
    const iso = (ms: number) => new Date(ms).toISOString();
    return recorder.query({ metrics: ['cpu_percent'], from: iso(to - hours * 3.6e6), to: iso(to), ...more });
  };
  const end = async () => {
    await recorder.dispose();
    tick.dispose();
  };
  return { recorder, ask, end };
}

async function open() {
  const store = await openStore(optionsFor(path.join(await temporaryFolder(), 'data')));
  onTestFinished(() => store.dispose());
  return store;
}

test('plots survive a restart', async () => {
  const store = await open();
  const clock = new SimulatedClock(NOW_US);
  const first = record(store, clock);
  for (let minute = 0; minute < 10; minute++) {
    await clock.advance(60_000);
    // The store answers in its own time: what it was asked for before is done then.
    await store.write.setSetting('barrier', '1', NOW_US);
  }
  await first.end();
  expect(clock.pendingTimers).toBe(0);
  await clock.advance(120_000);
  const second = record(store, clock);
  await clock.advance(60_000);
  const { series, step } = await second.ask(24);
  const known = series[0]?.values.filter((value) => value !== null) ?? [];
  expect(step).toBe(180);
  expect(known.length).toBeGreaterThanOrEqual(3);
  expect(Math.max(...known)).toBeGreaterThan(50);
  const hour = (await second.ask(1)).series[0]?.values ?? [];
  expect(hour.filter((value) => value !== null).length).toBeGreaterThanOrEqual(60);
  await second.end();
});

test('an hour is told in steps of ten seconds, of the cameras that were asked for', async () => {
  const clock = new SimulatedClock(NOW_US);
  const { ask, end } = record(await open(), clock);
  await clock.advance(3_600_000);
  const { series, step } = await ask(1, { metrics: ['cpu_percent', 'camera_fps'], subjects: ['yard'] });
  expect(step).toBe(10);
  expect(series.map(({ metric, subject }) => [metric, subject])).toEqual([
    ['cpu_percent', null],
    ['camera_fps', 'yard'],
  ]);
  expect(series[0]?.values.filter((value) => value !== null).length).toBeGreaterThanOrEqual(359);
  await end();
});

test('a store that hangs holds nothing up, and one that refuses costs the minute alone', async () => {
  const clock = new SimulatedClock(NOW_US);
  let asked = 0;
  const hanging = {
    read: { healthMinutes: () => Promise.reject(new Error('no')) },
    write: {
      saveHealthMinute: () => {
        asked++;
        return asked === 1 ? Promise.reject(new Error('full')) : new Promise<void>(() => undefined);
      },
    },
  } as unknown as Pick<Store, 'read' | 'write'>;
  const { ask } = record(hanging, clock);
  await clock.advance(600_000);
  expect(asked).toBe(2);
  expect((await ask(0.1)).series[0]?.values.at(-1)).toBe(59);
});

test.each([
  [{ from: '2027-01-15T08:00:00.000Z', to: '2027-01-15T08:00:00.000Z' }, 'before'],
  [{ from: '2026-01-15T08:00:00.000Z', to: '2027-01-15T08:00:00.000Z' }, 'two days'],
])('%j is refused and says why', async (range, why) => {
  const clock = new SimulatedClock(NOW_US);
  const { recorder, end } = record(await open(), clock);
  await expect(recorder.query({ metrics: ['cpu_percent'], ...range })).rejects.toThrow(why);
  await end();
});
