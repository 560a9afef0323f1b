import { afterEach, expect, test } from 'vitest';
import { translationProblems } from './checkTranslation';
import { en } from './en';
import { plural, setLanguage, t } from './index';
import type { Language } from './languages';
import { LANGUAGES, languageFor } from './languages';

const [english] = LANGUAGES as readonly [Language];
const german: Language = {
  ...{ tag: 'de', name: 'Deutsch', locale: 'de-DE' },
  strings: {
    ...en,
    'common.on': 'Ein',
    'cameras.count.one': '1 Kamera',
    'cameras.count.other': '{count} Kameras',
  },
};

afterEach(() => setLanguage(english));

test.each(LANGUAGES.map((language) => [language.tag, language] as const))(
  '%s has every text with its placeholders',
  (_tag, language) => {
    expect(translationProblems(en, language.strings)).toEqual([]);
    expect(() => new Intl.DateTimeFormat(language.locale)).not.toThrow();
  },
);

test('a translation that is incomplete, or would lose a value, is found', () => {
  const original = { a: 'Open {name}', b: 'Close', c: 'Save' };
  expect(translationProblems(original, { a: 'Offen {nam}', b: ' ', d: 'x' })).toEqual([
    'a has other placeholders: nam',
    'b is empty',
    'c is missing',
    'd is unknown',
  ]);
});

test('the chosen language, else that of the desktop, else English', () => {
  const all = [english, german];
  expect(languageFor('de', ['en-GB'], all)).toBe(german);
  expect(languageFor('system', ['fr-FR', 'de-AT', 'en-GB'], all)).toBe(german);
  expect(languageFor('system', ['fr-FR'], all)).toBe(english);
  expect(languageFor('xx', ['de-DE'], all)).toBe(english);
});

test('texts and counts come from the language in use', () => {
  setLanguage(german);
  expect(t('common.on')).toBe('Ein');
  expect(plural('cameras.count', 1)).toBe('1 Kamera');
  expect(plural('cameras.count', 3)).toBe('3 Kameras');
});
