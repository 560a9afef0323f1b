import type { ApplicationSettings } from '../../contract/settings';

/** What a setting is until somebody chooses. */
export const DEFAULT_SETTINGS: ApplicationSettings = {
  theme: 'dark',
  language: 'system',
  clock: 'language',
  retention_days: null,
  retention_bytes: null,
  free_space_bytes: null,
  storage_fallback: false,
  scrub_previews: true,
  keep_running: true,
  background_explained: false,
  frame_export: false,
  event_retention_days: null,
  alert_offline_seconds: 10,
  alert_history_days: 365,
  lock_after_minutes: null,
  lock_shows_wall: true,
};
