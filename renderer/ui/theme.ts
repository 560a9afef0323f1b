export type ThemeSetting = 'dark' | 'light' | 'system';
export type Theme = 'dark' | 'light';

const SETTINGS: readonly ThemeSetting[] = ['dark', 'light', 'system'];

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
