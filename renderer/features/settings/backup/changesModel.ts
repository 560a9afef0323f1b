import type { ApplicationSettings } from '../../../../contract';
import type { SectionChanges } from '../../../../contract/backup';
import type { StringKey } from '../../../strings';
import { plural, t } from '../../../strings';

/** More names than this are counted. */
const MOST_NAMES = 8;

const PARTS: Readonly<Record<string, StringKey>> = {
  groups: 'backup.part.groups',
  cameras: 'backup.part.cameras',
  layouts: 'backup.part.layouts',
  settings: 'backup.part.settings',
  preferences: 'backup.part.preferences',
  assignments: 'backup.part.assignments',
  event_triggers: 'backup.part.triggers',
  users: 'backup.part.users',
};

/** What an application setting is called on its own page; each has to be here. */
const SETTINGS: Readonly<Record<keyof ApplicationSettings, StringKey>> = {
  theme: 'settings.theme',
  language: 'settings.language',
  clock: 'settings.clock',
  retention_days: 'retention.days',
  retention_bytes: 'retention.size',
  free_space_bytes: 'retention.floor',
  storage_fallback: 'storage.fallback',
  scrub_previews: 'settings.previews',
  frame_export: 'settings.export',
  keep_running: 'desktop.keepRunning',
  background_explained: 'backup.explained',
  event_retention_days: 'settings.eventAge',
  alert_offline_seconds: 'settings.alertOffline',
  alert_history_days: 'settings.alertHistory',
  lock_after_minutes: 'users.lockAfter',
  lock_shows_wall: 'users.lockShowsWall',
};

const TRIGGERS = { snapshots: 'backup.trigger.snapshots', clips: 'backup.trigger.clips' } as const;
type TriggerName = keyof typeof TRIGGERS;

const isSetting = (name: string): name is keyof ApplicationSettings => Object.hasOwn(SETTINGS, name);

const text = (key: StringKey): string => (t as (some: StringKey) => string)(key);

export function partName(section: string): string {
  return text(PARTS[section] ?? 'backup.part.other');
}

/** Names of what changes, the first ones in full. */
export function namesText(section: string, names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => nameText(section, name));
  const more = names.length - shown.length;
  return [...shown, ...(more > 0 ? [plural('backup.andMore', more)] : [])].join(', ');
}

function nameText(section: string, name: string): string {
  if (section === 'settings' && isSetting(name)) return text(SETTINGS[name]);
  return section === 'event_triggers' && name in TRIGGERS ? text(TRIGGERS[name as TriggerName]) : name;
}

export function changesNothing(sections: readonly SectionChanges[]): boolean {
  return sections.every(
    ({ added, changed, removed }) => added.length + changed.length + removed.length === 0,
  );
}
