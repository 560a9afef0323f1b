export type ThemeSetting = 'dark' | 'light' | 'system';
export type Theme = 'dark' | 'light';

const KEY = 'vas.theme';
const SETTINGS: readonly ThemeSetting[] = ['dark', 'light', 'system'];

/** The stored setting; dark when nothing valid is stored. */
export function readTheme(storage: Pick<Storage, 'getItem'>): ThemeSetting {
  const stored = storage.getItem(KEY);
  return SETTINGS.find((setting) => setting === stored) ?? 'dark';
}

export function writeTheme(storage: Pick<Storage, 'setItem'>, setting: ThemeSetting): void {
  storage.setItem(KEY, setting);
}

export function resolveTheme(setting: ThemeSetting, systemIsLight: boolean): Theme {
  if (setting !== 'system') return setting;
  return systemIsLight ? 'light' : 'dark';
}

/** The setting after this one, when the switch is pressed. */
export function nextTheme(setting: ThemeSetting): ThemeSetting {
  return SETTINGS[(SETTINGS.indexOf(setting) + 1) % SETTINGS.length] ?? 'dark';
}

const SYSTEM_LIGHT = '(prefers-color-scheme: light)';

/**
 * Puts a setting into effect and, for `system`, follows the desktop's changes.
 * @returns stops following
 */
export function applyTheme(setting: ThemeSetting): () => void {
  const system = window.matchMedia(SYSTEM_LIGHT);
  const apply = () => {
    document.documentElement.dataset['theme'] = resolveTheme(setting, system.matches);
  };
  apply();
  if (setting !== 'system') return () => undefined;
  system.addEventListener('change', apply);
  return () => system.removeEventListener('change', apply);
}
