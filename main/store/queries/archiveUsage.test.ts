import { expect, test } from 'vitest';
import { databaseAt, device, segment, uuid } from '../testing/fixtures';
import { usageReads } from './archiveUsage';
import { faultReads, faultWrites } from './cameraFaults';
import { deviceWrites } from './devices';
import { segmentWrites } from './segments';

function store() {
  const db = databaseAt();
  const at = {
    ...deviceWrites(db),
    ...segmentWrites(db),
    ...usageReads(db),
    ...faultReads(db),
    ...faultWrites(db),
  };
  for (const n of [1, 2, 3]) at.createDevice(device(n));
  return at;
}

test('what recordings take, in all and of the last day; deleted cameras and those without are left out', () => {
  const at = store();
  at.insertSegment(segment(uuid(1), 1_000_000, 61_000_000, 100));
  at.insertSegment(segment(uuid(1), 100_000_000, 160_000_000, 200));
  at.insertSegment(segment(uuid(1), 160_000_000, 190_000_000, 300));
  at.insertSegment(segment(uuid(2), 0, 10_000_000, 50));
  at.insertSegment(segment(uuid(3), 200_000_000, 210_000_000, 50));
  at.deleteDevice(uuid(3), 5);
  expect(at.archiveUsage(100_000_000)).toEqual([
    {
      cameraId: uuid(1),
      bytes: 600,
      oldestUs: 1_000_000,
      newestUs: 190_000_000,
      dayBytes: 500,
      daySeconds: 90,
    },
    { cameraId: uuid(2), bytes: 50, oldestUs: 0, newestUs: 10_000_000, dayBytes: 0, daySeconds: 0 },
  ]);
});

test('the last fault of a camera is kept, and ends once', () => {
  const at = store();
  expect(at.lastFault(uuid(1))).toBeNull();
  at.endFault(uuid(1), 5);
  const fault = { cameraId: uuid(1), code: 'unreachable', sinceUs: 10, untilUs: null };
  at.noteFault(fault);
  at.noteFault({ ...fault, cameraId: uuid(9) });
  expect(at.lastFault(uuid(1))).toEqual(fault);
  at.endFault(uuid(1), 20);
  at.endFault(uuid(1), 30);
  expect(at.lastFault(uuid(1))).toEqual({ ...fault, untilUs: 20 });
  at.noteFault({ ...fault, code: 'stalled', sinceUs: 40 });
  expect(at.lastFault(uuid(1))).toMatchObject({ code: 'stalled', sinceUs: 40, untilUs: null });
});
