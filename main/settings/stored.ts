import type { ApplicationSettings } from '../../contract/settings';
import { applicationSettings } from '../../contract/settings';
import { DEFAULT_SETTINGS } from './defaults';

export type SettingName = keyof ApplicationSettings;

/** In front of the name in the settings table, whose other keys belong to others. */
const PREFIX = 'app.';

export const SETTING_NAMES = Object.keys(DEFAULT_SETTINGS) as readonly SettingName[];

export interface StoredSettings {
  readonly settings: ApplicationSettings;
  readonly chosen: readonly SettingName[];
  /** Keys of ours that are unknown or whose value does not fit; the default stands in. */
  readonly damaged: readonly string[];
}

/** Reads the settings table. Whatever stands there, the result is complete and valid. */
export function readStored(table: Readonly<Record<string, string>>): StoredSettings {
  const settings: Record<string, unknown> = { ...DEFAULT_SETTINGS };
  const chosen: SettingName[] = [];
  const damaged: string[] = [];
  for (const [key, text] of Object.entries(table)) {
    if (!key.startsWith(PREFIX)) continue;
    const name = SETTING_NAMES.find((known) => PREFIX + known === key);
    const parsed = name && applicationSettings.shape[name].safeParse(jsonOf(text));
    if (name && parsed?.success) {
      settings[name] = parsed.data;
      chosen.push(name);
    } else damaged.push(key);
  }
  return { settings: settings as ApplicationSettings, chosen, damaged };
}

/** Rows of the settings table. */
export function toStored(settings: {
  readonly [N in SettingName]?: ApplicationSettings[N] | undefined;
}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([name, value]) =>
      value === undefined ? [] : [[PREFIX + name, JSON.stringify(value)]],
    ),
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
