import { describe, expect, it } from 'vitest';
import { SimulatedClock } from '../../base/simulatedClock';
import { SubStreams } from './subStreams';

function setUp() {
  const clock = new SimulatedClock();
  const events: string[] = [];
  const subs = new SubStreams(
    clock,
    (id) => events.push(`start ${id}`),
    (id) => events.push(`stop ${id}`),
  );
  return { clock, events, subs };
}

describe('sub-streams', () => {
  it('run from the first use until ten seconds after the last', async () => {
    const { clock, events, subs } = setUp();
    const first = subs.acquire('a');
    const second = subs.acquire('a');
    first.dispose();
    first.dispose();
    await clock.advance(60_000);
    expect(events).toEqual(['start a']);
    second.dispose();
    await clock.advance(9_999);
    expect(events).toEqual(['start a']);
    await clock.advance(1);
    expect(events).toEqual(['start a', 'stop a']);
    expect(clock.pendingTimers).toBe(0);
  });

  it('do not reconnect when they are wanted again in time', async () => {
    const { clock, events, subs } = setUp();
    subs.acquire('a').dispose();
    await clock.advance(5_000);
    const again = subs.acquire('a');
    await clock.advance(60_000);
    expect(events).toEqual(['start a']);
    again.dispose();
    await clock.advance(10_000);
    expect(events).toEqual(['start a', 'stop a']);
  });

  it('a use that ends after its camera was forgotten stops nothing', async () => {
    const { clock, events, subs } = setUp();
    const old = subs.acquire('a');
    subs.forget('a');
    const renewed = subs.acquire('a');
    old.dispose();
    await clock.advance(60_000);
    expect(events).toEqual(['start a', 'start a']);
    expect(subs.has('a')).toBe(true);
    renewed.dispose();
    subs.dispose();
    expect(clock.pendingTimers).toBe(0);
  });
});
