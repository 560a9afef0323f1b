import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULT_FOLDER_ID } from '../defaultFolder';
import { databaseAt, insertCamera, segment, uuid } from '../testing/fixtures';
import { segmentWrites } from './segments';
import { storageFolderReads, storageFolderWrites } from './storageFolders';

const OTHER = uuid(7);

test('cut-off and summary agree with counting by hand', () => {
  const piece = fc.record({ other: fc.boolean(), bytes: fc.integer({ min: 0, max: 100 }) });
  fc.assert(
    fc.property(
      fc.array(piece, { maxLength: 20 }),
      fc.integer({ min: 0, max: 1500 }),
      fc.boolean(),
      (pieces, wanted, both) => {
        const db = databaseAt();
        const camera = insertCamera(db, 1);
        storageFolderWrites(db).addStorageFolder(OTHER, '/mnt/disk', 1);
        const rows = pieces.map(({ other, bytes }, index) => ({
          ...segment(camera, index * 10, index * 10 + 10, bytes),
          folderId: other ? OTHER : DEFAULT_FOLDER_ID,
        }));
        for (const row of rows) segmentWrites(db).insertSegment(row);
        const folders = both ? [OTHER, DEFAULT_FOLDER_ID] : [OTHER];
        const mine = rows.filter(({ folderId }) => folders.includes(folderId));
        const gone: typeof rows = [];
        for (const row of mine) {
          if (gone.reduce((sum, { bytes }) => sum + bytes, 0) >= wanted) break;
          gone.push(row);
        }
        const { expiryCutoff, expirySummary } = storageFolderReads(db);
        const cutoff = expiryCutoff(folders, wanted, 0);
        expect(cutoff).toBe(gone.at(-1)?.endUs ?? null);
        expect(
          expirySummary(
            folders.map((folderId) => ({ folderId, untilUs: cutoff ?? 0 })),
            0,
          ),
        ).toEqual({
          segments: gone.length,
          bytes: gone.reduce((sum, { bytes }) => sum + bytes, 0),
          fromUs: gone[0]?.endUs ?? null,
          toUs: gone.at(-1)?.endUs ?? null,
        });
        db.close();
      },
    ),
    { numRuns: 60 },
  );
});

test('a path is added once', () => {
  const db = databaseAt();
  const { addStorageFolder } = storageFolderWrites(db);
  addStorageFolder(OTHER, '/mnt/disk', 1);
  expect(() => addStorageFolder(uuid(8), '/mnt/disk', 1)).toThrow('is a folder for recordings already');
});
