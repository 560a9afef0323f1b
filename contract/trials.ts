import { z } from 'zod';
import { command } from './channel';
import { nothing, uuid } from './common';
import { modelId } from './models';
import { DIALOG_MS } from './storage';

const share = z.number();

/** What a model says about one picture; nothing of it is stored. */
export const trialResult = z.object({
  /** The picture as it is shown: JPEG. */
  jpeg: z.instanceof(Uint8Array),
  /** Of the picture that the model saw, pixels. */
  width: z.number().int(),
  height: z.number().int(),
  /** Every finding with a confidence of at least `least_confidence`; coordinates as in `detections`. */
  detections: z.array(
    z.object({
      class_name: z.string(),
      confidence: z.number(),
      bbox: z.tuple([share, share, share, share]),
      /** x, y, confidence of each point of a skeleton. */
      keypoints: z.array(z.tuple([share, share, z.number()])).nullable(),
    }),
  ),
  least_confidence: z.number(),
  /** What the model itself would show: its threshold. */
  own_confidence: z.number(),
  /** Milliseconds inside the model; null when its container did not say. */
  model_ms: z.number().nullable(),
  /** Milliseconds from the question to the answer. */
  total_ms: z.number(),
  device: z.string().nullable(),
});
export type TrialResult = z.infer<typeof trialResult>;

export const trialChannels = {
  /** Asks for a JPEG or PNG with the desktop's dialog; null when it was cancelled. */
  'model-trials.choose-picture': command(
    nothing,
    z.object({ picture: z.object({ token: uuid, name: z.string() }).nullable() }),
    DIALOG_MS,
  ),
  /**
   * Shows a model one picture: a chosen file, or what a camera shows now. Starts the model's container when it is
   * stopped. 404 for an unknown model or camera, 422 for a file that is no picture, 503 when the model cannot run or
   * no picture comes from the camera.
   */
  'model-trials.run': command(
    z.object({
      model_id: modelId,
      source: z.union([z.object({ token: uuid }).strict(), z.object({ camera_id: uuid }).strict()]),
    }),
    trialResult,
    170_000,
  ),
  /** Nobody looks any more: a container that only a trial started, and no camera uses, is stopped. */
  'model-trials.close': command(z.object({ model_id: modelId }), nothing, 20_000),
} as const;
