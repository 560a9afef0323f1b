import { expect, it } from 'vitest';
import { silentLogger } from '../base/logger';
import { SimulatedClock } from '../base/simulatedClock';
import { healAll } from './healAll';

it('heals each part by itself: neither a failure nor a disk that hangs keeps the cameras from starting', async () => {
  const clock = new SimulatedClock();
  const done: string[] = [];
  const starting = healAll(
    {
      snapshots: { heal: () => Promise.reject(new Error('EACCES: permission denied')) },
      recording: { heal: () => new Promise(() => undefined) },
      bookmarks: { heal: () => Promise.resolve(done.push('bookmarks')) },
    },
    clock,
    silentLogger(),
  ).then(() => done.push('start'));
  await clock.advance(19_999);
  expect(done).toEqual(['bookmarks']);
  await clock.advance(1);
  await starting;
  expect(done).toEqual(['bookmarks', 'start']);
  expect(clock.pendingTimers).toBe(0);
});

it('waits for nothing when everything is healed', async () => {
  const clock = new SimulatedClock();
  await healAll({ recording: { heal: () => Promise.resolve({ registered: 1 }) } }, clock, silentLogger());
  expect(clock.monotonicUs()).toBe(0);
});
