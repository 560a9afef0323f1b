import { randomUUID } from 'node:crypto';
import type { RequestOf, ResponseOf } from '../../../contract';
import type { Assignment, AssignmentRules } from '../../../contract/assignments';
import { assignmentRules } from '../../../contract/assignments';
import { cellsOf, motionMaskToText } from '../../../contract/motionGrid';
import { VasError } from '../../base/errors';
import type { AssignmentRow, ModelRow, Store } from '../../store/types';
import type { MotionGateConfig } from '../gate/motionGate';
import type { DesiredSubscription } from '../reconcile/plan';
import { checkParameters } from './parameters';

/** An assignment that shall run, with what of its results counts. */
export interface WantedSubscription extends DesiredSubscription {
  readonly rules: AssignmentRules;
}

export interface AssignmentsOptions {
  readonly store: Pick<Store, 'read' | 'write'>;
  readonly nowUs: () => number;
  /** After each change, so that what runs follows at once. */
  readonly onChanged: () => void;
}

/** Which model shall run on which camera: intents, stored (reference 6.7, 6.8). */
export class Assignments {
  readonly #options: AssignmentsOptions;

  constructor(options: AssignmentsOptions) {
    this.#options = options;
  }

  async list(
    request: RequestOf<'ai-model-assignments.list'>,
  ): Promise<ResponseOf<'ai-model-assignments.list'>> {
    const { camera_id, model_id, enabled, limit, offset } = request;
    const { rows, total } = await this.#options.store.read.listAssignments({
      ...(camera_id === undefined ? {} : { cameraId: camera_id }),
      ...(model_id === undefined ? {} : { modelId: model_id }),
      ...(enabled === undefined ? {} : { enabled }),
      limit,
      offset,
    });
    return { assignments: rows.map(toAssignment), total, limit, offset };
  }

  /** @throws VasError not_found */
  async get(id: string): Promise<Assignment> {
    return toAssignment(await this.#row(id));
  }

  /** @throws VasError bad_request, conflict, invalid; see the channel */
  async create(request: RequestOf<'ai-model-assignments.create'>): Promise<Assignment> {
    const { store, nowUs, onChanged } = this.#options;
    const model = await this.#model(request.model_id);
    const [present] = (
      await store.read.listAssignments({
        cameraId: request.camera_id,
        modelId: request.model_id,
        offset: 0,
        limit: 1,
      })
    ).rows;
    if (present !== undefined) {
      if (present.enabled === request.enabled) return toAssignment(present);
      throw new VasError(
        'conflict',
        `The camera already has this model, switched ${present.enabled ? 'on' : 'off'}. Change that assignment instead.`,
        { details: { id: present.id } },
      );
    }
    if (!model.enabled)
      throw new VasError('bad_request', `The model ${model.name} is switched off. Switch it on first.`);
    checkParameters(schemaOf(model), request.parameters);
    const row = await store.write.createAssignment({
      id: randomUUID(),
      cameraId: request.camera_id,
      modelId: request.model_id,
      enabled: request.enabled,
      desiredFps: request.desired_fps,
      priority: request.priority,
      parameters: toJson(request.parameters),
      rules: JSON.stringify(request.rules),
      nowUs: nowUs(),
    });
    onChanged();
    return toAssignment(row);
  }

  /** @throws VasError not_found, invalid */
  async update(request: RequestOf<'ai-model-assignments.update'>): Promise<Assignment> {
    const { store, nowUs, onChanged } = this.#options;
    const { id, enabled, desired_fps, priority, parameters, rules } = request;
    if (parameters !== undefined)
      checkParameters(schemaOf(await this.#model((await this.#row(id)).modelId)), parameters);
    const row = await store.write.updateAssignment(id, {
      ...(enabled === undefined ? {} : { enabled }),
      ...(desired_fps === undefined ? {} : { desiredFps: desired_fps }),
      ...(priority === undefined ? {} : { priority }),
      ...(parameters === undefined ? {} : { parameters: toJson(parameters) }),
      ...(rules === undefined ? {} : { rules: JSON.stringify(rules) }),
      nowUs: nowUs(),
    });
    onChanged();
    return toAssignment(row);
  }

  /** @throws VasError not_found */
  async delete(id: string): Promise<void> {
    await this.#options.store.write.deleteAssignment(id);
    this.#options.onChanged();
  }

  /**
   * What shall run now. Fails closed: an assignment of a model that is unknown, off or whose parameters do not fit
   * its schema any more does not run (W-44).
   */
  async wanted(): Promise<WantedSubscription[]> {
    const { read } = this.#options.store;
    const [rows, models] = await Promise.all([read.wantedAssignments(), read.listModels()]);
    const byId = new Map(models.map((model) => [model.modelId, model]));
    return rows.flatMap((row) => {
      const model = byId.get(row.modelId);
      const rules = assignmentRules.safeParse(JSON.parse(row.rules));
      if (model === undefined || !rules.success || !fits(model, row)) return [];
      return {
        cameraId: row.cameraId,
        modelId: row.modelId,
        config: {
          desired_fps: row.desiredFps,
          priority: row.priority,
          parameters: parametersOf(row) ?? {},
          motion: motionGateOf(rules.data),
        },
        rules: rules.data,
      };
    });
  }

  async #row(id: string): Promise<AssignmentRow> {
    const row = await this.#options.store.read.getAssignment(id);
    if (row === null) throw new VasError('not_found', 'There is no such assignment.', { details: { id } });
    return row;
  }

  async #model(modelId: string): Promise<ModelRow> {
    const model = await this.#options.store.read.getModel(modelId);
    if (model === null)
      throw new VasError('bad_request', `There is no model ${modelId}.`, { details: { model_id: modelId } });
    return model;
  }
}

type JsonObject = Readonly<Record<string, unknown>>;

const toJson = (value: JsonObject | null): string | null => (value === null ? null : JSON.stringify(value));
const parametersOf = ({ parameters }: AssignmentRow): JsonObject | null =>
  parameters === null ? null : (JSON.parse(parameters) as JsonObject);
const schemaOf = ({ configSchema }: ModelRow): JsonObject | null =>
  configSchema === null ? null : (JSON.parse(configSchema) as JsonObject);

function fits(model: ModelRow, row: AssignmentRow): boolean {
  try {
    checkParameters(schemaOf(model), parametersOf(row));
    return true;
  } catch {
    return false;
  }
}

function toAssignment(row: AssignmentRow): Assignment {
  return {
    id: row.id,
    camera_id: row.cameraId,
    model_id: row.modelId,
    enabled: row.enabled,
    desired_fps: row.desiredFps,
    priority: row.priority,
    parameters: parametersOf(row),
    rules: assignmentRules.catch(() => assignmentRules.parse({})).parse(JSON.parse(row.rules)),
    created_at: instant(row.createdUs),
    updated_at: instant(row.updatedUs),
  };
}

function motionGateOf({ motion, zones, masks }: AssignmentRules): MotionGateConfig | null {
  if (!motion.enabled) return null;
  const areas = zones.map(({ points }) => points);
  return {
    sensitivity: motion.sensitivity,
    hold_ms: motion.hold_s * 1000,
    every_ms: motion.every_s * 1000,
    cells: areas.length + masks.length === 0 ? null : motionMaskToText(cellsOf(areas, masks)),
  };
}

const instant = (us: number): string => new Date(us / 1000).toISOString();
