import { expect, test } from 'vitest';
import { fromLocalText, spanText, toLocalText } from './localTime';

test('what is shown can be typed, and nothing else', () => {
  const at = new Date(2026, 10, 21, 14, 5, 30).getTime();
  expect(toLocalText(at)).toBe('2026-11-21 14:05:30');
  expect(fromLocalText(' 2026-11-21 14:05:30 ')).toBe(at);
  expect(fromLocalText('2026-11-21T14:05')).toBe(at - 30_000);
  for (const wrong of ['', 'now', '2026-06-31 10:00:00', '2026-11-21 24:00:00', '2026-11-21 10:60:00'])
    expect(fromLocalText(wrong), wrong).toBeNull();
});

test('spans', () => {
  expect([spanText(75.4), spanText(3600), spanText(0)]).toEqual(['1:15', '1:00:00', '0:00']);
});
