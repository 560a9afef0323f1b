import type { HandlerContext, HandlersFor } from './context';

/** Queries only, of figures that are in memory (INV-93). */
export function observabilityHandlers({ observability }: HandlerContext): HandlersFor<'ai-observability'> {
  return {
    'ai-observability.health': () => observability.health(),
    'ai-observability.model-health': ({ model_id }) => observability.modelHealth(model_id),
    'ai-observability.camera-metrics': ({ camera_id }) => observability.cameraMetrics(camera_id),
    'ai-observability.models': () => observability.models(),
    'ai-observability.cameras': () => observability.cameras(),
  };
}
