import type { ApplicationSettings } from '../../contract';

/** What decides how the window looks, kept in the page so that its first picture is right already. */
export type Appearance = Pick<ApplicationSettings, 'theme' | 'language' | 'clock'>;

const KEY = 'vas.appearance';
const DEFAULT: Appearance = { theme: 'dark', language: 'system', clock: 'language' };
const THEMES: readonly string[] = ['dark', 'light', 'system'];
const CLOCKS: readonly string[] = ['language', '24h', '12h'];

export function appearanceOf({ theme, language, clock }: Appearance): Appearance {
  return { theme, language, clock };
}

/** What the last window had; the default for what is missing or damaged. */
export function readAppearance(storage: Pick<Storage, 'getItem'>): Appearance {
  let kept: Record<string, unknown>;
  try {
    kept = { ...(JSON.parse(storage.getItem(KEY) ?? '{}') as object | null) };
  } catch {
    kept = {};
  }
  const { theme, language, clock } = kept;
  return {
    theme: THEMES.includes(String(theme)) ? (theme as Appearance['theme']) : DEFAULT.theme,
    language: typeof language === 'string' ? language : DEFAULT.language,
    clock: CLOCKS.includes(String(clock)) ? (clock as Appearance['clock']) : DEFAULT.clock,
  };
}

export function writeAppearance(storage: Pick<Storage, 'setItem'>, appearance: Appearance): void {
  storage.setItem(KEY, JSON.stringify(appearance));
}
