import type Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { layoutWrites } from '../queries/layouts';
import { NOW_US, databaseAt, migrateTo, uuid } from '../testing/fixtures';
import type { LayoutTileRow, NewLayout } from '../types';

const layoutOf = (n: number, more: Partial<NewLayout> = {}): NewLayout => ({
  ...{ id: uuid(n), name: `Layout ${String(n)}`, kind: '1', tiles: [empty], nowUs: NOW_US },
  ...more,
});
const empty: LayoutTileRow = { deviceId: null, place: null };
const at = (x: number, y: number, w: number, h: number): LayoutTileRow => ({
  deviceId: null,
  place: { x, y, w, h },
});

/** By SQL of that version: the queries of the newest one may know columns that came later. */
function addCamera(db: Database.Database): void {
  db.prepare(
    `INSERT INTO devices (id, name, rtsp_url, transport, is_active, recording, created_us, updated_us)
     VALUES (?, 'Gate', 'rtsp://192.0.2.1/1', 'tcp', 1, 1, 0, 0)`,
  ).run(uuid(1));
}

function migrated(): Database.Database {
  const db = databaseAt(40);
  addCamera(db);
  migrateTo(db, 50);
  return db;
}

test('keeps the cameras of version 40', () => {
  const db = databaseAt(40);
  addCamera(db);
  const before = db.prepare('SELECT * FROM devices').all();
  migrateTo(db, 50);
  expect(db.prepare('SELECT * FROM devices').all()).toEqual(before);
  expect(before).toHaveLength(1);
  expect(db.pragma('user_version', { simple: true })).toBe(50);
});

describe('invariants', () => {
  test.each<[Partial<NewLayout>, string]>([
    [{ id: 'x' }, 'layouts_id_is_uuid'],
    [{ name: '' }, 'layouts_name_length'],
    [{ name: 'x'.repeat(81) }, 'layouts_name_length'],
    [{ kind: '5x5' as '4x4' }, 'layouts_kind_is_known'],
    [{ nowUs: -1 }, 'layouts_created_us_range'],
    [{ tiles: Array.from({ length: 17 }, () => empty) }, 'layout_tiles_tile_range'],
    [{ tiles: [{ deviceId: uuid(404), place: null }] }, 'FOREIGN KEY'],
    [
      {
        tiles: [
          { deviceId: uuid(1), place: null },
          { deviceId: uuid(1), place: null },
        ],
      },
      'UNIQUE',
    ],
    [{ tiles: [at(41, 0, 8, 8)] }, 'layout_tiles_place_is_on_the_wall'],
    [{ tiles: [at(0, -1, 8, 8)] }, 'layout_tiles_place_is_on_the_wall'],
    [{ tiles: [at(0, 0, 7, 8)] }, 'layout_tiles_place_is_on_the_wall'],
  ])('%j breaks %s', (more, constraint) => {
    const db = migrated();
    expect(() => layoutWrites(db).createLayout(layoutOf(9, more))).toThrow(constraint);
    expect(db.prepare('SELECT count(*) FROM layouts').pluck().get(), 'nothing half').toBe(0);
  });

  test('tiles go with their layout', () => {
    const db = migrated();
    const write = layoutWrites(db);
    write.createLayout(layoutOf(9, { kind: 'free', tiles: [at(0, 0, 40, 48), at(40, 0, 8, 48)] }));
    expect(db.prepare('SELECT count(*) FROM layout_tiles').pluck().get()).toBe(2);
    write.deleteLayout(uuid(9));
    expect(db.prepare('SELECT count(*) FROM layout_tiles').pluck().get()).toBe(0);
  });
});
