import { expect, test } from 'vitest';
import { onBehalfOf } from '../base/caller';
import { SimulatedClock } from '../base/simulatedClock';
import type { Audit, AuditNote } from './audit';
import { Watching } from './watching';

function setUp() {
  const notes: AuditNote[] = [];
  const audit = { record: (note: AuditNote) => Promise.resolve(void notes.push(note)) } as unknown as Audit;
  const clock = new SimulatedClock();
  const watching = new Watching(audit, clock);
  const open = (owner: string, view: string, camera: string, kind: 'live' | 'playback' = 'live') =>
    onBehalfOf({ id: 'u', name: 'Kim' }, () => watching.opened(owner, view, camera, kind));
  const told = () =>
    notes.map(({ cameras, detail }) => `${String(cameras?.[0])} ${String(detail?.['state'])}`);
  return { watching, clock, notes, open, told };
}

test('tells begin and end once, however often a view comes and goes in between', async () => {
  const { watching, clock, notes, open, told } = setUp();
  open('1', 'a', 'gate');
  open('2', 'b', 'gate');
  watching.closed('1', 'a');
  await clock.advance(300_000);
  expect(told()).toEqual(['gate begin']);
  watching.closeOwner('2');
  await clock.advance(30_000);
  open('1', 'c', 'gate');
  await clock.advance(90_000);
  watching.closed('1', 'c');
  await clock.advance(60_000);
  expect(told()).toEqual(['gate begin', 'gate end']);
  expect(notes[1]).toMatchObject({ action: 'live.watch', by: { name: 'Kim' }, detail: { seconds: 420 } });
});

test('recordings of a window are watched on when its live view ends', async () => {
  const { watching, clock, notes, open } = setUp();
  open('1', 'a', 'gate');
  open('1', 'b', 'gate', 'playback');
  open('2', 'a', 'yard');
  watching.closeOwner('1', 'live');
  await clock.advance(60_000);
  const ended = () => notes.filter(({ detail }) => detail?.['state'] === 'end').map(({ action }) => action);
  expect(ended()).toEqual(['live.watch']);
  watching.closeOwner('1');
  await clock.advance(60_000);
  expect(ended()).toEqual(['live.watch', 'playback.watch']);
});

test('ends all when somebody else works', () => {
  const { watching, open, told } = setUp();
  open('1', 'a', 'gate');
  open('1', 'b', 'yard');
  watching.closed('1', 'a');
  watching.end();
  expect(told()).toEqual(['gate begin', 'yard begin', 'gate end', 'yard end']);
});
