import type Database from 'better-sqlite3';
import { VasError } from '../../base/errors';
import type { ModelRow } from '../types';
import type { ReadPart, WritePart } from './part';

const SELECT = `SELECT model_id AS modelId, name, version, description, supported_tasks AS supportedTasks,
  config_schema AS configSchema, enabled, created_us AS createdUs, updated_us AS updatedUs FROM ai_models`;

type RawModel = Omit<ModelRow, 'enabled'> & { enabled: number };
const toModel = (raw: RawModel): ModelRow => ({ ...raw, enabled: raw.enabled === 1 });
const oneOf = (db: Database.Database) => db.prepare<[string], RawModel>(`${SELECT} WHERE model_id = ?`);

export function modelReads(db: Database.Database): ReadPart<'listModels' | 'getModel'> {
  // The newest first, as the reference's registry does.
  const all = db.prepare<[], RawModel>(`${SELECT} ORDER BY created_us DESC, model_id`);
  const one = oneOf(db);
  return {
    listModels: () => all.all().map(toModel),
    getModel(modelId) {
      const raw = one.get(modelId);
      return raw ? toModel(raw) : null;
    },
  };
}

export function modelWrites(db: Database.Database): WritePart<'putModel' | 'setModelEnabled'> {
  const put = db.prepare(
    `INSERT INTO ai_models (model_id, name, version, description, supported_tasks, config_schema, enabled,
       created_us, updated_us)
     VALUES (@modelId, @name, @version, @description, @supportedTasks, @configSchema, 1, @nowUs, @nowUs)
     ON CONFLICT (model_id) DO UPDATE SET name = excluded.name, version = excluded.version,
       description = excluded.description, supported_tasks = excluded.supported_tasks,
       config_schema = excluded.config_schema, updated_us = excluded.updated_us
     WHERE (name, version, description, supported_tasks, config_schema) IS NOT
       (excluded.name, excluded.version, excluded.description, excluded.supported_tasks, excluded.config_schema)`,
  );
  const enable = db.prepare<[number, number, string]>(
    'UPDATE ai_models SET enabled = ?, updated_us = ? WHERE model_id = ?',
  );
  const one = oneOf(db);
  return {
    putModel: (model) => void put.run(model),
    setModelEnabled(modelId, enabled, nowUs) {
      enable.run(enabled ? 1 : 0, nowUs, modelId);
      const raw = one.get(modelId);
      if (!raw)
        throw new VasError('not_found', 'There is no such model.', { details: { model_id: modelId } });
      return toModel(raw);
    },
  };
}
