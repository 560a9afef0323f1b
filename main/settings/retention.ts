import type { ApplicationSettings } from '../../contract/settings';
import type { RetentionSettings } from '../kernel/recording/settings';

type RetentionPart = Pick<ApplicationSettings, 'retention_days' | 'retention_bytes' | 'free_space_bytes'>;

/** The kernel's retention rules as the settings have them. */
export function retentionOf(settings: RetentionPart): RetentionSettings {
  return {
    maxDays: settings.retention_days,
    maxBytes: settings.retention_bytes,
    floorBytes: settings.free_space_bytes,
  };
}

/** Whether a change concerns retention at all. */
export function changesRetention(before: RetentionPart, after: RetentionPart): boolean {
  return JSON.stringify(retentionOf(before)) !== JSON.stringify(retentionOf(after));
}
