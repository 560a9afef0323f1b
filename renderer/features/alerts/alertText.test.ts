import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import type { Alert } from '../../../contract';
import { joinNewest, listsOf } from './alertLists';
import { alertAdvice, alertTitle, durationText, periodText } from './alertText';
import { NO_FILTER, toRequest } from './historyFilter';
import { KINDS } from './kinds';

const AT = Date.parse('2026-11-21T10:00:00Z');
const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const alertOf = (more: Partial<Alert> = {}): Alert => ({
  ...{ id: idOf(1), kind: 'camera-offline', severity: 'urgent', camera_id: idOf(9), camera_name: 'Gate' },
  ...{ subject: null, detail: {}, raised_at: new Date(AT).toISOString(), cleared_at: null },
  ...{ acknowledged_at: null, acknowledged_by: null, is_active: true },
  ...more,
});

describe('the words of an alert', () => {
  test.each(KINDS)('%s says what and what to do, whatever facts there are', (kind) => {
    for (const more of [{}, { camera_name: null }, { subject: 'data' }]) {
      const alert = alertOf({ kind, ...more });
      expect(alertTitle(alert)).toMatch(/^[^{}]{10,}$/);
      expect(alertAdvice(alert)).toMatch(/^[^{}]{20,}\.$/);
    }
  });

  test.each(KINDS)('%s says that it is over when it is', (kind) => {
    const over = alertOf({ kind, cleared_at: new Date(AT + 5000).toISOString(), is_active: false });
    expect(alertTitle(over)).toMatch(/ (was|were|could|ended) /);
  });

  test('names the fault of a camera', () => {
    expect(alertAdvice(alertOf({ detail: { fault: 'unauthorized' } }))).toContain('password refused');
  });

  test('names the cameras whose passwords are locked, and how many more', () => {
    const alert = alertOf({
      kind: 'keystore-locked',
      detail: { cameras: ['Gate', 'Yard'], camera_count: 5 },
    });
    expect(alertTitle(alert)).toContain('5 cameras');
    expect(alertAdvice(alert)).toContain('Gate, Yard, 3 more');
  });

  test.each([
    [5_000, /forward by 5 s/],
    [-90_000, /back by 1 min/],
  ])('a clock set by %i ms', (step_ms, text) =>
    expect(alertTitle(alertOf({ kind: 'clock-stepped', detail: { step_ms } }))).toMatch(text),
  );
});

test.each([
  [0, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [3_600_000, '1 h 0 min'],
  [90_000_000, '1 d 1 h'],
  [-5, '0 s'],
])('%i ms is %s', (ms, text) => expect(durationText(ms)).toBe(text));

test('a period runs while it lasts and has an end when it is over', () => {
  expect(periodText(alertOf(), AT + 65_000)).toMatch(/for 1 min$/);
  const over = alertOf({ cleared_at: new Date(AT + 5_000).toISOString() });
  expect(periodText(over, AT + 65_000)).toMatch(/, 5 s$/);
});

test('alerts fall into those that call, those that are over and those that somebody knows', () => {
  const known = { acknowledged_at: new Date(AT).toISOString(), acknowledged_by: 'alex' };
  const all = [
    alertOf({ id: idOf(1) }),
    alertOf({ id: idOf(2), ...known }),
    alertOf({ id: idOf(3), is_active: false }),
    alertOf({ id: idOf(4), is_active: false, ...known }),
  ];
  const { open, over, known: lasting } = listsOf(all);
  expect([open, over, lasting].map((list) => list.map(({ id }) => id))).toEqual([
    [idOf(1)],
    [idOf(3)],
    [idOf(2)],
  ]);
});

test('a newer first page joins what was read before without loss or repetition', () => {
  // The archive: number n was raised at second n / 3, newest first.
  const all = Array.from({ length: 60 }, (_none, at) =>
    alertOf({ id: idOf(60 - at), raised_at: new Date(AT + Math.floor((60 - at) / 3) * 1000).toISOString() }),
  );
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 20 }),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 20, max: 40 }),
      (news, had, page) => {
        const before = all.slice(news, news + had);
        const joined = joinNewest(before, all.slice(0, page));
        expect(joined.map(({ id }) => id)).toEqual(
          all.slice(0, Math.max(page, news + had)).map(({ id }) => id),
        );
      },
    ),
  );
});

test('filters become a request', () => {
  expect(toRequest(NO_FILTER, AT)).toEqual({});
  expect(
    toRequest({ kind: 'clock-stepped', cameraId: idOf(9), period: 'day', onlyOpen: true }, AT + 30_000),
  ).toEqual({
    kinds: ['clock-stepped'],
    camera_id: idOf(9),
    from: new Date(AT - 86_400_000).toISOString(),
    unacknowledged: true,
  });
});
