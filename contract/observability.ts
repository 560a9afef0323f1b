import { z } from 'zod';
import { query } from './channel';
import { instant, nothing, uuid } from './common';
import { modelId } from './models';

/** Of a model, by the age of its last sign of life: under 30 s is healthy (reference 6.4). */
const modelStatus = z.enum(['healthy', 'degraded', 'unknown']);

const observedModel = z.object({
  model_id: z.string(),
  status: modelStatus,
  last_heartbeat: instant.nullable(),
});

const agentState = z.enum(['created', 'running', 'stopped']);

const observedCamera = z.object({
  camera_id: uuid,
  state: agentState,
  subscription_count: z.number().int(),
});

/** Reference 6.5: what the AI does, to be looked at only. Nothing here changes, starts or repairs anything. */
export const observabilityChannels = {
  /**
   * Answers whatever it finds. unknown: no model runs. degraded: one of them gives no sign of life, or a part does
   * not say how it is. Models that nobody wants are none of its business (W-52).
   */
  'ai-observability.health': query(
    nothing,
    z.object({
      status: modelStatus,
      timestamp: instant,
      camera_count: z.number().int(),
      model_count: z.number().int(),
      cameras: z.array(observedCamera),
      models: z.array(observedModel),
    }),
  ),
  /** 404 for a model that runs not, or gave no sign of life yet. */
  'ai-observability.model-health': query(
    z.object({ model_id: modelId }),
    observedModel.extend({
      /** As the model's process counted them at its last sign of life. */
      metrics: z.object({
        total_requests: z.number().int(),
        total_errors: z.number().int(),
        avg_latency_ms: z.number(),
        uptime_seconds: z.number(),
      }),
    }),
  ),
  /** 404 for a camera that no model looks at. */
  'ai-observability.camera-metrics': query(
    z.object({ camera_id: uuid }),
    observedCamera.extend({
      subscriptions: z.array(
        z.object({
          camera_id: uuid,
          model_id: z.string(),
          active: z.boolean(),
          dispatch_count: z.number().int(),
          drop_count: z.number().int(),
          /** Null before the first frame. */
          last_dispatch_time: instant.nullable(),
          last_dispatched_frame_id: z.number().int().nullable(),
        }),
      ),
    }),
  ),
  'ai-observability.models': query(nothing, z.object({ models: z.array(observedModel) })),
  'ai-observability.cameras': query(nothing, z.object({ cameras: z.array(observedCamera) })),
} as const;
