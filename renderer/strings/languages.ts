import { en } from './en';

/** A complete translation: a key that is missing or unknown does not compile. */
export type Translation = Readonly<Record<keyof typeof en, string>>;

export interface Language {
  /** BCP 47, as stored in the settings. */
  readonly tag: string;
  /** In the language itself. */
  readonly name: string;
  /** For dates, numbers and plurals. */
  readonly locale: string;
  readonly strings: Translation;
}

const ENGLISH: Language = { tag: 'en', name: 'English', locale: 'en-GB', strings: en };

/**
 * Every language of the application, English first. Another one is a file beside `en.ts` that exports a
 * Translation with the same placeholders (languages.test.ts), and an entry here.
 */
export const LANGUAGES: readonly Language[] = [ENGLISH];

/**
 * The language for a setting: the one that was chosen, else the first of the desktop's that there is, else English.
 * @param setting `system` or a language tag
 * @param desktop language tags, the preferred one first (`navigator.languages`)
 */
export function languageFor(
  setting: string,
  desktop: readonly string[],
  languages: readonly Language[] = LANGUAGES,
): Language {
  for (const wanted of setting === 'system' ? desktop : [setting]) {
    const found =
      languages.find(({ tag, locale }) => tag === wanted || locale === wanted) ??
      languages.find(({ tag }) => tag === wanted.split('-')[0]);
    if (found) return found;
  }
  return languages[0] ?? ENGLISH;
}
