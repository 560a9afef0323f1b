import { expect, test } from 'vitest';
import { DEFAULT_FOLDER_ID } from '../defaultFolder';
import { segmentReads, segmentWrites } from '../queries/segments';
import { tombstoneWrites } from '../queries/tombstones';
import { storageFolderReads, storageFolderWrites } from '../queries/storageFolders';
import {
  databaseAt,
  insertCamera,
  insertOldSegment,
  migrateTo,
  NEWEST,
  segment,
  uuid,
} from '../testing/fixtures';

function migrated() {
  const db = databaseAt(70);
  const camera = insertCamera(db, 1);
  insertOldSegment(db, segment(camera, 0, 10, 500));
  insertOldSegment(db, segment(camera, 10, 20, 700));
  migrateTo(db, 80);
  return { db, camera };
}

test('what was recorded lies in the default folder, which is the current one', () => {
  const { db, camera } = migrated();
  migrateTo(db, NEWEST);
  const { listStorageFolders } = storageFolderReads(db);
  expect(
    segmentReads(db)
      .findSegments(camera, 0, 100)
      .map(({ folderId }) => folderId),
  ).toEqual([DEFAULT_FOLDER_ID, DEFAULT_FOLDER_ID]);
  expect(listStorageFolders()).toMatchObject([
    {
      id: DEFAULT_FOLDER_ID,
      path: null,
      isCurrent: true,
      segments: 2,
      bytes: 1200,
      oldestUs: 10,
      newestUs: 20,
    },
  ]);
  expect(db.pragma('foreign_key_check')).toEqual([]);
});

test.each([
  ["INSERT INTO storage_folders VALUES ('x', '/a/b', 0, 1)", 'storage_folders_id_is_uuid'],
  [`INSERT INTO storage_folders VALUES ('${uuid(5)}', '/a/b', 1, 1)`, 'UNIQUE'],
  [`INSERT INTO storage_folders VALUES ('${uuid(5)}', NULL, 0, 1)`, 'UNIQUE'],
  [`INSERT INTO storage_folders VALUES ('${uuid(5)}', '/', 0, 1)`, 'storage_folders_path_length'],
  [`INSERT INTO storage_folders VALUES ('${uuid(5)}', '/a/b', 2, 1)`, 'storage_folders_is_current_is_bool'],
  [`DELETE FROM storage_folders`, 'FOREIGN KEY'],
])('%s breaks %s', (sql, constraint) => {
  const { db } = migrated();
  expect(() => db.exec(sql)).toThrow(constraint);
});

test('a segment needs a folder that exists, and the totals of folders follow', () => {
  const { db, camera } = migrated();
  migrateTo(db, NEWEST);
  const { addStorageFolder, setCurrentStorageFolder, removeStorageFolder } = storageFolderWrites(db);
  const { listStorageFolders } = storageFolderReads(db);
  const { insertSegment } = segmentWrites(db);
  const { deleteSegments } = tombstoneWrites(db);
  const totals = () =>
    Object.fromEntries(listStorageFolders().map(({ id, segments, bytes }) => [id, [segments, bytes]]));
  expect(() => insertSegment({ ...segment(camera, 30, 40), folderId: uuid(7) })).toThrow('FOREIGN KEY');
  addStorageFolder(uuid(7), '/mnt/disk', 5);
  const row = { ...segment(camera, 30, 40, 90), folderId: uuid(7) };
  insertSegment(row);
  expect(totals()).toEqual({ [DEFAULT_FOLDER_ID]: [2, 1200], [uuid(7)]: [1, 90] });
  db.prepare('UPDATE segments SET folder_id = ? WHERE id = ?').run(DEFAULT_FOLDER_ID, row.id);
  expect(totals()).toEqual({ [DEFAULT_FOLDER_ID]: [3, 1290], [uuid(7)]: [0, 0] });
  db.prepare('UPDATE segments SET folder_id = ? WHERE id = ?').run(uuid(7), row.id);
  setCurrentStorageFolder(uuid(7));
  expect(() => removeStorageFolder(uuid(7))).toThrow('in use');
  setCurrentStorageFolder(DEFAULT_FOLDER_ID);
  expect(() => removeStorageFolder(uuid(7))).toThrow('There are recordings in this folder');
  deleteSegments([row.id]);
  removeStorageFolder(uuid(7));
  expect(totals()).toEqual({ [DEFAULT_FOLDER_ID]: [2, 1200] });
  expect(() => removeStorageFolder(DEFAULT_FOLDER_ID)).toThrow('cannot be removed');
  expect(() => setCurrentStorageFolder(uuid(8))).toThrow('no such folder');
  expect(listStorageFolders().filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
});
