import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CHAIN_GENESIS, chainValue } from '../segmentChain';
import { databaseAt, device, segment, uuid } from '../testing/fixtures';
import type { SegmentLoss } from '../types';
import { deviceWrites } from './devices';
import { sealReads } from './segmentSeals';
import { segmentReads, segmentWrites } from './segments';
import { tombstoneReads, tombstoneWrites } from './tombstones';

const CAMERAS = [uuid(1), uuid(2)] as const;

function store() {
  const db = databaseAt();
  for (const n of [1, 2]) deviceWrites(db).createDevice(device(n));
  return {
    ...{ db, ...segmentReads(db), ...segmentWrites(db), ...sealReads(db) },
    ...{ ...tombstoneReads(db), ...tombstoneWrites(db) },
  };
}

const hashOf = (n: number): string => n.toString(16).padStart(64, '0');

const action = fc.oneof(
  { weight: 4, arbitrary: fc.record({ add: fc.nat(1), sealed: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({
      remove: fc.nat(),
      reason: fc.constantFrom<SegmentLoss>('retention', 'lost', 'damaged'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ seal: fc.nat() }) },
);

test("AR-7: whatever is added and taken away, each camera's chain can be followed from its beginning to its head", () => {
  fc.assert(
    fc.property(fc.array(action, { minLength: 1, maxLength: 60 }), (actions) => {
      const at = store();
      /** Every segment that was ever sealed, by camera, in order. */
      const history = new Map<string, { id: string; chain: string; gone: SegmentLoss | null }[]>();
      const seal = (id: string, cameraId: string, startUs: number, endUs: number, sha256: string): void => {
        const own = history.get(cameraId) ?? [];
        const chain = chainValue(own.at(-1)?.chain ?? CHAIN_GENESIS, { cameraId, startUs, endUs, sha256 });
        history.set(cameraId, [...own, { id, chain, gone: null }]);
      };
      let n = 0;
      let rows: { id: string; cameraId: string; startUs: number; endUs: number; sealed: boolean }[] = [];
      for (const step of actions) {
        if ('add' in step) {
          const cameraId = CAMERAS[step.add] ?? CAMERAS[0];
          const startUs = ++n * 10;
          const row = segment(cameraId, startUs, startUs + 10);
          at.insertSegment({ ...row, sha256: step.sealed ? hashOf(n) : null });
          if (step.sealed) seal(row.id, cameraId, startUs, startUs + 10, hashOf(n));
          rows.push({ id: row.id, cameraId, startUs, endUs: startUs + 10, sealed: step.sealed });
        } else if ('remove' in step) {
          const row = rows[step.remove % Math.max(1, rows.length)];
          if (!row) continue;
          expect(at.burySegments([row.id, row.id, uuid(5)], step.reason, 1)).toEqual([row.id]);
          rows = rows.filter((other) => other !== row);
          for (const one of history.get(row.cameraId) ?? []) if (one.id === row.id) one.gone = step.reason;
        } else {
          const row = rows[step.seal % Math.max(1, rows.length)];
          if (!row) continue;
          at.sealSegment(row.id, hashOf(++n));
          if (!row.sealed) seal(row.id, row.cameraId, row.startUs, row.endUs, hashOf(n));
          row.sealed = true;
        }
      }
      for (const cameraId of CAMERAS) {
        const own = history.get(cameraId) ?? [];
        const last = own.at(-1);
        expect(at.chainHead(cameraId)).toEqual(last ? { seq: own.length, chain: last.chain } : null);
        expect(
          at.sealedSegments(cameraId, 0, 1000).map(({ seq, id, chain }) => ({ seq, id, chain })),
        ).toEqual(
          own.flatMap(({ id, chain, gone }, index) => (gone === null ? [{ seq: index + 1, id, chain }] : [])),
        );
        // Cuts are the longest stretches of one reason, each with the value that follows on.
        const cuts: { firstSeq: number; lastSeq: number; reason: SegmentLoss; chain: string }[] = [];
        own.forEach(({ gone, chain }, index) => {
          if (gone === null) return;
          const open = cuts.at(-1);
          if (open?.lastSeq === index && open.reason === gone)
            Object.assign(open, { lastSeq: index + 1, chain });
          else cuts.push({ firstSeq: index + 1, lastSeq: index + 1, reason: gone, chain });
        });
        expect(at.chainCuts(cameraId)).toMatchObject(cuts);
        expect(at.chainCuts(cameraId).length).toBe(cuts.length);
      }
      at.db.close();
    }),
    { numRuns: 80 },
  );
});

test('AR-4: a deleted segment is a tombstone until its file is gone', () => {
  const at = store();
  const row = segment(CAMERAS[0], 10, 20, 77);
  at.insertSegment(row);
  at.burySegments([row.id], 'retention', 5);
  expect(at.findSegments(CAMERAS[0], 0, 100)).toEqual([]);
  expect(at.recordedBytes()).toBe(0);
  const { id, cameraId, folderId, path, bytes } = row;
  expect(at.listTombstones({ limit: 10 })).toEqual([{ id, cameraId, folderId, path, bytes, notedUs: 5 }]);
  expect(at.listTombstones({ cameraId: CAMERAS[1], limit: 10 })).toEqual([]);
  at.forgetTombstones([row.id]);
  expect(at.listTombstones({ limit: 10 })).toEqual([]);
});
