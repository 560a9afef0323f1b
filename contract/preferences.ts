import { z } from 'zod';
import { command, query, subscription } from './channel';
import { nothing } from './common';

/** Most bytes of one preference as JSON. */
export const PREFERENCE_BYTES = 32_768;

const chord = z
  .string()
  .min(1)
  .max(40)
  // eslint-disable-next-line no-control-regex
  .regex(/^[^\u0000-\u001f\u007f]*$/, 'must not contain control characters');

/** Keys by action, of the actions whose keys the user changed. The renderer knows the actions. */
const keyBindings = z
  .record(z.string().regex(/^[a-z][a-z0-9.-]{0,63}$/), z.array(chord).max(4))
  .refine((bindings) => Object.keys(bindings).length <= 300, 'has too many actions');

/** What the application keeps for each user. Absent: never set. */
export const preferences = z
  .object({
    keys: keyBindings.optional(),
    alerts: z.object({ sound: z.boolean() }).strict().optional(),
  })
  .strict();
export type Preferences = z.infer<typeof preferences>;
export type PreferenceName = keyof Preferences;
export const PREFERENCE_NAMES = Object.keys(preferences.shape) as readonly PreferenceName[];

export const preferenceChannels = {
  'preferences.get': query(nothing, preferences),
  /** Replaces the preferences that are given, each as a whole; answers all. */
  'preferences.set': command(preferences, preferences),
  /** All preferences at once, then on each change by any window. */
  'preferences.changes': subscription(nothing, preferences),
} as const;
