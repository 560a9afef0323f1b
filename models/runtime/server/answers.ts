import type { InferenceRequest, InferenceResponse } from '../../../contract/inference/messages';
import { FrameError } from '../frames/frame';
import { OutputShapeError } from '../post/tensors';

/**
 * The reference's error texts (4.1) for whatever went wrong with one request. `metadata.exception_type` is a word
 * for programs: the frame ring's code, BUSY, STOPPING, INVALID_REQUEST, or the name of the error.
 */
export function errorAnswer(
  modelId: string,
  request: Pick<InferenceRequest, 'camera_id' | 'frame_metadata'>,
  error: unknown,
  device: string,
): InferenceResponse {
  const message = error instanceof Error ? error.message : String(error);
  let text = `Inference exception: ${message}`;
  let type = error instanceof Error ? error.name : 'Error';
  if (error instanceof FrameError) {
    text = `Invalid frame reference: ${message}`;
    type = error.code;
  } else if (error instanceof OutputShapeError) text = `Inference failed: ${message}`;
  return {
    model_id: modelId,
    camera_id: request.camera_id,
    frame_id: request.frame_metadata.frame_id ?? 0,
    detections: [],
    metadata: { exception_type: type, device },
    error: text.slice(0, 2000),
  };
}

/** The container does not take the request at all. */
export function refusal(
  modelId: string,
  type: 'BUSY' | 'STOPPING',
  request: Pick<InferenceRequest, 'camera_id' | 'frame_metadata'>,
): InferenceResponse {
  const why = type === 'BUSY' ? 'too many requests at the same time' : 'the container is stopping';
  return {
    model_id: modelId,
    camera_id: request.camera_id,
    frame_id: request.frame_metadata.frame_id ?? 0,
    detections: [],
    metadata: { exception_type: type },
    error: `Inference failed: ${why}`,
  };
}

/** The answer to something that is no request (W-51); echoes what can be recognised (INV-61). */
export function invalidRequest(modelId: string, value: unknown, why: string): InferenceResponse {
  const given = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
  const metadata = (
    typeof given['frame_metadata'] === 'object' && given['frame_metadata'] !== null
      ? given['frame_metadata']
      : {}
  ) as Record<string, unknown>;
  const frameId = metadata['frame_id'];
  return {
    model_id: modelId,
    camera_id: typeof given['camera_id'] === 'string' ? given['camera_id'].slice(0, 256) : '',
    frame_id: typeof frameId === 'number' ? frameId : 0,
    detections: [],
    metadata: { exception_type: 'INVALID_REQUEST' },
    error: `Invalid request: ${why}`.slice(0, 2000),
  };
}
