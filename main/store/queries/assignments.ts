import type Database from 'better-sqlite3';
import { VasError } from '../../base/errors';
import type { AssignmentPatch, AssignmentRow } from '../types';
import { sqliteCode } from '../worker/errors';
import type { ReadPart, WritePart } from './part';

const COLUMNS = `a.id, a.camera_id AS cameraId, a.model_id AS modelId, a.enabled, a.desired_fps AS desiredFps,
  a.priority, a.parameters, a.rules, a.created_us AS createdUs, a.updated_us AS updatedUs`;
// An assignment of a deleted camera is gone with it (reference 6.7, on delete cascade).
const LIVE = `FROM ai_model_assignments a JOIN devices d ON d.id = a.camera_id AND d.deleted_us IS NULL`;

type RawAssignment = Omit<AssignmentRow, 'enabled'> & { enabled: number };
const toAssignment = (raw: RawAssignment): AssignmentRow => ({ ...raw, enabled: raw.enabled === 1 });
const oneOf = (db: Database.Database) =>
  db.prepare<[string], RawAssignment>(`SELECT ${COLUMNS} ${LIVE} WHERE a.id = ?`);

export function assignmentReads(
  db: Database.Database,
): ReadPart<'listAssignments' | 'getAssignment' | 'wantedAssignments'> {
  const filter = `WHERE (@cameraId IS NULL OR a.camera_id = @cameraId)
    AND (@modelId IS NULL OR a.model_id = @modelId) AND (@enabled IS NULL OR a.enabled = @enabled)`;
  const page = db.prepare<[object], RawAssignment>(
    `SELECT ${COLUMNS} ${LIVE} ${filter} ORDER BY a.created_us DESC, a.id LIMIT @limit OFFSET @offset`,
  );
  const count = db.prepare<[object], number>(`SELECT count(*) ${LIVE} ${filter}`).pluck();
  const wanted = db.prepare<[], RawAssignment>(
    `SELECT ${COLUMNS} ${LIVE} JOIN ai_models m ON m.model_id = a.model_id AND m.enabled = 1
     WHERE a.enabled = 1 ORDER BY a.created_us, a.id`,
  );
  const one = oneOf(db);
  return {
    listAssignments({ cameraId = null, modelId = null, enabled = null, offset, limit }) {
      const which = { cameraId, modelId, enabled: enabled === null ? null : enabled ? 1 : 0 };
      return {
        rows: page.all({ ...which, offset, limit }).map(toAssignment),
        total: count.get(which) ?? 0,
      };
    },
    getAssignment(id) {
      const raw = one.get(id);
      return raw ? toAssignment(raw) : null;
    },
    wantedAssignments: () => wanted.all().map(toAssignment),
  };
}

export function assignmentWrites(
  db: Database.Database,
): WritePart<'createAssignment' | 'updateAssignment' | 'deleteAssignment'> {
  const one = oneOf(db);
  const camera = db
    .prepare<[string], number>('SELECT 1 FROM devices WHERE id = ? AND deleted_us IS NULL')
    .pluck();
  const insert = db.prepare(
    `INSERT INTO ai_model_assignments (id, camera_id, model_id, enabled, desired_fps, priority, parameters, rules,
       created_us, updated_us)
     VALUES (@id, @cameraId, @modelId, @enabled, @desiredFps, @priority, @parameters, @rules, @nowUs, @nowUs)`,
  );
  const update = db.prepare(
    `UPDATE ai_model_assignments SET enabled = @enabled, desired_fps = @desiredFps, priority = @priority,
       parameters = @parameters, rules = @rules, updated_us = @nowUs WHERE id = @id`,
  );
  const remove = db.prepare<[string]>('DELETE FROM ai_model_assignments WHERE id = ?');
  const mustGet = (id: string): RawAssignment => {
    const raw = one.get(id);
    if (!raw) throw new VasError('not_found', 'There is no such assignment.', { details: { id } });
    return raw;
  };
  return {
    createAssignment({ nowUs, ...row }) {
      if (camera.get(row.cameraId) === undefined)
        throw new VasError('bad_request', 'There is no such camera.', {
          details: { camera_id: row.cameraId },
        });
      try {
        insert.run({ ...row, enabled: row.enabled ? 1 : 0, nowUs });
      } catch (error) {
        if (sqliteCode(error) !== 'SQLITE_CONSTRAINT_UNIQUE') throw error;
        throw new VasError('conflict', 'The camera already has an assignment of this model.', {
          cause: error,
        });
      }
      return toAssignment(mustGet(row.id));
    },
    updateAssignment(id, patch: AssignmentPatch) {
      const now = mustGet(id);
      const enabled = patch.enabled === undefined ? now.enabled : patch.enabled ? 1 : 0;
      update.run({ ...now, ...patch, enabled, id });
      return toAssignment(mustGet(id));
    },
    deleteAssignment(id) {
      mustGet(id);
      remove.run(id);
    },
  };
}
