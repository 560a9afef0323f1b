import type { ModelContainers } from '../containers/containers';
import type { InferenceClient } from '../core/detections';

/** While frames are not exported nobody may be asked. */
export const NO_CONTAINERS: InferenceClient = {
  infer: () =>
    Promise.resolve({ ok: false, failure: 'unavailable', message: 'The frame export is switched off.' }),
};

/** The model containers as the core sees them. */
export function inferenceThrough(containers: Pick<ModelContainers, 'infer'>): InferenceClient {
  return {
    async infer(modelId, request, deadlineMs) {
      const { config, frame_metadata, ...rest } = request;
      const result = await containers.infer(
        modelId,
        { ...rest, frame_metadata: { ...frame_metadata }, config: config === null ? null : { ...config } },
        deadlineMs,
      );
      if (!result.ok) return result;
      const { detections, inferenceMs, modelVersion } = result;
      return {
        ok: true,
        inferenceMs,
        modelVersion,
        detections: detections.map(({ class_id, class_name, confidence, bbox, keypoints }) => ({
          ...{ class_id, class_name, confidence, bbox, track_id: null },
          ...(keypoints === undefined ? {} : { keypoints }),
        })),
      };
    },
  };
}
