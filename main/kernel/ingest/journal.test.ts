import { expect, it } from 'vitest';
import { SimulatedClock } from '../../base/simulatedClock';
import type { StreamPhase, StreamStatus } from '../streams';
import { IngestJournal } from './journal';

const status = (phase: StreamPhase, reconnects = 0): StreamStatus => ({
  ...{ streamId: 'gate', phase, sinceUs: 0, fault: null, retryAtUs: null, attempts: 0, reconnects },
  ...{ info: null, pid: null },
});

function journal() {
  const clock = new SimulatedClock(1_000_000_000);
  const book = new IngestJournal(clock);
  return { clock, book, figures: () => book.figures().get('gate') };
}

it('counts an interruption once, however many attempts it takes, and how long it lasts', async () => {
  const { clock, book, figures } = journal();
  for (const phase of ['starting', 'running'] as const) book.status(status(phase));
  await clock.advance(5_000);
  book.status(status('stalled'));
  await clock.advance(1_000);
  expect(figures()).toMatchObject({ gaps: 1, gapSeconds: 1, lastGapUs: 1_005_000_000 });
  for (const phase of ['backing-off', 'starting', 'backing-off', 'starting'] as const) {
    book.status(status(phase, 1));
    await clock.advance(500);
  }
  book.status(status('running', 1));
  await clock.advance(9_000);
  expect(figures()).toMatchObject({ gaps: 1, gapSeconds: 3, reconnects: 1 });
});

it('takes neither the first start nor switching off for an interruption', async () => {
  const { clock, book, figures } = journal();
  for (const phase of ['starting', 'backing-off', 'starting', 'running', 'stopped'] as const) {
    book.status(status(phase));
    await clock.advance(1_000);
  }
  book.status(status('starting'));
  expect(figures()).toMatchObject({ gaps: 0, gapSeconds: 0, lastGapUs: null });
});

it('adds up pictures and reconnects over runs and supervisors', async () => {
  const { book, figures } = journal();
  book.status(status('running', 2));
  for (const frames of [10, 40, 5, 6]) book.frames('gate', frames);
  book.status(status('stopped', 2));
  book.status(status('starting', 0));
  book.status(status('running', 1));
  expect(figures()).toMatchObject({ frames: 46, reconnects: 3 });
});
