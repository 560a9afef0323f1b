import type { ApplicationSettings } from '../../contract/settings';

/** The rules of the alerts as the settings have them. */
export function alertSettingsOf(
  settings: Pick<ApplicationSettings, 'alert_offline_seconds' | 'alert_history_days'>,
): { readonly offlineAfterMs: number; readonly historyDays: number } {
  return {
    offlineAfterMs: settings.alert_offline_seconds * 1000,
    historyDays: settings.alert_history_days,
  };
}
