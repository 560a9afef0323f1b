import { z } from 'zod';

/**
 * What goes over the socket of a model container (seed 003; reference 4.1). Unknown keys are let through, as the
 * reference does; frames travel as references only, never as pixels (INV-58).
 */

const fraction = z.number().min(0).max(1);

/** Facts about the frame that the reference names; the container reads the frame's own header for the truth. */
export const frameMetadata = z
  .looseObject({
    /** Which frame of the ring; without it the newest. */
    frame_id: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER).optional(),
    width: z.number().int().positive().max(16_384).optional(),
    height: z.number().int().positive().max(16_384).optional(),
    /** Exactly `NV12` (reference 4.4). */
    format: z.literal('NV12').optional(),
    /** Unix seconds. */
    timestamp: z.number().optional(),
  })
  .refine((value) => Object.keys(value).length > 0, 'must not be empty');

/** Settings of one request; a container ignores what it does not know. */
export const inferenceConfig = z.looseObject({
  confidence_threshold: fraction.optional(),
  nms_iou: fraction.optional(),
  /** A frame older than this is answered with an error (W-48), milliseconds. */
  max_age_ms: z.number().positive().max(60_000).optional(),
});

export const inferenceRequest = z.looseObject({
  /** Path of the frame ring inside the export's folder. */
  frame_reference: z.string().min(1).max(4096),
  frame_metadata: frameMetadata,
  camera_id: z.string().min(1).max(256),
  model_id: z.string().min(1).max(128),
  /** Unix seconds; for correlation only. */
  timestamp: z.number().positive(),
  config: inferenceConfig.nullish(),
});
export type InferenceRequest = z.infer<typeof inferenceRequest>;
export type InferenceConfig = z.infer<typeof inferenceConfig>;

export const detection = z.looseObject({
  class_id: z.number().int().nonnegative(),
  class_name: z.string().min(1),
  confidence: fraction,
  /** x_min, y_min, x_max, y_max, each 0..1 of the frame, origin top left. */
  bbox: z.tuple([fraction, fraction, fraction, fraction]),
  /** Always null here: tracking is the core's (containers are stateless). */
  track_id: z.number().int().nullable(),
  /** Pose models only: x, y (0..1 of the frame) and score of each point of the model's skeleton. */
  keypoints: z.array(z.tuple([z.number(), z.number(), fraction])).optional(),
});
export type Detection = z.infer<typeof detection>;

export const inferenceResponse = z.looseObject({
  model_id: z.string(),
  camera_id: z.string(),
  frame_id: z.unknown(),
  detections: z.array(detection),
  metadata: z.record(z.string(), z.unknown()).nullable(),
  /** Null, or text that begins with `Invalid request`, `Invalid frame reference`, `Inference exception` or `Inference failed`. */
  error: z.string().nullable(),
});
export type InferenceResponse = z.infer<typeof inferenceResponse>;
