import { expect, test } from 'vitest';
import { Emitter } from '../base/emitter';
import { SimulatedClock } from '../base/simulatedClock';
import { createRevisions } from './revisions';

function setUp() {
  const clock = new SimulatedClock();
  const cameras = new Emitter<void>();
  const groups = new Emitter<void>();
  const source = (emitter: Emitter<void>) => ({ onChanged: (listener: () => void) => emitter.on(listener) });
  const revisions = createRevisions([source(cameras), source(groups)], clock);
  const seen: number[] = [];
  const stop = revisions.subscribe(({ revision }) => seen.push(revision));
  return { clock, cameras, groups, revisions, seen, stop };
}

test('the first change is told at once, many after it together', async () => {
  const { clock, cameras, groups, seen } = setUp();
  cameras.emit();
  expect(seen).toEqual([0, 1]);
  for (let n = 0; n < 500; n++) (n % 2 === 0 ? cameras : groups).emit();
  await clock.advance(99);
  expect(seen).toEqual([0, 1]);
  await clock.advance(1);
  expect(seen).toEqual([0, 1, 501]);
});

test('nothing waits after the end, and nobody hears who has left', async () => {
  const { clock, cameras, revisions, seen, stop } = setUp();
  cameras.emit();
  cameras.emit();
  stop();
  await revisions.dispose();
  expect(clock.pendingTimers).toBe(0);
  cameras.emit();
  await clock.advance(1_000);
  expect(seen).toEqual([0, 1]);
});
