import { expect, it } from 'vitest';
import { SimulatedClock } from '../../base/simulatedClock';
import { OutputGate, RETRY_MS } from './outputGate';

/** How long the gate stays shut from now on, milliseconds. */
async function shutFor(clock: SimulatedClock, gate: OutputGate): Promise<number> {
  let waited = 0;
  for (; !gate.open && waited < 1_000_000; waited += 1_000) await clock.advance(1_000);
  return waited;
}

it('tries a full disk again soon, also for a camera that came back a moment before it was full', async () => {
  const clock = new SimulatedClock();
  const gate = new OutputGate(clock, 'storage');
  gate.succeeded();
  await clock.advance(5_000);
  gate.failed('no space');
  expect(gate.fault).toMatchObject({ code: 'storage', detail: 'no space' });
  expect(await shutFor(clock, gate)).toBe(RETRY_MS);
});

it('tries ever more rarely while recording fails again right after it began, up to 5 minutes', async () => {
  const clock = new SimulatedClock();
  const gate = new OutputGate(clock, 'storage');
  const waits: number[] = [];
  for (let round = 0; round < 8; round++) {
    gate.failed('no space');
    waits.push(await shutFor(clock, gate));
    gate.succeeded();
    // A reconnect in between neither begins nor ends the trouble.
    gate.succeeded();
    await clock.advance(5_000);
  }
  expect(waits).toEqual([10, 20, 40, 80, 160, 300, 300, 300].map((seconds) => seconds * 1_000));
  await clock.advance(60_000);
  gate.failed('no space');
  expect(await shutFor(clock, gate)).toBe(RETRY_MS);
});
