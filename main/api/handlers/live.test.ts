import { expect, test } from 'vitest';
import type { Audit, AuditNote } from '../../audit/audit';
import { Watching } from '../../audit/watching';
import { onBehalfOf } from '../../base/caller';
import { SimulatedClock } from '../../base/simulatedClock';
import type { HandlerContext } from './context';
import { liveHandlers } from './live';

test('closing the transport of a window ends its live view, not its playback', async () => {
  const notes: AuditNote[] = [];
  const audit = { record: (note: AuditNote) => Promise.resolve(void notes.push(note)) } as unknown as Audit;
  const clock = new SimulatedClock();
  const watching = new Watching(audit, clock);
  onBehalfOf({ id: 'u', name: 'Kim' }, () => {
    watching.opened('1', 'consumer', 'gate', 'live');
    watching.opened('1', 'session', 'gate', 'playback');
  });
  const viewers = { closeTransport: () => Promise.resolve() };
  const handlers = liveHandlers({ kernel: { viewers }, watching } as unknown as HandlerContext);
  await handlers['live.close-transport']({ transport_id: 't' }, '1');
  await clock.advance(60_000);
  expect(notes.map(({ action, detail }) => `${action} ${String(detail?.['state'])}`)).toEqual([
    ...['live.watch begin', 'playback.watch begin', 'live.watch end'],
  ]);
});
