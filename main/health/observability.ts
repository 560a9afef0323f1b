import type { ResponseOf } from '../../contract';
import { messageOf, VasError } from '../base/errors';
import type { Logger } from '../base/logger';
import type { ModelStatus } from '../containers/containers';
import { DEGRADED_AFTER_MS } from '../containers/supervisor';
import type { AgentMetrics } from '../core/agents/streamAgent';

type Health = ResponseOf<'ai-observability.health'>;
type ObservedModel = Health['models'][number];
type ObservedCamera = Health['cameras'][number];

export interface ObservabilitySources {
  readonly agents: () => readonly AgentMetrics[];
  /** Empty while frames are not exported. */
  readonly models: () => readonly ModelStatus[];
  /** Wall clock, microseconds since the epoch. */
  readonly nowUs: () => number;
  readonly log: Logger;
}

/**
 * What the AI does, in the words of the reference (6.4, 6.5). Reads figures that are in memory: it is given nothing
 * that could write, start or wait (INV-93, INV-94).
 */
export class Observability {
  readonly #sources: ObservabilitySources;

  constructor(sources: ObservabilitySources) {
    this.#sources = sources;
  }

  /** Never throws: a part that fails is missing and makes the whole degraded. */
  health(): Health {
    const models = this.#attempt('models', () => this.models().models);
    const cameras = this.#attempt('cameras', () => this.cameras().cameras);
    return {
      status: models === null || cameras === null ? 'degraded' : systemStatus(models),
      timestamp: iso(this.#sources.nowUs()),
      camera_count: cameras?.length ?? 0,
      model_count: models?.length ?? 0,
      cameras: cameras ?? [],
      models: models ?? [],
    };
  }

  models(): ResponseOf<'ai-observability.models'> {
    const nowUs = this.#sources.nowUs();
    return { models: this.#wanted().map((model) => observedModel(model, nowUs)) };
  }

  cameras(): ResponseOf<'ai-observability.cameras'> {
    return { cameras: this.#sources.agents().map(observedCamera) };
  }

  /** @throws VasError not_found */
  modelHealth(modelId: string): ResponseOf<'ai-observability.model-health'> {
    const model = this.#wanted().find(({ id }) => id === modelId);
    if (model?.metrics == null)
      throw new VasError('not_found', `The model ${modelId} gave no sign of life yet, or does not run.`, {
        details: { model_id: modelId },
      });
    const { total_requests, total_errors, avg_latency_ms, uptime_seconds } = model.metrics;
    return {
      ...observedModel(model, this.#sources.nowUs()),
      metrics: { total_requests, total_errors, avg_latency_ms, uptime_seconds },
    };
  }

  /** @throws VasError not_found */
  cameraMetrics(cameraId: string): ResponseOf<'ai-observability.camera-metrics'> {
    const agent = this.#sources.agents().find(({ camera_id }) => camera_id === cameraId);
    if (agent === undefined)
      throw new VasError('not_found', 'No model looks at this camera.', { details: { camera_id: cameraId } });
    return {
      ...observedCamera(agent),
      subscriptions: agent.subscriptions.map((one) => ({
        camera_id: one.camera_id,
        model_id: one.model_id,
        active: one.active,
        dispatch_count: one.dispatch_count,
        drop_count: one.drop_count,
        last_dispatch_time: one.last_dispatch_time,
        last_dispatched_frame_id: one.last_dispatched_frame_id,
      })),
    };
  }

  /** A model that nobody wants is stopped, which is no fault (W-52). */
  #wanted(): ModelStatus[] {
    return this.#sources.models().filter(({ state }) => state !== 'stopped');
  }

  #attempt<T>(part: string, read: () => T): T | null {
    try {
      return read();
    } catch (error) {
      this.#sources.log.warn({ part, reason: messageOf(error) }, 'a part does not say how it is');
      return null;
    }
  }
}

const iso = (us: number): string => new Date(us / 1000).toISOString();

function observedModel({ id, state, heartbeatAgeMs }: ModelStatus, nowUs: number): ObservedModel {
  return {
    model_id: id,
    status:
      heartbeatAgeMs === null
        ? 'unknown'
        : // That its process has ended is known before the age of its last heartbeat tells.
          heartbeatAgeMs < DEGRADED_AFTER_MS && state !== 'unavailable'
          ? 'healthy'
          : 'degraded',
    last_heartbeat: heartbeatAgeMs === null ? null : iso(nowUs - heartbeatAgeMs * 1000),
  };
}

function observedCamera({ camera_id, state, subscription_count }: AgentMetrics): ObservedCamera {
  return { camera_id, state, subscription_count };
}

function systemStatus(models: readonly ObservedModel[]): Health['status'] {
  if (models.length === 0) return 'unknown';
  return models.every(({ status }) => status === 'healthy') ? 'healthy' : 'degraded';
}
