import { describe, expect, test } from 'vitest';
import { streamFaultCode } from '../../../../contract/devices';
import { clockText } from '../../../ui/timeText';
import { ageText, countdownText, lastPictureText, statusText } from './tileText';

describe('statusText', () => {
  test('a frozen picture says since when', () => {
    const since = new Date(2026, 5, 1, 14, 3, 22).getTime();
    expect(statusText({ kind: 'stalled', since })?.title).toBe('Picture frozen since 14:03:22');
  });

  test('every reason has words of its own and says what to do', () => {
    const texts = streamFaultCode.options.map((code) =>
      statusText({ kind: 'offline', fault: { code, detail: '' }, attempt: 1, retryAt: null }),
    );
    expect(new Set(texts.map((text) => text?.title)).size).toBe(streamFaultCode.options.length);
    for (const text of texts) expect(text?.text?.length).toBeGreaterThan(20);
  });

  test('a live picture needs no words', () => {
    expect(statusText({ kind: 'live' })).toBeNull();
  });
});

describe('countdownText', () => {
  test('counts down to the attempt', () => {
    expect(countdownText(4, 3)).toBe('Next attempt in 4 seconds (attempt 3)');
    expect(countdownText(1, 1)).toBe('Next attempt in 1 second (attempt 1)');
  });

  test('says when it is under way', () => {
    expect(countdownText(0, 3)).toBe('Trying now (attempt 3)');
    expect(countdownText(null, 2)).toBe('Trying now (attempt 2)');
  });
});

test('a last picture of another day says the day', () => {
  const now = new Date(2026, 5, 2, 9, 0, 0).getTime();
  const today = new Date(2026, 5, 2, 8, 30, 0).getTime();
  const yesterday = new Date(2026, 5, 1, 23, 59, 59).getTime();
  expect(lastPictureText(today, now)).toMatch(
    new RegExp(`^Last picture ${clockText(today)}, \\d+ (s|min|h) ago$`),
  );
  expect(lastPictureText(yesterday, now)).toContain('01 Jun');
});

test('an age is as exact as it matters', () => {
  expect([0, 59_999, 60_000, 3_599_999, 3_600_000, 86_399_999, 86_400_000, 6e8].map(ageText)).toEqual([
    '0 s',
    '59 s',
    '1 min',
    '59 min',
    '1 h',
    '23 h',
    '1 d',
    '6 d',
  ]);
});
