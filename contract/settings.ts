import { z } from 'zod';
import { command, query, subscription } from './channel';
import { nothing } from './common';

const GB = 1_000_000_000;

/** Whole bytes up to a petabyte, at least one gigabyte: less would delete what was recorded a minute ago. */
const storageBytes = z
  .number()
  .int('Enter a whole number.')
  .min(GB, 'Enter at least 1 GB.')
  .max(1_000_000 * GB, 'Enter at most 1,000,000 GB.');

/** Days. */
export const eventAge = z
  .number()
  .int('Enter whole days.')
  .min(1, 'Enter at least 1 day.')
  .max(36_500, 'Enter at most 36,500 days.');

/** Everything that the operator sets for the whole workstation. Defaults: main/settings/defaults.ts. */
export const applicationSettings = z.object({
  theme: z.enum(['dark', 'light', 'system']),
  /** `system`, or a language tag such as `en`; one without a translation shows English. */
  language: z.string().regex(/^(system|[a-z]{2}(-[A-Z]{2})?)$/, 'This is not a language.'),
  /** `language`: as is usual where the language is spoken. */
  clock: z.enum(['language', '24h', '12h']),
  /** Recordings older than this are deleted; null keeps them as long as there is space. */
  retention_days: z
    .number()
    .int('Enter whole days.')
    .min(1, 'Enter at least 1 day.')
    .max(3_650, 'Enter at most 3,650 days.')
    .nullable(),
  /** The oldest recordings beyond this are deleted; null leaves it to the free space. */
  retention_bytes: storageBytes.nullable(),
  /** Stays free on the disk that is recorded to; null for the default, 5 % and 2 to 50 GiB. */
  free_space_bytes: storageBytes.nullable(),
  /** Record into another folder while the chosen one is missing. */
  storage_fallback: z.boolean(),
  /** Small pictures are made of what is recorded, for pointing at the time line. */
  scrub_previews: z.boolean(),
  /** Closing the window keeps the application recording in the background. */
  keep_running: z.boolean(),
  /** The user has been told once what closing the window does. */
  background_explained: z.boolean(),
  /** AI_FRAME_EXPORT_ENABLED as stored; the environment has the last word. */
  frame_export: z.boolean(),
  /** Events older than this go, with their pictures and clips; null keeps them for ever. */
  event_retention_days: eventAge.nullable(),
  /** How long a camera is away before it is an alert, seconds. */
  alert_offline_seconds: z
    .number()
    .int('Enter whole seconds.')
    .min(3, 'Enter at least 3 seconds.')
    .max(3_600, 'Enter at most 3,600 seconds.'),
  /** Alerts that are over and older than this are forgotten, days. */
  alert_history_days: z
    .number()
    .int('Enter whole days.')
    .min(1, 'Enter at least 1 day.')
    .max(3_650, 'Enter at most 3,650 days.'),
  /** Minutes without keys or mouse after which a signed-in session locks; null: never. */
  lock_after_minutes: z
    .number()
    .int('Enter whole minutes.')
    .min(1, 'Enter at least 1 minute.')
    .max(1_440, 'Enter at most 1,440 minutes.')
    .nullable(),
  /** While the workstation is locked, the wall stays in sight; nothing can be done with it. */
  lock_shows_wall: z.boolean(),
});
export type ApplicationSettings = z.infer<typeof applicationSettings>;

/** Whether decoded frames are handed to AI (seed 003). Takes effect at the next start. */
export const frameExportState = z.object({
  stored: z.boolean(),
  /** AI_FRAME_EXPORT_ENABLED of this process; null when it is not set. */
  environment: z.boolean().nullable(),
  /** What the next start will use. */
  effective: z.boolean(),
  /** What this start uses. */
  running: z.boolean(),
});
export type FrameExportState = z.infer<typeof frameExportState>;

export const settingsState = z.object({
  settings: applicationSettings,
  /** Those that were ever chosen; the others have their default. */
  chosen: z.array(z.string()),
  frame_export: frameExportState,
});
export type SettingsState = z.infer<typeof settingsState>;

export const settingsChannels = {
  'settings.get': query(nothing, settingsState),
  /** Absent settings stay as they are. */
  'settings.update': command(applicationSettings.partial().strict(), settingsState),
  /** All settings, at once and after each change. */
  'settings.changed': subscription(nothing, settingsState),
} as const;
