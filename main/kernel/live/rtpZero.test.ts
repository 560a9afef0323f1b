import { expect, test } from 'vitest';
import { rtpTimeOfZero } from './rtpZero';

const ZERO_US = 1_700_000_000_123_000;
const FIRST = 4_000_000_000;

/** What FFmpeg 5.1 writes (libavformat/rtpenc.c): both clocks count from the same moment, fractions cut off. */
function report(afterUs: number) {
  const ntpUs = ZERO_US + afterUs + 2_208_988_800_000_000;
  return {
    ntpSec: Math.floor(ntpUs / 1e6),
    ntpFrac: Math.floor(((ntpUs % 1e6) * 2 ** 32) / 1e6),
    rtpTs: (FIRST + Math.round((afterUs * 9) / 100)) % 2 ** 32,
  };
}

test.each([0, 1, 333_333, 5_000_001, 3_600_000_000, 40 * 3_600_000_000])(
  'a report %d us after the beginning tells the time stamp of the beginning, across the wrap too',
  (afterUs) => {
    expect(Math.abs((rtpTimeOfZero(report(afterUs), ZERO_US) ?? NaN) - FIRST)).toBeLessThanOrEqual(1);
  },
);

test('a report that cannot be read tells nothing', () => {
  expect(rtpTimeOfZero({ ntpSec: 1, rtpTs: 3 }, ZERO_US)).toBeNull();
});
