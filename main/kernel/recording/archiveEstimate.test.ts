import { describe, expect, it } from 'vitest';
import type { ArchiveRoom, CameraLoad } from './archiveEstimate';
import { estimateArchive } from './archiveEstimate';

const GB = 1e9;
const HOUR = 3_600;
const camera = (cameraId: string, more: Partial<CameraLoad> = {}): CameraLoad => ({
  ...{ cameraId, bytes: 24 * GB, seconds: 24 * HOUR, isRecorded: true, share: 1, ...more },
});
const room = (more: Partial<ArchiveRoom> = {}): ArchiveRoom => ({
  ...{ space: 480 * GB, maxBytes: null, maxDays: null, ...more },
});

describe('days of archive', () => {
  it('is the room divided by what all cameras take a day', () => {
    const one = estimateArchive([camera('a')], room());
    expect(one).toMatchObject({ totalPerDay: 24 * GB, unmeasured: 0, days: 20, limit: 'space' });
    const two = estimateArchive([camera('a'), camera('b', { bytes: 72 * GB })], room());
    expect(two).toMatchObject({ totalPerDay: 96 * GB, days: 5 });
    expect([...two.bytesPerDay]).toEqual([
      ['a', 24 * GB],
      ['b', 72 * GB],
    ]);
  });

  it('ends at the rule that comes first', () => {
    const days = (more: Partial<ArchiveRoom>) => {
      const { days: value, limit } = estimateArchive([camera('a')], room(more));
      return [value, limit];
    };
    expect(days({ maxDays: 7 })).toEqual([7, 'age']);
    expect(days({ maxDays: 30 })).toEqual([20, 'space']);
    expect(days({ maxBytes: 240 * GB, maxDays: 30 })).toEqual([10, 'size']);
  });

  it('an outage does not make the archive look deeper', () => {
    const half = camera('a', { bytes: 12 * GB, seconds: 12 * HOUR });
    expect(estimateArchive([half], room()).days).toBe(20);
  });

  it('counts the hours that the schedule records', () => {
    const nights = camera('a', { bytes: 8 * GB, seconds: 8 * HOUR, share: 1 / 3 });
    expect(estimateArchive([nights], room()).days).toBeCloseTo(60, 9);
  });

  it('a camera that is not recorded takes nothing, whatever it took before', () => {
    const estimate = estimateArchive([camera('a'), camera('b', { isRecorded: false })], room());
    expect(estimate.bytesPerDay.get('b')).toBe(0);
    expect(estimate.days).toBe(20);
  });
});

describe('what is not known is not made up', () => {
  it('a camera that was hardly recorded is unmeasured, and counted as such', () => {
    const young = camera('b', { bytes: GB, seconds: 599 });
    const estimate = estimateArchive([camera('a'), young], room());
    expect(estimate).toMatchObject({ unmeasured: 1, days: 20 });
    expect(estimate.bytesPerDay.get('b')).toBeNull();
    expect(estimateArchive([young], room())).toMatchObject({ unmeasured: 1, days: null, limit: null });
    expect(estimateArchive([camera('b', { bytes: GB, seconds: 600 })], room()).unmeasured).toBe(0);
  });

  it('nothing recorded, no cameras, a missing disk', () => {
    expect(estimateArchive([], room({ maxDays: 3 })).days).toBeNull();
    expect(estimateArchive([camera('a', { isRecorded: false })], room()).days).toBeNull();
    expect(estimateArchive([camera('a')], room({ space: null, maxDays: 7 })).days).toBeNull();
  });

  it('a disk below its floor has room for nothing', () => {
    expect(estimateArchive([camera('a')], room({ space: -GB })).days).toBe(0);
  });
});
