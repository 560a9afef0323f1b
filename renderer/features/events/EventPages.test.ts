import { expect, test } from 'vitest';
import type { AiEvent, RequestInput, ResponseOf } from '../../../contract';
import { CallError } from '../../data/call';
import { EventPages, PAGE } from './EventPages';

const BASE = Date.parse('2026-11-21T08:00:00.000Z');

function eventOf(second: number, change: Partial<AiEvent> = {}): AiEvent {
  const at = new Date(BASE + second * 1000).toISOString();
  return {
    id: `00000000-0000-4000-8000-${String(second).padStart(12, '0')}`,
    camera_id: '00000000-0000-4000-8000-00000000000a',
    model_id: 'm',
    timestamp: at,
    frame_id: null,
    detections: {},
    confidence: null,
    event_metadata: {},
    created_at: at,
    snapshot_id: null,
    clip_id: null,
    reviewed_at: null,
    ...change,
  };
}

type Request = RequestInput<'ai-events.list'>;

/** A history that answers as the main process does: newest first, a cursor behind each page but the last. */
class History {
  readonly asked: Request[] = [];
  failure: Error | null = null;
  constructor(public all: AiEvent[]) {}

  readonly list = (request: Request): Promise<ResponseOf<'ai-events.list'>> => {
    this.asked.push(request);
    if (this.failure !== null) return Promise.reject(this.failure);
    const matching = this.all
      .filter(({ timestamp }) => timestamp >= (request.start_time ?? ''))
      .sort((a, b) => (a.timestamp < b.timestamp ? 1 : -1));
    const from = Number((request.cursor ?? '0.0').split('.')[0]);
    const limit = request.limit ?? 100;
    const end = from + limit;
    return Promise.resolve({
      events: matching.slice(from, end),
      total: request.with_total === false ? 0 : matching.length,
      total_is_exact: request.with_total !== false,
      limit,
      offset: 0,
      next_cursor: end < matching.length ? `${String(end)}.0` : null,
      scanned_to: null,
    });
  };
}

const range = (count: number) => Array.from({ length: count }, (_, n) => eventOf(n));

test('counts with the first page only and goes on by cursor until the end', async () => {
  const history = new History(range(PAGE * 2 + 5));
  const pages = new EventPages(history.list);
  await pages.start({});
  await pages.more();
  await pages.more();
  await pages.more();
  expect(history.asked.map(({ with_total, cursor }) => [with_total, cursor])).toEqual([
    [true, undefined],
    [false, '100.0'],
    [false, '200.0'],
  ]);
  const { events, total, hasMore } = pages.state();
  expect([events.length, total, hasMore]).toEqual([205, { count: 205, isExact: true }, false]);
});

test('new events wait aside until they are wanted, then stand in their order', async () => {
  const history = new History([eventOf(10), eventOf(30)]);
  const pages = new EventPages(history.list);
  await pages.start({});
  // One happened before what is shown, but was stored later.
  history.all = [...history.all, eventOf(20), eventOf(40)];
  await pages.freshen(BASE + 41_000);
  expect(pages.state().events).toHaveLength(2);
  expect(pages.state().fresh).toHaveLength(2);
  await pages.takeFresh();
  expect(pages.state().events.map(({ id }) => id)).toEqual([40, 30, 20, 10].map((n) => eventOf(n).id));
  expect(pages.state().total?.count).toBe(4);
  expect(pages.state().fresh).toEqual([]);
});

test('more new events than a page begin anew', async () => {
  const history = new History([eventOf(0)]);
  const pages = new EventPages(history.list);
  await pages.start({});
  history.all = range(PAGE * 2);
  await pages.freshen(BASE + 10_000);
  expect(pages.state().hasMoreFresh).toBe(true);
  await pages.takeFresh();
  expect(pages.state().events).toHaveLength(PAGE);
  expect(pages.state().total?.count).toBe(PAGE * 2);
});

test('a snapshot that was made later appears, the event stays in its place', async () => {
  const history = new History([eventOf(10)]);
  const pages = new EventPages(history.list);
  await pages.start({});
  history.all = [eventOf(10, { snapshot_id: 's' })];
  await pages.freshen(BASE + 11_000);
  expect(pages.state().events[0]?.snapshot_id).toBe('s');
  expect(pages.state().fresh).toEqual([]);
});

test('a failure keeps what is there and can be repeated', async () => {
  const history = new History(range(PAGE + 1));
  const pages = new EventPages(history.list);
  await pages.start({});
  history.failure = new CallError({ status: 503, message: 'The store is busy.', path: 'ai-events.list' });
  await pages.more();
  expect(pages.state().error?.status).toBe(503);
  expect(pages.state().events).toHaveLength(PAGE);
  history.failure = null;
  await pages.more();
  expect(pages.state().error).toBeNull();
  expect(pages.state().events).toHaveLength(PAGE + 1);
});

test('late answers to an earlier filter are dropped', async () => {
  const history = new History([eventOf(1)]);
  const pages = new EventPages(history.list);
  const first = pages.start({});
  history.all = [eventOf(2)];
  await pages.start({ min_confidence: 0.5 });
  await first;
  expect(pages.state().events.map(({ id }) => id)).toEqual([eventOf(2).id]);
});

test('a review shows at once, and only on its events', async () => {
  const pages = new EventPages(new History([eventOf(1), eventOf(2)]).list);
  await pages.start({ reviewed: false });
  pages.markReviewed(new Set([eventOf(2).id]), eventOf(3).timestamp);
  expect(pages.state().events.map(({ reviewed_at }) => reviewed_at !== null)).toEqual([true, false]);
});
