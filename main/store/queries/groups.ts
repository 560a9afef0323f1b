import { randomUUID } from 'node:crypto';
import type Database from 'better-sqlite3';
import { VasError } from '../../base/errors';
import type { GroupRow } from '../types';
import { sqliteCode } from '../worker/errors';
import type { ReadPart, WritePart } from './part';

interface RawGroup {
  readonly id: string;
  readonly name: string;
  /** JSON array of ids. */
  readonly cameraIds: string;
}

const COLUMNS = `id, name, (SELECT json_group_array(camera_id) FROM (
    SELECT m.camera_id FROM camera_group_members m JOIN devices d ON d.id = m.camera_id
    WHERE m.group_id = camera_groups.id AND d.deleted_us IS NULL ORDER BY d.created_us, d.id)) AS cameraIds`;

const toGroup = ({ id, name, cameraIds }: RawGroup): GroupRow => ({
  id,
  name,
  cameraIds: JSON.parse(cameraIds) as string[],
});

export function groupReads(db: Database.Database): ReadPart<'listGroups'> {
  const all = db.prepare<[], RawGroup>(`SELECT ${COLUMNS} FROM camera_groups ORDER BY name COLLATE NOCASE`);
  return { listGroups: () => all.all().map(toGroup) };
}

type GroupWrites = 'createGroup' | 'renameGroup' | 'deleteGroup' | 'changeGroupMembers';

export function groupWrites(db: Database.Database): WritePart<GroupWrites> {
  const one = db.prepare<[string], RawGroup>(`SELECT ${COLUMNS} FROM camera_groups WHERE id = ?`);
  const insert = db.prepare<[string, string, number, number]>(
    'INSERT INTO camera_groups (id, name, created_us, updated_us) VALUES (?, ?, ?, ?)',
  );
  const rename = db.prepare<[string, number, string]>(
    'UPDATE camera_groups SET name = ?, updated_us = ? WHERE id = ?',
  );
  const remove = db.prepare<[string]>('DELETE FROM camera_groups WHERE id = ?');
  const empty = db.prepare<[string]>('DELETE FROM camera_group_members WHERE group_id = ?');
  const join = db.prepare<[string, string]>(
    `INSERT INTO camera_group_members (group_id, camera_id)
     SELECT ?, id FROM devices WHERE id = ? AND deleted_us IS NULL
     ON CONFLICT DO NOTHING`,
  );
  const leave = db.prepare<[string, string]>(
    'DELETE FROM camera_group_members WHERE group_id = ? AND camera_id = ?',
  );

  const mustGet = (id: string): GroupRow => {
    const raw = one.get(id);
    if (!raw) throw new VasError('not_found', 'There is no such group. It may have been deleted.');
    return toGroup(raw);
  };

  const create = db.transaction((name: string, cameraIds: readonly string[], nowUs: number): GroupRow => {
    const id = randomUUID();
    refusingDuplicates(name, () => insert.run(id, name, nowUs, nowUs));
    for (const cameraId of cameraIds) join.run(id, cameraId);
    return mustGet(id);
  });
  const change = db.transaction(
    (id: string, how: 'set' | 'add' | 'remove', cameraIds: readonly string[]): GroupRow => {
      mustGet(id);
      if (how === 'set') empty.run(id);
      for (const cameraId of cameraIds) (how === 'remove' ? leave : join).run(id, cameraId);
      return mustGet(id);
    },
  );

  return {
    createGroup: (name, cameraIds, nowUs) => create.immediate(name, cameraIds, nowUs),
    renameGroup(id, name, nowUs) {
      mustGet(id);
      refusingDuplicates(name, () => rename.run(name, nowUs, id));
      return mustGet(id);
    },
    deleteGroup(id) {
      mustGet(id);
      remove.run(id);
    },
    changeGroupMembers: (id, how, cameraIds) => change.immediate(id, how, cameraIds),
  };
}

/**
 * Makes the memberships of one camera exactly these; groups that do not exist yet are made.
 * Call it inside a transaction.
 */
export function membershipWriter(
  db: Database.Database,
): (cameraId: string, names: readonly string[], nowUs: number) => void {
  const find = db
    .prepare<[string], string>('SELECT id FROM camera_groups WHERE name = ? COLLATE NOCASE')
    .pluck();
  const insert = db.prepare<[string, string, number, number]>(
    'INSERT INTO camera_groups (id, name, created_us, updated_us) VALUES (?, ?, ?, ?)',
  );
  const leaveAll = db.prepare<[string]>('DELETE FROM camera_group_members WHERE camera_id = ?');
  const join = db.prepare<[string, string]>(
    'INSERT INTO camera_group_members (group_id, camera_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  return (cameraId, names, nowUs) => {
    leaveAll.run(cameraId);
    for (const name of names) {
      const known = find.get(name);
      const id = known ?? randomUUID();
      if (known === undefined) insert.run(id, name, nowUs, nowUs);
      join.run(id, cameraId);
    }
  };
}

function refusingDuplicates(name: string, run: () => void): void {
  try {
    run();
  } catch (error) {
    if (sqliteCode(error) === 'SQLITE_CONSTRAINT_UNIQUE')
      throw new VasError('conflict', `There is already a group named ${name}. Choose another name.`, {
        cause: error,
      });
    throw error;
  }
}
