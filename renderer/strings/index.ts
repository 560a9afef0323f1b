import type { en } from './en';
import type { Language } from './languages';
import { languageFor } from './languages';

export type Strings = typeof en;
export type StringKey = keyof Strings;

/** Names of the `{placeholders}` in a text. */
type Placeholders<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** What `t` needs besides the key: nothing, or one value for each placeholder. */
export type Values<K extends StringKey> = [Placeholders<Strings[K]>] extends [never]
  ? []
  : [values: Readonly<Record<Placeholders<Strings[K]>, string | number>>];

/** Keys of texts without placeholders. */
export type PlainKey = {
  [K in StringKey]: [Placeholders<Strings[K]>] extends [never] ? K : never;
}[StringKey];

/** Keys that exist as `<key>.one` and `<key>.other`. */
export type PluralKey = StringKey extends infer K ? (K extends `${infer Stem}.other` ? Stem : never) : never;

let language = languageFor('en', []);
let plurals = new Intl.PluralRules(language.locale);

/** Texts come from this language from now on; what is on screen already has to be drawn again. */
export function setLanguage(next: Language): void {
  language = next;
  plurals = new Intl.PluralRules(next.locale);
}

/** Fills `{name}` in a text; an unknown name stays as it stands, so that a mistake is seen. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : String(value);
  });
}

/** The text of a key in the language of the application. */
export function t<K extends StringKey>(key: K, ...values: Values<K>): string {
  const [given] = values as [Readonly<Record<string, string | number>>?];
  const text = language.strings[key];
  return given === undefined ? text : fill(text, given);
}

/** The text of a key for a count, which fills `{count}`. */
export function plural(key: PluralKey, count: number): string {
  const form = plurals.select(count) === 'one' ? 'one' : 'other';
  return fill(language.strings[`${key}.${form}` as StringKey], { count });
}
