import { expect, test } from 'vitest';
import type { StreamCondition } from '../../../data/streamCondition';
import type { SubSight, SubTrust } from './subTrust';
import { LASTS_MS, sightOf, trustAtSight, trustInTime } from './subTrust';

/** What a tile makes of what it sees; `time`: what it thinks has lasted as long as it may. */
const after = (...seen: readonly (SubSight | 'time')[]): SubTrust =>
  seen.reduce<SubTrust>(
    (trust, one) => (one === 'time' ? trustInTime(trust) : trustAtSight(trust, one)),
    'trusted',
  );
const failed = { fault: { code: 'unreachable', detail: '' }, attempt: 4, retryAt: null } as const;
const offline: StreamCondition = { kind: 'offline', ...failed };

test('what is offline only counts against the sub-stream while the main stream runs', () => {
  expect(sightOf('sub', offline, true)).toBe('missing');
  expect(sightOf('sub', offline, false)).toBe('unseen');
  expect(sightOf('main', offline, true)).toBe('unseen');
  expect(sightOf('sub', { kind: 'reconnecting', ...failed }, true)).toBe('unsteady');
  expect(sightOf('sub', { kind: 'connecting' }, true)).toBe('unseen');
  expect(sightOf('sub', { kind: 'running' }, true)).toBe('running');
});

test('after an outage a sub-stream that comes back a little later than the main stream is kept', () => {
  expect(LASTS_MS.doubted).toBeGreaterThan(5_000);
  expect(after('missing')).toBe('doubted');
  expect(after('missing', 'missing', 'running')).toBe('trusted');
  // The doubt begins anew, and with it its time.
  expect(after('missing', 'unseen', 'missing')).toBe('doubted');
});

test('one that stays away is given up, and after a while asked for again', () => {
  expect(after('missing', 'time', 'unseen')).toBe('given-up');
  expect(after('missing', 'time', 'time', 'unseen')).toBe('tried');
  expect(after('missing', 'time', 'time', 'unseen', 'running')).toBe('trusted');
});

test('one that fails again is given up at once: it must not hide the main stream every minute', () => {
  expect(after('missing', 'time', 'time', 'missing')).toBe('given-up');
  expect(after('missing', 'time', 'time', 'unseen', 'unsteady')).toBe('given-up');
});

test('only doubt and giving up end by themselves', () => {
  for (const trust of ['trusted', 'doubted', 'given-up', 'tried'] as const)
    expect(trustInTime(trust) !== trust).toBe(LASTS_MS[trust] !== undefined);
});
