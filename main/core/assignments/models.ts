import type { ResponseOf } from '../../../contract';
import type { Model } from '../../../contract/models';
import { VasError } from '../../base/errors';
import type { ModelRow, Store } from '../../store/types';

/** What discovery found of one model. */
export interface DiscoveredModel {
  readonly modelId: string;
  readonly name: string;
  readonly version: string;
  readonly description: string | null;
  readonly supportedTasks: readonly string[];
  /** JSON Schema; null when assignments take no parameters. */
  readonly configSchema: Readonly<Record<string, unknown>> | null;
}

/** The registry of models that assignments may name (reference 5.4). Knows nothing of containers. */
export class ModelRegistry {
  readonly #store: Pick<Store, 'read' | 'write'>;
  readonly #nowUs: () => number;
  readonly #onChanged: () => void;

  constructor(store: Pick<Store, 'read' | 'write'>, nowUs: () => number, onChanged: () => void) {
    this.#store = store;
    this.#nowUs = nowUs;
    this.#onChanged = onChanged;
  }

  /** Registers what was found. A model that is not found any more keeps its row: history and assignments name it. */
  async register(found: readonly DiscoveredModel[]): Promise<void> {
    const nowUs = this.#nowUs();
    for (const model of found)
      await this.#store.write.putModel({
        modelId: model.modelId,
        name: model.name,
        version: model.version,
        description: model.description,
        supportedTasks: JSON.stringify(model.supportedTasks),
        configSchema: model.configSchema === null ? null : JSON.stringify(model.configSchema),
        nowUs,
      });
    this.#onChanged();
  }

  async list(enabled?: boolean): Promise<ResponseOf<'ai-models.list'>> {
    const rows = await this.#store.read.listModels();
    const models = rows.filter((row) => enabled === undefined || row.enabled === enabled).map(toModel);
    return { models, total: models.length };
  }

  /** @throws VasError not_found */
  async get(modelId: string): Promise<Model> {
    const row = await this.#store.read.getModel(modelId);
    if (row === null)
      throw new VasError('not_found', 'There is no such model.', { details: { model_id: modelId } });
    return toModel(row);
  }

  /** @throws VasError not_found */
  async setEnabled(modelId: string, enabled: boolean): Promise<Model> {
    const row = await this.#store.write.setModelEnabled(modelId, enabled, this.#nowUs());
    this.#onChanged();
    return toModel(row);
  }
}

function toModel(row: ModelRow): Model {
  return {
    model_id: row.modelId,
    name: row.name,
    version: row.version,
    description: row.description,
    supported_tasks: JSON.parse(row.supportedTasks) as string[],
    config_schema:
      row.configSchema === null ? null : (JSON.parse(row.configSchema) as Record<string, unknown>),
    enabled: row.enabled,
    created_at: new Date(row.createdUs / 1000).toISOString(),
    updated_at: new Date(row.updatedUs / 1000).toISOString(),
  };
}
