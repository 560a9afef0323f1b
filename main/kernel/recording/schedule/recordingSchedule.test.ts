import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../base/logger';
import { SimulatedClock } from '../../../base/simulatedClock';
import { slotIn } from './localTime';
import { RecordingSchedule } from './recordingSchedule';

const HOUR = 3_600_000;
const A = 'a';

/** A week that is on in the given hours of the given days (0: Monday). */
function week(days: readonly number[], fromHour: number, toHour: number): string {
  return Array.from({ length: 336 }, (_none, slot) => {
    const hour = (slot % 48) / 2;
    return days.includes(Math.floor(slot / 48)) && hour >= fromHour && hour < toHour ? '1' : '0';
  }).join('');
}
const DAILY = [0, 1, 2, 3, 4, 5, 6];

function setUp(zone: string, start: string) {
  const clock = new SimulatedClock(Date.parse(start) * 1000);
  /** Switches with the time at which they came. */
  const events: string[] = [];
  const at = () => new Date(clock.wallUs() / 1000).toISOString().replace('.000Z', 'Z');
  const schedule = new RecordingSchedule({
    recording: {
      setRecording: (id, on) => events.push(`${id} ${on ? 'on' : 'off'} ${at()}`),
      dropBuffer: () => Promise.resolve(),
    },
    clock,
    log: silentLogger(),
    slotOf: slotIn(zone),
  });
  return { clock, events, schedule };
}

describe('recording schedule', () => {
  it('switches at the half hour; on once the segment from before is closed', async () => {
    const { clock, events, schedule } = setUp('Europe/Berlin', '2027-01-13T06:00:00Z'); // Wednesday 07:00
    schedule.setRecording(A, true, week([2], 8, 8.5));
    expect(events).toEqual(['a off 2027-01-13T06:00:00Z']);
    expect(schedule.stateOf(A)).toEqual({ off: true, untilMs: Date.parse('2027-01-13T07:00:00Z') });
    await clock.advance(24 * HOUR);
    expect(events.slice(1)).toEqual(['a on 2027-01-13T07:00:05Z', 'a off 2027-01-13T07:30:00Z']);
    // In a week again.
    expect(schedule.stateOf(A)).toEqual({ off: true, untilMs: Date.parse('2027-01-20T07:00:00Z') });
  });

  it('while the half hour settles it says until when it was off', async () => {
    const { clock, schedule } = setUp('UTC', '2027-01-13T07:59:59Z');
    schedule.setRecording(A, true, week([2], 8, 9));
    await clock.advance(3_000);
    expect(schedule.stateOf(A)).toEqual({ off: true, untilMs: Date.parse('2027-01-13T08:00:00Z') });
    await clock.advance(3_000);
    expect(schedule.stateOf(A)).toEqual({ off: false, untilMs: Date.parse('2027-01-13T09:00:00Z') });
  });

  it('the switch of the operator beats it and takes effect at once', async () => {
    const { clock, events, schedule } = setUp('UTC', '2027-01-13T08:10:00Z');
    const working = week(DAILY, 8, 17);
    schedule.setRecording(A, true, working);
    schedule.setRecording(A, false, working);
    await clock.advance(24 * HOUR);
    expect(events).toEqual(['a on 2027-01-13T08:10:00Z', 'a off 2027-01-13T08:10:00Z']);
    schedule.setRecording(A, true, working);
    schedule.setRecording(A, true, week(DAILY, 20, 22));
    schedule.setRecording(A, true, null);
    expect(events.slice(2).map((event) => event.slice(0, 5))).toEqual(['a on ', 'a off', 'a on ']);
    expect(schedule.stateOf(A)).toBeNull();
  });

  it('spring: the hour that does not happen is left out', async () => {
    // 2027-03-28 in Berlin: 02:00 becomes 03:00 at 01:00 UTC.
    const { clock, events, schedule } = setUp('Europe/Berlin', '2027-03-27T23:30:00Z');
    schedule.setRecording(A, true, week([6], 2, 4));
    expect(schedule.stateOf(A)).toEqual({ off: true, untilMs: Date.parse('2027-03-28T01:00:00Z') });
    await clock.advance(6 * HOUR);
    expect(events.slice(1)).toEqual(['a on 2027-03-28T01:00:05Z', 'a off 2027-03-28T02:00:00Z']);
  });

  it('spring: what begins after the hour begins an hour of UTC earlier than the day before', async () => {
    const { clock, events, schedule } = setUp('Europe/Berlin', '2027-03-27T06:00:00Z');
    schedule.setRecording(A, true, week(DAILY, 8, 9));
    await clock.advance(30 * HOUR);
    expect(events.slice(1)).toEqual([
      'a on 2027-03-27T07:00:05Z',
      'a off 2027-03-27T08:00:00Z',
      'a on 2027-03-28T06:00:05Z',
      'a off 2027-03-28T07:00:00Z',
    ]);
  });

  it('autumn: the hour that happens twice counts twice', async () => {
    // 2027-10-31 in Berlin: 03:00 becomes 02:00 at 01:00 UTC.
    const { clock, events, schedule } = setUp('Europe/Berlin', '2027-10-30T22:00:00Z');
    schedule.setRecording(A, true, week([6], 2.5, 3));
    await clock.advance(6 * HOUR);
    expect(events.slice(1)).toEqual([
      'a on 2027-10-31T00:30:05Z',
      'a off 2027-10-31T01:00:00Z',
      'a on 2027-10-31T01:30:05Z',
      'a off 2027-10-31T02:00:00Z',
    ]);
  });

  it.each([
    // 5 h 45 min ahead; a change of half an hour in spring.
    ['Asia/Kathmandu', '2027-01-13T00:00:00Z', '2027-01-13T02:15:05Z'],
    ['Australia/Lord_Howe', '2027-10-02T12:00:00Z', '2027-10-02T21:00:05Z'],
    ['America/St_Johns', '2027-01-13T00:00:00Z', '2027-01-13T11:30:05Z'],
  ])('half hours are local ones in %s', async (zone, start, on) => {
    const { clock, events, schedule } = setUp(zone, start);
    schedule.setRecording(A, true, week(DAILY, 8, 9));
    await clock.advance(12 * HOUR);
    expect(events[1]).toBe(`a on ${on}`);
  });

  it('follows a clock that is set, within 20 s', async () => {
    const { clock, events, schedule } = setUp('UTC', '2027-01-13T03:00:00Z');
    schedule.setRecording(A, true, week(DAILY, 8, 9));
    await clock.advance(60_000);
    clock.stepWall(5.25 * HOUR * 1000);
    await clock.advance(20_000);
    expect(events).toHaveLength(2);
    expect(schedule.stateOf(A)?.off).toBe(false);
  });

  it('has no timer without schedules, and none after the end', async () => {
    const { clock, schedule } = setUp('UTC', '2027-01-13T03:00:00Z');
    schedule.setRecording(A, true, null);
    expect(clock.pendingTimers).toBe(0);
    schedule.setRecording(A, true, week(DAILY, 8, 9));
    schedule.setRecording('b', true, week(DAILY, 9, 10));
    expect(clock.pendingTimers).toBe(1);
    schedule.forget(A);
    expect(clock.pendingTimers).toBe(1);
    schedule.forget('b');
    expect(clock.pendingTimers).toBe(0);
    schedule.setRecording(A, true, week(DAILY, 8, 9));
    schedule.dispose();
    expect(clock.pendingTimers).toBe(0);
    await clock.advance(HOUR);
  });

  it('a week that never changes says so', () => {
    const { schedule } = setUp('UTC', '2027-01-13T03:00:00Z');
    schedule.setRecording(A, true, '0'.repeat(336));
    expect(schedule.stateOf(A)).toEqual({ off: true, untilMs: null });
  });

  it('tells its listeners of each change, and of nothing else', async () => {
    const { clock, schedule } = setUp('UTC', '2027-01-13T07:00:00Z');
    let told = 0;
    schedule.onChanged(() => told++);
    schedule.setRecording(A, true, week([2], 8, 9));
    await clock.advance(50 * 60_000);
    expect(told).toBe(0);
    await clock.advance(11 * 60_000);
    expect(told).toBe(1);
  });
});
