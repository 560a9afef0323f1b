import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VasError } from '../../base/errors';
import { isoFromUs, usFromIso } from './instants';
import { mediaTime } from './mediaTime';

const START = 1_800_000_000_000_000;

describe('media time', () => {
  it('is spread evenly over a closed file, so that neighbours join', () => {
    const time = mediaTime({ startUs: START, endUs: START + 60_030_000, open: false }, 60);
    expect(time.wallUs(0)).toBe(START);
    expect(time.wallUs(60)).toBe(START + 60_030_000);
    expect(time.wallUs(30)).toBe(START + 30_015_000);
  });

  it.each([
    ['an open file', { endUs: START + 59_990_000, open: true }],
    ['a file whose span is no slewing', { endUs: START + 50_000_000, open: false }],
  ])('is second by second in %s', (_what, place) => {
    const time = mediaTime({ startUs: START, ...place }, 60);
    expect(time.wallUs(60)).toBe(START + 60_000_000);
  });

  it('comes back from the wall clock to the microsecond', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -60_000, max: 60_000 }),
        fc.double({ min: 0, max: 60, noNaN: true }),
        (offUs, at) => {
          const time = mediaTime({ startUs: START, endUs: START + 60_000_000 + offUs, open: false }, 60);
          expect(Math.abs(time.seconds(time.wallUs(at)) - at)).toBeLessThan(0.000_001);
        },
      ),
    );
  });
});

describe('instants', () => {
  it('go to and fro in whole milliseconds', () => {
    fc.assert(
      fc.property(fc.nat(4_000_000_000_000), fc.nat(999), (ms, us) => {
        expect(usFromIso(isoFromUs(ms * 1000 + us))).toBe(ms * 1000);
      }),
    );
  });

  it('may carry an offset, and nothing else', () => {
    expect(usFromIso('2026-11-21T10:00:00.5+02:00')).toBe(Date.UTC(2026, 10, 21, 8, 0, 0, 500) * 1000);
    expect(() => usFromIso('yesterday')).toThrow(VasError);
  });
});
