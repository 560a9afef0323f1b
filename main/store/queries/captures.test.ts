import { describe, expect, test } from 'vitest';
import { NOW_US, bookmark, databaseAt, device, snapshot, uuid } from '../testing/fixtures';
import { readHandlers, writeHandlers } from '.';

function store() {
  const db = databaseAt();
  const [read, write] = [readHandlers(db), writeHandlers(db)];
  write.createDevice(device(1));
  write.createDevice(device(2));
  return { read, write, user: read.localUser().id };
}

const ids = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

describe('snapshots', () => {
  test('come back with the name of their camera, even after its deletion', () => {
    const { read, write, user } = store();
    const row = write.insertSnapshot(snapshot(5, uuid(1), user));
    expect(row).toEqual({ ...snapshot(5, uuid(1), user), deviceName: 'Camera 1' });
    write.deleteDevice(uuid(1), NOW_US);
    expect(read.getSnapshot(uuid(5))).toEqual(row);
    expect(read.listSnapshots({ offset: 0, limit: 10 })).toEqual({ rows: [row], total: 1 });
    write.deleteSnapshot(uuid(5));
    write.deleteSnapshot(uuid(5));
    expect(read.getSnapshot(uuid(5))).toBeNull();
  });

  test('are listed newest first, then by id, of all cameras or one, in pages', () => {
    const { read, write, user } = store();
    for (const [n, camera, later] of [
      [10, 1, 0],
      [14, 1, 5],
      [13, 2, 5],
      [12, 1, 9],
    ] as const)
      write.insertSnapshot({ ...snapshot(n, uuid(camera), user), createdUs: NOW_US + later });
    expect(ids(read.listSnapshots({ offset: 0, limit: 10 }).rows)).toEqual([12, 13, 14, 10].map(uuid));
    const page = read.listSnapshots({ offset: 1, limit: 2 });
    expect([ids(page.rows), page.total]).toEqual([[uuid(13), uuid(14)], 4]);
    const own = read.listSnapshots({ deviceId: uuid(1), offset: 0, limit: 2 });
    expect([ids(own.rows), own.total]).toEqual([[uuid(12), uuid(14)], 3]);
  });
});

describe('bookmarks', () => {
  test('come back whole with the name of their camera', () => {
    const { read, write, user } = store();
    const row = write.insertBookmark(bookmark(5, uuid(2), user));
    expect(row).toEqual({ ...bookmark(5, uuid(2), user), deviceName: 'Camera 2' });
    expect(read.getBookmark(uuid(5))).toEqual(row);
    write.insertBookmark({ ...bookmark(6, uuid(2), user), thumbnailFile: null, label: null });
    write.insertBookmark({ ...bookmark(7, uuid(1), user), thumbnailFile: null, label: null, createdUs: 1 });
    expect(ids(read.listBookmarks({ offset: 0, limit: 10 }).rows)).toEqual([5, 6, 7].map(uuid));
    const own = read.listBookmarks({ deviceId: uuid(2), offset: 1, limit: 5 });
    expect([ids(own.rows), own.total]).toEqual([[uuid(6)], 2]);
    write.deleteBookmark(uuid(5));
    write.deleteBookmark(uuid(5));
    expect(read.getBookmark(uuid(5))).toBeNull();
  });

  test('their label can be changed and cleared', () => {
    const { write, user } = store();
    write.insertBookmark(bookmark(5, uuid(2), user));
    expect(write.updateBookmarkLabel(uuid(5), 'van', 7)).toMatchObject({ label: 'van', updatedUs: 7 });
    expect(write.updateBookmarkLabel(uuid(5), null, 8)).toMatchObject({ label: null, updatedUs: 8 });
    expect(() => write.updateBookmarkLabel(uuid(6), 'x', 9)).toThrow(
      expect.objectContaining({ kind: 'not_found' }),
    );
  });
});

test('settings are set, replaced and listed', () => {
  const { read, write } = store();
  expect(read.getSetting('a')).toBeNull();
  write.setSetting('b', '1', NOW_US);
  write.setSetting('a', 'x', NOW_US);
  write.setSetting('a', 'y', NOW_US);
  expect(read.getSetting('a')).toBe('y');
  expect(read.listSettings()).toEqual({ a: 'y', b: '1' });
});
