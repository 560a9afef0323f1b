import type Database from 'better-sqlite3';
import { VasError } from '../../base/errors';
import type { LayoutPatch, LayoutRow, LayoutTileRow, NewLayout } from '../types';
import { sqliteCode } from '../worker/errors';
import type { ReadPart, WritePart } from './part';

const COLUMNS = 'id, name, kind, created_us AS createdUs, updated_us AS updatedUs';
// A deleted camera leaves an empty tile; its row stays, as every reference to a camera does.
const TILES = `SELECT t.layout_id AS layoutId, d.id AS deviceId, t.x, t.y, t.w, t.h FROM layout_tiles t
  LEFT JOIN devices d ON d.id = t.device_id AND d.deleted_us IS NULL`;

type Head = Omit<LayoutRow, 'tiles'>;
type RawTile = { readonly layoutId: string; readonly deviceId: string | null } & (
  Record<'x' | 'y' | 'w' | 'h', number> | Record<'x' | 'y' | 'w' | 'h', null>
);

function toTile({ deviceId, ...raw }: RawTile): LayoutTileRow {
  return { deviceId, place: raw.x === null ? null : { x: raw.x, y: raw.y, w: raw.w, h: raw.h } };
}

export function layoutReads(db: Database.Database): ReadPart<'listLayouts'> {
  const heads = db.prepare<[], Head>(`SELECT ${COLUMNS} FROM layouts ORDER BY position, created_us, id`);
  const tiles = db.prepare<[], RawTile>(`${TILES} ORDER BY t.layout_id, t.tile`);
  // One transaction, so that heads and tiles belong together.
  const list = db.transaction((): LayoutRow[] => {
    const byLayout = new Map<string, LayoutTileRow[]>();
    for (const raw of tiles.all())
      byLayout.set(raw.layoutId, [...(byLayout.get(raw.layoutId) ?? []), toTile(raw)]);
    return heads.all().map((head) => ({ ...head, tiles: byLayout.get(head.id) ?? [] }));
  });
  return { listLayouts: () => list() };
}

export function layoutWrites(
  db: Database.Database,
): WritePart<'createLayout' | 'updateLayout' | 'deleteLayout' | 'reorderLayouts'> {
  const head = db.prepare<[string], Head>(`SELECT ${COLUMNS} FROM layouts WHERE id = ?`);
  const tilesOf = db.prepare<[string], RawTile>(`${TILES} WHERE t.layout_id = ? ORDER BY t.tile`);
  const insert = db.prepare(
    `INSERT INTO layouts (id, name, kind, position, created_us, updated_us)
     VALUES (@id, @name, @kind, (SELECT coalesce(max(position) + 1, 0) FROM layouts), @nowUs, @nowUs)`,
  );
  const change = db.prepare(
    'UPDATE layouts SET name = coalesce(@name, name), kind = coalesce(@kind, kind), updated_us = @nowUs WHERE id = @id',
  );
  const clear = db.prepare<[string]>('DELETE FROM layout_tiles WHERE layout_id = ?');
  const addTile = db.prepare(
    `INSERT INTO layout_tiles (layout_id, tile, device_id, x, y, w, h)
     VALUES (@layoutId, @tile, @deviceId, @x, @y, @w, @h)`,
  );
  const remove = db.prepare<[string]>('DELETE FROM layouts WHERE id = ?');
  const ids = db.prepare<[], string>('SELECT id FROM layouts').pluck();
  const move = db.prepare<[number, string]>('UPDATE layouts SET position = ? WHERE id = ?');

  const put = (layoutId: string, tiles: readonly LayoutTileRow[]): void => {
    clear.run(layoutId);
    tiles.forEach(({ deviceId, place }, tile) =>
      addTile.run({ layoutId, tile, deviceId, ...(place ?? { x: null, y: null, w: null, h: null }) }),
    );
  };
  const mustGet = (id: string): LayoutRow => {
    const found = head.get(id);
    if (!found) throw noSuchLayout(id);
    return { ...found, tiles: tilesOf.all(id).map(toTile) };
  };
  const create = db.transaction(({ tiles, ...layout }: NewLayout): LayoutRow => {
    refusingTakenNames(layout.name, () => insert.run(layout));
    put(layout.id, tiles);
    return mustGet(layout.id);
  });
  const update = db.transaction((id: string, { name, content, nowUs }: LayoutPatch): LayoutRow => {
    const values = { id, name: name ?? null, kind: content?.kind ?? null, nowUs };
    refusingTakenNames(name ?? '', () => {
      if (change.run(values).changes === 0) throw noSuchLayout(id);
    });
    if (content) put(id, content.tiles);
    return mustGet(id);
  });
  const reorder = db.transaction((wanted: readonly string[]): void => {
    const known = new Set(ids.all());
    const same = new Set(wanted).size === wanted.length && wanted.every((id) => known.has(id));
    if (!same || known.size !== wanted.length)
      throw new VasError('conflict', 'The list of layouts has changed meanwhile. Look again and repeat it.');
    wanted.forEach((id, position) => move.run(position, id));
  });

  return {
    createLayout: (layout) => create.immediate(layout),
    updateLayout: (id, patch) => update.immediate(id, patch),
    deleteLayout(id) {
      if (remove.run(id).changes === 0) throw noSuchLayout(id);
    },
    reorderLayouts: (wanted) => reorder.immediate(wanted),
  };
}

function noSuchLayout(id: string): VasError {
  return new VasError('not_found', 'There is no such layout; it may have been deleted.', { details: { id } });
}

function refusingTakenNames(name: string, run: () => void): void {
  try {
    run();
  } catch (error) {
    if (sqliteCode(error) === 'SQLITE_CONSTRAINT_UNIQUE')
      throw new VasError('conflict', `Another layout is called "${name}" already. Choose another name.`, {
        cause: error,
        details: { code: 'name_taken' },
      });
    throw error;
  }
}
