import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GapReason } from '../../../../contract/recordings';
import type { Mark } from './gapJournal';
import { explainGap } from './gapJournal';

const at = (atUs: number, reason: GapReason | null): Mark => ({ atUs, reason });

test('a reason that was noticed late explains what was before it', () => {
  expect(explainGap([at(0, null), at(15, 'camera-offline'), at(40, null)], 10, 50)).toEqual([
    { startUs: 10, endUs: 50, reason: 'camera-offline' },
  ]);
});

test('reasons that follow each other are kept apart', () => {
  const marks = [
    at(5, 'camera-offline'),
    at(20, 'application-stopped'),
    at(30, 'camera-offline'),
    at(40, 'off'),
  ];
  expect(explainGap(marks, 10, 50)).toEqual([
    { startUs: 10, endUs: 20, reason: 'camera-offline' },
    { startUs: 20, endUs: 30, reason: 'application-stopped' },
    { startUs: 30, endUs: 40, reason: 'camera-offline' },
    { startUs: 40, endUs: 50, reason: 'off' },
  ]);
});

test('without a reason it is not known', () => {
  expect(explainGap([at(0, null)], 10, 50)).toEqual([{ startUs: 10, endUs: 50, reason: 'unknown' }]);
});

test('AR-6: whatever was noted, a gap is explained without hole and overlap', () => {
  const reason = fc.constantFrom<GapReason | null>('off', 'disk', 'stalled', null);
  const marks = fc
    .array(fc.tuple(fc.nat(100), reason), { maxLength: 12 })
    .map((list) => list.sort(([a], [b]) => a - b).map(([us, why]) => at(us, why)));
  fc.assert(
    fc.property(marks, fc.nat(100), fc.integer({ min: 1, max: 50 }), (list, fromUs, length) => {
      const spans = explainGap(list, fromUs, fromUs + length);
      let until = fromUs;
      for (const span of spans) {
        expect(span.startUs).toBe(until);
        expect(span.endUs).toBeGreaterThan(span.startUs);
        until = span.endUs;
      }
      expect(until).toBe(fromUs + length);
    }),
  );
});
