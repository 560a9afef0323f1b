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

const share = z.number().min(0).max(1);

/** How detections are drawn over live pictures; one for all tiles of a user (reference 6.3). */
export const overlaySettings = z.object({
  /** Off until a user wants it (INV-92). */
  enabled: z.boolean().default(false),
  showLabels: z.boolean().default(true),
  showConfidence: z.boolean().default(true),
  /** The number of the track, the same as long as an object is followed. */
  showTracks: z.boolean().default(false),
  /** Detections below it are not drawn. */
  confidenceThreshold: share.default(0),
  boxOpacity: share.default(1),
  labelOpacity: share.default(0.7),
  boxColor: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, 'Give the colour as #RRGGBB.')
    .default('#00FF00'),
  /** Pixels. */
  boxLineWidth: z.number().int().min(1).max(10).default(2),
  /** Model ids; empty: all. */
  visibleModels: z.array(z.string().min(1).max(64)).max(64).default([]),
  /** Class names; empty: all. */
  visibleLabels: z.array(z.string().min(1).max(64)).max(200).default([]),
});
export type OverlaySettings = z.infer<typeof overlaySettings>;

/** What the application keeps for each user. Absent: never set. */
export const preferences = z
  .object({
    keys: keyBindings.optional(),
    alerts: z.object({ sound: z.boolean() }).strict().optional(),
    overlay: overlaySettings.optional(),
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
