import { describe, expect, test } from 'vitest';
import { bookmark, databaseAt, device, NOW_US, snapshot, uuid } from '../testing/fixtures';
import type { CaptureFilter, CaptureRow } from '../types';
import { readHandlers, writeHandlers } from '.';

const S = 1_000_000;

/** Snapshots 10 to 13 and bookmarks 20 to 22 of two cameras, a second apart. */
function gallery() {
  const db = databaseAt();
  const [read, write] = [readHandlers(db), writeHandlers(db)];
  write.createDevice(device(1));
  write.createDevice(device(2));
  const user = read.localUser().id;
  for (const n of [0, 1, 2, 3])
    write.insertSnapshot({
      ...snapshot(10 + n, uuid(1 + (n % 2)), user),
      timestampUs: NOW_US + 2 * n * S,
    });
  for (const n of [0, 1, 2])
    write.insertBookmark({
      ...bookmark(20 + n, uuid(1 + (n % 2)), user),
      ...{ label: n === 0 ? 'Gate' : null, centerUs: NOW_US + (2 * n + 1) * S },
    });
  write.updateCapture('snapshot', uuid(11), { label: '50 % off', notes: 'a_b', nowUs: NOW_US + 9 });
  write.updateCapture('snapshot', uuid(12), { tags: ['Theft', 'night'], nowUs: NOW_US + 9 });
  write.updateCapture('bookmark', uuid(22), { tags: ['theft'], notes: 'Red car', nowUs: NOW_US + 9 });
  return { db, read, write };
}

const numbers = (rows: readonly CaptureRow[]) =>
  rows.map(({ id }) => Number.parseInt(id.slice(-4), 16) || id);
const ids = (...all: number[]) => all.map(uuid);

test('snapshots and bookmarks come together, the newest moment first, page by page', () => {
  const { read } = gallery();
  const all = read.listCaptures({}, 100);
  expect(all.map(({ id }) => id)).toEqual(ids(13, 22, 12, 21, 11, 20, 10));
  expect(numbers(all)).toHaveLength(7);
  const seen: string[] = [];
  let before: CaptureFilter['before'];
  for (;;) {
    const page = read.listCaptures(before === undefined ? {} : { before }, 2);
    if (page.length === 0) break;
    seen.push(...page.map(({ id }) => id));
    before = page.at(-1);
  }
  expect(seen).toEqual(all.map(({ id }) => id));
  expect(read.countCaptures({})).toBe(7);
});

test('equal moments are told apart by their id, in both tables', () => {
  const { db, read } = gallery();
  db.exec(
    `UPDATE snapshots SET timestamp_us = ${String(NOW_US)}; UPDATE bookmarks SET center_us = ${String(NOW_US)}`,
  );
  const expected = ids(10, 11, 12, 13, 20, 21, 22);
  expect(read.listCaptures({}, 100).map(({ id }) => id)).toEqual(expected);
  const rest = read.listCaptures({ before: { atUs: NOW_US, id: uuid(12) } }, 100);
  expect(rest.map(({ id }) => id)).toEqual(expected.slice(3));
});

describe('filters', () => {
  test.each<[string, CaptureFilter, number[]]>([
    ['kind', { kind: 'bookmark' }, [22, 21, 20]],
    ['kind', { kind: 'snapshot' }, [13, 12, 11, 10]],
    ['cameras', { deviceIds: [uuid(2)] }, [13, 21, 11]],
    ['no camera', { deviceIds: [] }, []],
    ['time, both inclusive', { fromUs: NOW_US + S, toUs: NOW_US + 3 * S }, [21, 11, 20]],
    ['with a label', { hasLabel: true }, [11, 20]],
    ['without', { hasLabel: false, kind: 'bookmark' }, [22, 21]],
    ['tags, whatever their case', { tags: ['THEFT'] }, [22, 12]],
    ['one of several tags', { tags: ['night', 'nothing'] }, [12]],
    ['text of the notes', { text: 'red' }, [22]],
    ['text of the label', { text: 'GATE' }, [20]],
    ['signs that mean something to SQL', { text: '% o' }, [11]],
    ['an underscore is itself', { text: 'a_b' }, [11]],
    ['the same, not any sign', { text: 'ar_' }, []],
    ['a quotation mark', { text: "'; DROP TABLE snapshots; --" }, []],
    ['several at once', { tags: ['theft'], kind: 'snapshot', deviceIds: [uuid(1)] }, [12]],
  ])('%s', (_name, filter, expected) => {
    const { read } = gallery();
    expect(read.listCaptures(filter, 100).map(({ id }) => id)).toEqual(ids(...expected));
    expect(read.countCaptures(filter)).toBe(expected.length);
  });
});

test('what is written on a capture is changed alone, and what is not given stays', () => {
  const { read, write } = gallery();
  const changed = write.updateCapture('bookmark', uuid(22), { label: 'Car', nowUs: NOW_US + 20 });
  expect(changed).toMatchObject({ label: 'Car', notes: 'Red car', tags: ['theft'], updatedUs: NOW_US + 20 });
  expect(write.updateCapture('bookmark', uuid(22), { tags: [], notes: null, nowUs: 1 })).toMatchObject({
    ...{ label: 'Car', notes: null, tags: [] },
  });
  expect(read.getBookmark(uuid(22))?.label).toBe('Car');
  expect(() => write.updateCapture('snapshot', uuid(22), { label: 'x', nowUs: 1 })).toThrow(
    'no such snapshot',
  );
});

test('tags are counted, of the cameras that may be seen; they go with their captures', () => {
  const { read, write } = gallery();
  expect(read.captureTags(null)).toEqual([
    { tag: 'night', count: 1 },
    { tag: 'Theft', count: 2 },
  ]);
  expect(read.captureTags([uuid(2)])).toEqual([]);
  write.deleteSnapshot(uuid(12));
  expect(read.captureTags([uuid(1)])).toEqual([{ tag: 'theft', count: 1 }]);
});

test('a page of thousands is found along the index', () => {
  const { db } = gallery();
  const plan = db
    .prepare(
      `EXPLAIN QUERY PLAN SELECT id, timestamp_us FROM snapshots WHERE timestamp_us >= 0
       UNION ALL SELECT id, center_us FROM bookmarks WHERE center_us >= 0 ORDER BY 2 DESC, 1 LIMIT 100`,
    )
    .all() as { detail: string }[];
  const text = plan.map(({ detail }) => detail).join('\n');
  expect(text).toContain('snapshots_moment');
  expect(text).toContain('bookmarks_moment');
  expect(text).not.toContain('TEMP B-TREE');
});
