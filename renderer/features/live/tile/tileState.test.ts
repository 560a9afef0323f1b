import { expect, test } from 'vitest';
import type { StreamCondition } from '../../../data/streamCondition';
import type { FeedView } from './tileState';
import { tileStateOf } from './tileState';

const live: FeedView = { state: 'live', error: null, lastPictureAt: 9_000 };
const stalled: FeedView = { state: 'stalled', error: null, lastPictureAt: 7_000 };
const connecting: FeedView = { state: 'connecting', error: null, lastPictureAt: null };
const fault = { code: 'connection_lost', detail: '' } as const;

test('live only while pictures are decoded', () => {
  expect(tileStateOf({ kind: 'running' }, live)).toEqual({ kind: 'live' });
  expect(tileStateOf({ kind: 'running' }, stalled)).toEqual({ kind: 'stalled', since: 7_000 });
  expect(tileStateOf({ kind: 'running' }, connecting)).toEqual({ kind: 'connecting', problem: null });
  expect(tileStateOf({ kind: 'running' }, null)).toEqual({ kind: 'connecting', problem: null });
});

test('a stream that sends nothing is stalled although this window has not noticed yet', () => {
  expect(tileStateOf({ kind: 'silent', since: 8_000 }, live)).toEqual({ kind: 'stalled', since: 9_000 });
});

test('there is no frozen picture where there never was a picture', () => {
  expect(tileStateOf({ kind: 'silent', since: 8_000 }, connecting).kind).toBe('connecting');
  expect(tileStateOf({ kind: 'running' }, { ...stalled, lastPictureAt: null }).kind).toBe('connecting');
});

test.each<StreamCondition>([
  { kind: 'reconnecting', fault, attempt: 2, retryAt: 10_000 },
  { kind: 'offline', fault, attempt: 9, retryAt: null },
  { kind: 'stopped' },
])('a known loss wins over the last picture: $kind', (condition) => {
  expect(tileStateOf(condition, stalled)).toEqual(condition);
  expect(tileStateOf(condition, live)).toEqual(condition);
  expect(tileStateOf(condition, null)).toEqual(condition);
});

test.each(['stalled', 'no_answer'] as const)(
  'a camera that is there but sends nothing is told apart: %s',
  (code) => {
    const failure = { fault: { code, detail: '' }, attempt: 5, retryAt: null };
    expect(tileStateOf({ kind: 'offline', ...failure }, stalled)).toEqual({ kind: 'silent', ...failure });
    expect(tileStateOf({ kind: 'reconnecting', ...failure }, stalled).kind).toBe('reconnecting');
  },
);

test('pictures may come before the first report of the main process', () => {
  expect(tileStateOf({ kind: 'connecting' }, live)).toEqual({ kind: 'live' });
});

test('says why the picture could not be fetched', () => {
  const feed: FeedView = { state: 'connecting', error: 'Live view is busy.', lastPictureAt: null };
  expect(tileStateOf({ kind: 'running' }, feed)).toEqual({
    kind: 'connecting',
    problem: 'Live view is busy.',
  });
  expect(tileStateOf({ kind: 'running' }, { ...feed, state: 'closed' }).kind).toBe('connecting');
});
