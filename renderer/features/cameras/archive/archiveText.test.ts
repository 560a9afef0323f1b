import { expect, test } from 'vitest';
import type { Outlook } from './archiveText';
import { archiveLines, daysText, spanText, summaryText } from './archiveText';

const NOW = Date.parse('2027-01-13T12:00:00Z');
const MINUTE = 60_000;
const camera = (oldest: string | null, bytes_per_day: number | null) => ({
  ...{ device_id: 'a', recorded_bytes: 1, oldest, newest: oldest, bytes_per_day },
});

test.each([
  [0, '0 minutes'],
  [59 * MINUTE, '59 minutes'],
  [60 * MINUTE, '1 hour'],
  [47 * 60 * MINUTE, '47 hours'],
  [49 * 60 * MINUTE, '2 days'],
])('a span of %d ms', (ms, text) => expect(spanText(ms)).toBe(text));

test.each([
  [0, 'about 0 hours'],
  [0.5, 'about 12 hours'],
  [13.9, 'about 13 days'],
  [900, 'more than two years'],
])('%d days', (days, text) => expect(daysText(days)).toBe(text));

test('a camera: what is there, and what comes', () => {
  expect(archiveLines(camera('2027-01-10T00:00:00Z', 34.5e9), NOW)).toEqual({
    first: '3 days',
    second: '34.5 GB a day',
  });
  expect(archiveLines(camera(null, null), NOW)).toEqual({ first: 'None yet', second: 'No rate yet' });
  expect(archiveLines(camera(null, 0), NOW).second).toBe('Not recorded');
  expect(archiveLines(null, NOW)).toEqual({ first: '', second: '' });
});

test('all cameras: nothing is said that is not known', () => {
  const outlook: Outlook = {
    ...{ cameras: [], bytes_per_day: 96e9, unmeasured: 0, days: 14.2, limit: 'space', recorded_bytes: 0 },
  };
  expect(summaryText(outlook)).toBe('Archive: about 14 days at 96.0 GB a day, then the disk is full');
  expect(summaryText({ ...outlook, unmeasured: 2 })).toBe(
    'Archive: at most about 14 days at 96.0 GB a day, then the disk is full. 2 cameras not measured yet',
  );
  const unknown = { ...outlook, days: null, limit: null };
  expect(summaryText({ ...unknown, unmeasured: 1 })).toContain('not known yet');
  expect(summaryText({ ...unknown, bytes_per_day: 0 })).toBe('Archive: nothing is recorded');
  expect(summaryText(unknown)).toContain('cannot be told');
});
