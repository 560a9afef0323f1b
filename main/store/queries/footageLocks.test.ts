import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_FOLDER_ID } from '../defaultFolder';
import { bookmark, databaseAt, device, NOW_US, segment, uuid } from '../testing/fixtures';
import type { NewFootageLock } from '../types';
import { bookmarkWrites } from './bookmarks';
import { deviceWrites } from './devices';
import { footageLockReads, footageLockWrites } from './footageLocks';
import { segmentReads, segmentWrites } from './segments';
import { storageFolderReads } from './storageFolders';
import { tombstoneWrites } from './tombstones';

const CAMERAS = [uuid(1), uuid(2)] as const;

function store() {
  const db = databaseAt();
  for (const n of [1, 2]) deviceWrites(db).createDevice(device(n));
  const at = {
    ...{ db, ...segmentReads(db), ...segmentWrites(db), ...tombstoneWrites(db), ...storageFolderReads(db) },
    ...{ ...footageLockReads(db), ...footageLockWrites(db), ...bookmarkWrites(db) },
  };
  const user = db.prepare<[], string>('SELECT id FROM users').pluck().get() ?? '';
  let n = 0;
  const lock = (startUs: number, endUs: number, more: Partial<NewFootageLock> = {}) =>
    at.addFootageLock({
      ...{ id: uuid(0x500 + ++n), source: 'range', sourceId: null, cameraIds: [CAMERAS[0]], startUs, endUs },
      ...{ reason: 'theft at the gate', createdBy: user, createdUs: 5, untilUs: null, ...more },
    });
  return { ...at, user, lock };
}

const span = fc.tuple(fc.nat(1), fc.nat(20), fc.integer({ min: 1, max: 8 }));
const lockOf = fc.record({
  cameras: fc.constantFrom([CAMERAS[0]], [CAMERAS[1]], [...CAMERAS]),
  at: fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 60 })),
  untilUs: fc.option(fc.nat(100)),
  released: fc.boolean(),
});

test('AR-9: retention is never given what a lock holds, whatever overlaps, ends or is released', () => {
  fc.assert(
    fc.property(
      fc.array(span, { maxLength: 20 }),
      fc.array(lockOf, { maxLength: 6 }),
      fc.nat(100),
      (spans, locks, nowUs) => {
        const at = store();
        const rows = spans.flatMap(([camera, start, length]) => {
          const row = segment(CAMERAS[camera] ?? CAMERAS[0], start * 10, start * 10 + length, 7);
          try {
            at.insertSegment(row);
            return [row];
          } catch {
            return [];
          }
        });
        for (const {
          cameras,
          at: [from, length],
          untilUs,
          released,
        } of locks) {
          const { id } = at.lock(from, from + length, { cameraIds: cameras, untilUs });
          if (released && (untilUs === null || untilUs > 0)) at.releaseFootageLock(id, at.user, 0);
        }
        const held = rows.filter((row) =>
          locks.some(
            ({ cameras, at: [from, length], untilUs, released }) =>
              cameras.includes(row.cameraId as (typeof CAMERAS)[0]) &&
              from < row.endUs &&
              from + length > row.startUs &&
              (untilUs === null || untilUs > nowUs) &&
              !(released && (untilUs === null || untilUs > 0)),
          ),
        );
        const free = rows.filter((row) => !held.includes(row));
        const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id).sort();
        const found = at.oldestSegments({ folderId: DEFAULT_FOLDER_ID, unlockedAtUs: nowUs, limit: 100 });
        expect(ids(found)).toEqual(ids(free));
        expect(at.lockedBytes(nowUs)).toBe(held.length * 7);
        expect(at.expirySummary([{ folderId: DEFAULT_FOLDER_ID, untilUs: 1e6 }], nowUs).segments).toBe(
          free.length,
        );
        const oldest = [...free].sort((a, b) => a.endUs - b.endUs)[0];
        expect(at.expiryCutoff([DEFAULT_FOLDER_ID], 1, nowUs)).toBe(oldest?.endUs ?? null);
        // Retention that was late to hear of a lock deletes nothing that is held either.
        expect(at.burySegments(ids(rows), 'retention', nowUs).sort()).toEqual(ids(free));
        expect(ids(CAMERAS.flatMap((camera) => at.findSegments(camera, 0, 1e6)))).toEqual(ids(held));
        at.db.close();
      },
    ),
    { numRuns: 120 },
  );
});

test('locks of cameras, of a range, and of the present', () => {
  const at = store();
  at.insertSegment(segment(CAMERAS[0], 0, 10, 100));
  at.insertSegment(segment(CAMERAS[0], 10, 20, 200));
  at.insertSegment(segment(CAMERAS[0], 30, 40, 400));
  const one = at.lock(5, 15);
  const two = at.lock(50, 60, { cameraIds: [...CAMERAS], createdUs: 6, untilUs: 1000 });
  expect(one).toMatchObject({ bytes: 300, cameraIds: [CAMERAS[0]], createdByName: 'alex', releasedUs: null });
  const list = (filter: object) =>
    at.listFootageLocks({ offset: 0, limit: 10, ...filter }).rows.map(({ id }) => id);
  expect(list({})).toEqual([two.id, one.id]);
  expect(list({ cameraIds: [CAMERAS[1]] })).toEqual([two.id]);
  expect(list({ fromUs: 15, toUs: 50 })).toEqual([]);
  expect(list({ fromUs: 14, toUs: 51 })).toEqual([two.id, one.id]);
  expect(list({ activeAtUs: 1000 })).toEqual([one.id]);
  expect(list({ limit: 1, offset: 1 })).toEqual([one.id]);
});

test('a lock is extended while it holds, and released once', () => {
  const at = store();
  const { id } = at.lock(5, 15, { untilUs: 100 });
  expect(at.extendFootageLock(id, 200, 99).untilUs).toBe(200);
  expect(() => at.extendFootageLock(id, 300, 200)).toThrow('has ended');
  expect(at.extendFootageLock(id, null, 150).untilUs).toBeNull();
  expect(at.releaseFootageLock(id, at.user, 160)).toMatchObject({ releasedUs: 160, releasedByName: 'alex' });
  expect(() => at.releaseFootageLock(id, at.user, 170)).toThrow('has ended');
  expect(() => at.extendFootageLock(uuid(1), null, 1)).toThrow('no such lock');
});

test('a bookmark that is locked cannot be deleted', () => {
  const at = store();
  const made = at.insertBookmark(bookmark(7, CAMERAS[0], at.user));
  const { id } = at.lock(NOW_US, NOW_US + 1, { source: 'bookmark', sourceId: made.id });
  expect(() => at.deleteBookmark(made.id)).toThrow('locked as evidence');
  at.releaseFootageLock(id, at.user, 1);
  at.deleteBookmark(made.id);
});
