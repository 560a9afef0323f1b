import { z } from 'zod';
import { subscription } from './channel';
import { instant, uuid } from './common';

/** One result of a model, for the overlay; never stored. Coordinates are shares of the frame. */
export const detectionResult = z.object({
  camera_id: uuid,
  model_id: z.string(),
  frame: z.object({
    id: z.number().int(),
    /** Which stream was looked at. */
    epoch: z.number().int(),
    /** Microseconds within the epoch. */
    pts_us: z.number().int(),
    timestamp: instant,
    /**
     * The RTP time stamp under which live view gets this very picture, 90 kHz ticks, and of which stream; null while
     * it is not known.
     */
    rtp: z
      .object({
        stream: z.enum(['main', 'sub']),
        timestamp: z
          .number()
          .int()
          .min(0)
          .max(2 ** 32 - 1),
      })
      .nullable(),
    width: z.number().int(),
    height: z.number().int(),
  }),
  detections: z.array(
    z.object({
      class_id: z.number().int(),
      class_name: z.string(),
      confidence: z.number(),
      /** x_min, y_min, x_max, y_max. */
      bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]),
      track_id: z.number().int().nullable(),
      /** Shares of the frame per second. */
      velocity: z.tuple([z.number(), z.number()]),
      zones: z.array(z.string()),
      keypoints: z.array(z.tuple([z.number(), z.number(), z.number()])).optional(),
    }),
  ),
  /** From dispatch to answer, milliseconds. */
  latency_ms: z.number(),
});
export type DetectionResult = z.infer<typeof detectionResult>;

export const detectionChannels = {
  /** Each result of the named cameras as it comes; lossy, the newest per camera and model counts. */
  detections: subscription(z.object({ camera_ids: z.array(uuid).max(64) }), detectionResult),
} as const;
