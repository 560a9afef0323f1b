import { z } from 'zod';
import { command, query } from './channel';
import { instant } from './common';

export const modelId = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{0,47}$/,
    'A model id has up to 48 small letters, digits, dots, dashes and underscores, and begins with a letter or digit.',
  );

/** Reference 5.4. What is known of a model, whether its container runs or not. */
export const model = z.object({
  model_id: z.string(),
  name: z.string(),
  version: z.string(),
  description: z.string().nullable(),
  supported_tasks: z.array(z.string()),
  /** JSON Schema of an assignment's `parameters`; null when the model takes none. */
  config_schema: z.record(z.string(), z.unknown()).nullable(),
  enabled: z.boolean(),
  created_at: instant,
  updated_at: instant,
});
export type Model = z.infer<typeof model>;

export const modelChannels = {
  'ai-models.list': query(
    z.object({ enabled: z.boolean().optional() }),
    z.object({ models: z.array(model), total: z.number().int() }),
  ),
  'ai-models.get': query(z.object({ model_id: modelId }), model),
  /** A model that is off takes no new assignments, and the ones it has do not run. */
  'ai-models.set-enabled': command(z.object({ model_id: modelId, enabled: z.boolean() }), model),
} as const;
