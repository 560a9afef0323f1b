import { expect, it, onTestFinished } from 'vitest';
import { silentLogger } from '../../../base/logger';
import { SimulatedClock } from '../../../base/simulatedClock';
import type { SegmentRow } from '../../../store/types';
import { segment } from '../../../store/testing/fixtures';
import type { StreamFaultCode, StreamPhase } from '../../streams';
import { CAMERA, workstation } from '../testing/workstation';
import { GapBook } from './gapBook';

const START_US = 1_800_000_000_000_000;
const S = 1_000_000;

async function book(writtenUs: number | null = null) {
  const at = await workstation();
  const clock = new SimulatedClock(START_US);
  let sleptSeconds = 0;
  const open = (): GapBook => {
    const made = new GapBook({
      ...{ store: at.store, clock, log: silentLogger(), writtenUs: () => Promise.resolve(writtenUs) },
      bootSeconds: () => clock.monotonicUs() / 1e6 + sleptSeconds,
    });
    onTestFinished(() => made.dispose());
    return made;
  };
  let gaps = open();
  // As the application does, before anything is recorded.
  await gaps.open([CAMERA]);
  const stream = (phase: StreamPhase, code?: StreamFaultCode): void =>
    gaps.noteStream({
      ...{ streamId: CAMERA, phase, sinceUs: clock.wallUs(), retryAtUs: null, attempts: 0, reconnects: 0 },
      ...{ info: null, pid: null, fault: code === undefined ? null : { code, detail: '' } },
    });
  /** Footage from and until seconds after the start. */
  const footage = async (from: number, until: number): Promise<void> => {
    const row: SegmentRow = segment(CAMERA, START_US + from * S, START_US + until * S);
    await at.store.write.insertSegment(row);
    gaps.registered(row);
  };
  /** `[from, until, reason]` in seconds after the start. */
  const found = async () =>
    (await at.store.read.findGaps([CAMERA], 0, Number.MAX_SAFE_INTEGER)).map(({ startUs, endUs, reason }) => [
      (startUs - START_US) / S,
      endUs === null ? null : (endUs - START_US) / S,
      reason,
    ]);
  const until = (wanted: unknown) => expect.poll(found, { timeout: 15_000 }).toEqual(wanted);
  return {
    ...{ clock, stream, footage, found, until },
    switch: (on: boolean, why: 'off' | 'schedule' = 'off') => gaps.noteSwitch(CAMERA, on, why),
    slept: (seconds: number) => {
      sleptSeconds += seconds;
      clock.stepWall(seconds * S);
    },
    async reopen(dispose: boolean) {
      if (dispose) await gaps.dispose();
      gaps = open();
      await gaps.open([CAMERA]);
    },
  };
}

it('AR-6: a camera that is lost leaves a gap that lasts until there is footage again', async () => {
  const at = await book();
  at.stream('running');
  await at.footage(0, 60);
  await at.clock.advance(70_000);
  at.stream('backing-off', 'connection_lost');
  await at.until([[70, null, 'camera-offline']]);
  await at.footage(60, 68);
  await at.until([[68, null, 'camera-offline']]);
  at.stream('starting', 'connection_lost');
  await at.clock.advance(30_000);
  at.stream('running');
  await at.until([[68, 100, 'camera-offline']]);
  await at.footage(101, 160);
  await at.until([[68, 101, 'camera-offline']]);
});

it.each([
  ['stalled', 'stalled', 'stalled'],
  ['backing-off', 'storage', 'disk'],
  ['running', 'storage', 'disk'],
  ['backing-off', 'unauthorized', 'camera-offline'],
] as const)('%s for %s is told as %s', async (phase, code, reason) => {
  const at = await book();
  at.stream('running');
  await at.footage(0, 60);
  await at.clock.advance(61_000);
  at.stream(phase, code);
  await at.until([[61, null, reason]]);
});

it('AR-6: switched off by hand and by the schedule are told apart', async () => {
  const at = await book();
  at.switch(true);
  at.stream('running');
  await at.footage(0, 60);
  await at.clock.advance(60_000);
  at.switch(false, 'schedule');
  await at.clock.advance(60_000);
  at.switch(false, 'off');
  await at.clock.advance(60_000);
  at.switch(true);
  await at.footage(180, 240);
  await at.until([
    [60, 120, 'schedule'],
    [120, 180, 'off'],
  ]);
});

it.each([true, false])(
  'AR-6: the time in which the application did not run is told; clean end: %s',
  async (clean) => {
    const at = await book();
    at.stream('running');
    await at.footage(0, 60);
    await at.found();
    await at.clock.advance(60_000);
    await at.reopen(clean);
    await at.clock.advance(120_000);
    at.stream('running');
    await at.footage(180, 200);
    await at.until([[60, 180, 'application-stopped']]);
  },
);

it('AR-6: a camera that is lost when the application ends was lost, and then the application was stopped', async () => {
  const at = await book();
  at.stream('running');
  await at.footage(0, 60);
  await at.clock.advance(60_000);
  at.stream('backing-off', 'unreachable');
  await at.clock.advance(20_000);
  await at.reopen(true);
  await at.clock.advance(100_000);
  at.stream('backing-off', 'unreachable');
  await at.clock.advance(20_000);
  at.stream('running');
  await at.footage(200, 220);
  await at.until([
    [60, 80, 'camera-offline'],
    [80, 180, 'application-stopped'],
    [180, 200, 'camera-offline'],
  ]);
});

it('AR-6: the sleep of the computer is told apart', async () => {
  const at = await book();
  at.stream('running');
  await at.footage(0, 60);
  await at.clock.advance(60_000);
  at.slept(3600);
  at.stream('backing-off', 'connection_lost');
  await at.clock.advance(2_000);
  at.stream('running');
  await at.footage(3662, 3700);
  await at.until([[60, 3662, 'computer-slept']]);
});

it('AR-6: a clock that was set forward and is believed from the next start on leaves a gap of its own', async () => {
  const at = await book(START_US + 3660 * S);
  at.stream('running');
  await at.footage(0, 60);
  await at.reopen(false);
  await at.clock.advance(3_700_000);
  at.stream('running');
  await at.footage(3700, 3760);
  await at.until([
    [60, 3660, 'clock-step'],
    [3660, 3700, 'application-stopped'],
  ]);
});

it('AR-6: footage that is healed at the start ends where the application did', async () => {
  const at = await book();
  at.stream('running');
  await at.footage(0, 60);
  await at.clock.advance(60_000);
  at.stream('backing-off', 'unreachable');
  await at.until([[60, null, 'camera-offline']]);
  await at.clock.advance(60_000);
  at.stream('running');
  await at.until([[60, 120, 'camera-offline']]);
  await at.reopen(false);
  await at.footage(121, 130);
  await at.clock.advance(60_000);
  at.stream('running');
  await at.footage(180, 200);
  await at.until([
    [60, 120, 'camera-offline'],
    [120, 121, 'application-stopped'],
    [130, 180, 'application-stopped'],
  ]);
});

it('nothing is missing of a camera without footage, nor for less than a second', async () => {
  const at = await book();
  at.stream('backing-off', 'unreachable');
  at.stream('running');
  await at.footage(0, 60);
  await at.footage(60.9, 120);
  await at.footage(120, 180);
  await at.clock.advance(180_000);
  expect(await at.found()).toEqual([]);
});
