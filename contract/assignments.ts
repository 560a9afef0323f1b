import { z } from 'zod';
import { command, query } from './channel';
import { instant, nothing, text, uuid } from './common';
import { modelId } from './models';

const share = z.number().min(0).max(1);
/** Corners as shares of the frame, origin top left. */
export const polygon = z
  .array(z.tuple([share, share]))
  .min(3, 'An area needs at least three corners.')
  .max(64, 'An area has at most 64 corners.');

/** What of a model's results counts. */
export const assignmentRules = z.object({
  /** Results below it are not shown or kept; null: the model's own threshold. */
  min_confidence: share.nullable().default(null),
  /** Class names; null: all. */
  labels: z.array(text(64).min(1)).max(200).nullable().default(null),
  /** Named areas; a detection tells in which its foot point lies. */
  zones: z
    .array(z.object({ name: text(64).min(1, 'Give the zone a name.'), points: polygon }))
    .max(16)
    .default([])
    .refine((zones) => new Set(zones.map(({ name }) => name)).size === zones.length, {
      message: 'Two zones have the same name.',
    }),
  /** Areas whose objects are ignored. */
  masks: z.array(polygon).max(16).default([]),
  /** Least height of an object, share of the frame's height. */
  min_height: share.default(0),
  /** Frames are only looked at while something moves in the zones, or anywhere outside the masks without zones. */
  motion: z
    .object({
      enabled: z.boolean().default(false),
      sensitivity: z.enum(['low', 'medium', 'high']).default('medium'),
      /** So long after the last motion frames are still looked at, seconds. */
      hold_s: z.number().int().min(1).max(120).default(5),
      /** A frame is looked at least so often, seconds. */
      every_s: z.number().int().min(1).max(600).default(10),
    })
    .prefault({}),
  /** The stream that is looked at; auto: the sub-stream where there is one. */
  stream: z.enum(['auto', 'main', 'sub']).default('auto'),
  /** Which results become events. */
  persist: z
    .object({
      /**
       * track: an object that was seen for the first time for certain; best: its best moment, when it is gone or
       * after 10 s; interval: whatever is there, at most every min_interval_ms; every: each result; never.
       */
      when: z.enum(['track', 'best', 'interval', 'every', 'never']).default('track'),
      /** Least time between two events of this assignment, milliseconds. */
      min_interval_ms: z.number().int().min(0).max(3_600_000).default(0),
    })
    .prefault({}),
});
export type AssignmentRules = z.infer<typeof assignmentRules>;

/** Reference 6.7, 6.8: an intent. What runs follows it within 30 s. */
export const assignment = z.object({
  id: uuid,
  camera_id: uuid,
  model_id: z.string(),
  enabled: z.boolean(),
  desired_fps: z.number().int().nullable(),
  priority: z.number().int().nullable(),
  parameters: z.record(z.string(), z.unknown()).nullable(),
  rules: assignmentRules,
  created_at: instant,
  updated_at: instant,
});
export type Assignment = z.infer<typeof assignment>;

const fields = {
  /** Frames per second, at most; null: every frame. */
  desired_fps: z.number().int().min(1).max(30).nullable(),
  /** Higher goes first. */
  priority: z.number().int().min(0).max(100).nullable(),
  parameters: z.record(z.string().max(128), z.unknown()).nullable(),
  rules: assignmentRules,
};

export const assignmentChannels = {
  'ai-model-assignments.list': query(
    z.object({
      camera_id: uuid.optional(),
      model_id: modelId.optional(),
      enabled: z.boolean().optional(),
      limit: z.number().int().min(1).max(1000).default(100),
      offset: z.number().int().min(0).default(0),
    }),
    z.object({
      assignments: z.array(assignment),
      total: z.number().int(),
      limit: z.number().int(),
      offset: z.number().int(),
    }),
  ),
  'ai-model-assignments.get': query(z.object({ id: uuid }), assignment),
  /**
   * The pair of camera and model exists once: the same `enabled` gives the existing one, another is 409.
   * 400 for an unknown camera or a model that is unknown or off (W-44), 422 for parameters against its schema.
   */
  'ai-model-assignments.create': command(
    z.object({
      camera_id: uuid,
      model_id: modelId,
      enabled: z.boolean().default(true),
      desired_fps: fields.desired_fps.default(5),
      priority: fields.priority.default(null),
      parameters: fields.parameters.default(null),
      rules: fields.rules.prefault({}),
    }),
    assignment,
  ),
  /** Only what is given changes; null clears. */
  'ai-model-assignments.update': command(
    z.object({
      id: uuid,
      enabled: z.boolean().optional(),
      desired_fps: fields.desired_fps.optional(),
      priority: fields.priority.optional(),
      parameters: fields.parameters.optional(),
      rules: fields.rules.optional(),
    }),
    assignment,
  ),
  'ai-model-assignments.delete': command(z.object({ id: uuid }), nothing),
} as const;
