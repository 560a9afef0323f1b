import { useEffect, useMemo, useState } from 'react';
import { setLanguage } from '../strings';
import type { Language } from '../strings/languages';
import { languageFor } from '../strings/languages';
import { applyTheme } from '../ui/theme';
import { setTimeStyle } from '../ui/timeText';
import type { Appearance } from './appearance';
import { appearanceOf, readAppearance, writeAppearance } from './appearance';
import { useSettings } from './SettingsProvider';

/** Doing it again with the same is harmless, so that it may happen while React draws. */
function adopt({ language: tag, clock }: Appearance): Language {
  const language = languageFor(tag, navigator.languages);
  setLanguage(language);
  setTimeStyle({ locale: language.locale, clock });
  return language;
}

/** Puts colours, language and clock into effect. @returns the language in use */
export function useAppearance(): Language {
  const { settings } = useSettings();
  const [kept] = useState(() => readAppearance(window.localStorage));
  const key = JSON.stringify(appearanceOf(settings ?? kept));
  const appearance = useMemo(() => JSON.parse(key) as Appearance, [key]);
  // Before anything below is drawn with it.
  const language = useMemo(() => adopt(appearance), [appearance]);
  useEffect(() => {
    writeAppearance(window.localStorage, appearance);
    document.documentElement.lang = language.tag;
  }, [appearance, language]);
  useEffect(() => applyTheme(appearance.theme), [appearance.theme]);
  return language;
}
