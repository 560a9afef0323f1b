import { expect, test } from 'vitest';
import type { EventExport } from './exportEnds';
import { exportEnds } from './exportEnds';

const one = (id: string, state: EventExport['state']): EventExport => ({
  ...{ id, state, file: `${id}.csv`, format: 'csv', written: 1, total: 1, message: null },
});

test('the end of an export is told once', () => {
  const isNews = exportEnds();
  expect(isNews(undefined)).toBe(false);
  expect(isNews(one('a', 'running'))).toBe(false);
  expect(isNews(one('a', 'done'))).toBe(true);
  expect(isNews(one('a', 'done'))).toBe(false);
  // So short that nobody saw it run.
  expect(isNews(one('b', 'failed'))).toBe(true);
});

test('what had ended before is no news, what runs already is', () => {
  const ended = exportEnds();
  expect([ended(one('a', 'done')), ended(one('a', 'done'))]).toEqual([false, false]);
  const running = exportEnds();
  expect([running(one('a', 'running')), running(one('a', 'cancelled'))]).toEqual([false, true]);
});
