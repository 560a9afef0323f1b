import type { Migration } from './migration';

/** Tables of the reference (5.4, 6.7) with what we add: the rules of an assignment. */
const SQL = `
CREATE TABLE ai_models (
  -- Name of the model's folder and socket.
  model_id TEXT NOT NULL PRIMARY KEY
    CONSTRAINT ai_models_id_form CHECK (
      length(model_id) BETWEEN 1 AND 48 AND model_id GLOB '[a-z0-9]*' AND model_id NOT GLOB '*[^a-z0-9._-]*'),
  name TEXT NOT NULL CONSTRAINT ai_models_name_length CHECK (length(name) BETWEEN 1 AND 256),
  version TEXT NOT NULL CONSTRAINT ai_models_version_length CHECK (length(version) BETWEEN 1 AND 64),
  description TEXT,
  -- JSON list of texts.
  supported_tasks TEXT NOT NULL DEFAULT '[]'
    CONSTRAINT ai_models_tasks_are_list CHECK (json_type(supported_tasks) IS 'array'),
  -- JSON Schema of an assignment's parameters; null: the model takes none.
  config_schema TEXT
    CONSTRAINT ai_models_config_schema_is_object CHECK (config_schema IS NULL OR json_type(config_schema) IS 'object'),
  -- 0: no new assignments (reference 5.4), and the present ones do not run.
  enabled INTEGER NOT NULL DEFAULT 1 CONSTRAINT ai_models_enabled_is_bool CHECK (enabled IN (0, 1)),
  -- Microseconds since the epoch, UTC.
  created_us INTEGER NOT NULL CONSTRAINT ai_models_created_us_range CHECK (created_us >= 0),
  updated_us INTEGER NOT NULL CONSTRAINT ai_models_updated_us_range CHECK (updated_us >= 0)
) STRICT, WITHOUT ROWID;

CREATE TABLE ai_model_assignments (
  id TEXT NOT NULL PRIMARY KEY
    CONSTRAINT ai_model_assignments_id_is_uuid CHECK (length(id) = 36 AND id NOT GLOB '*[^0-9a-f-]*'),
  camera_id TEXT NOT NULL REFERENCES devices (id),
  model_id TEXT NOT NULL REFERENCES ai_models (model_id),
  enabled INTEGER NOT NULL CONSTRAINT ai_model_assignments_enabled_is_bool CHECK (enabled IN (0, 1)),
  -- A ceiling, frames per second; null: every frame.
  desired_fps INTEGER CONSTRAINT ai_model_assignments_fps_range CHECK (desired_fps BETWEEN 1 AND 30),
  -- Higher goes first.
  priority INTEGER CONSTRAINT ai_model_assignments_priority_range CHECK (priority BETWEEN 0 AND 100),
  -- For the model: JSON object that follows its config_schema.
  parameters TEXT CONSTRAINT ai_model_assignments_parameters_are_object CHECK (
    parameters IS NULL OR json_type(parameters) IS 'object'),
  -- What of the results counts: confidence, labels, zones, masks, size. JSON object.
  rules TEXT NOT NULL DEFAULT '{}'
    CONSTRAINT ai_model_assignments_rules_are_object CHECK (json_type(rules) IS 'object'),
  created_us INTEGER NOT NULL CONSTRAINT ai_model_assignments_created_us_range CHECK (created_us >= 0),
  updated_us INTEGER NOT NULL CONSTRAINT ai_model_assignments_updated_us_range CHECK (updated_us >= 0),
  CONSTRAINT uq_camera_model UNIQUE (camera_id, model_id)
) STRICT;

CREATE INDEX ai_model_assignments_model ON ai_model_assignments (model_id);
CREATE INDEX ai_model_assignments_created ON ai_model_assignments (created_us, id);
`;

export const modelsAndAssignments: Migration = {
  number: 100,
  name: 'models-and-assignments',
  up: (db) => void db.exec(SQL),
};
