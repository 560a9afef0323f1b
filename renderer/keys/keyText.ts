import { useSyncExternalStore } from 'react';
import type { PlainKey } from '../strings';
import { en } from '../strings/en';
import { t } from '../strings';
import type { Chord } from './chord';
import { parseChord } from './chord';
import { keyStore } from './KeyStore';
import { useKeys } from './useAction';
import type { ActionId } from './actions';

/** The words of a chord as they stand on the keyboard: `Ctrl`, `1`. */
export function chordWords(chord: Chord): string[] {
  const parts = parseChord(chord);
  if (parts === null) return [chord];
  const { ctrl, alt, shift, meta, key } = parts;
  const held = [ctrl && 'Ctrl', alt && 'Alt', shift && 'Shift', meta && 'Meta'];
  return [...held.filter((name) => name !== false), key].map(keyName);
}

/** A chord for menus and tooltips: `Ctrl+1`. */
export function chordText(chord: Chord): string {
  return chordWords(chord).join('+');
}

function keyName(key: string): string {
  const name = `key.${key.toLowerCase()}`;
  return Object.hasOwn(en, name) ? t(name as PlainKey) : key;
}

/** For the attribute aria-keyshortcuts. */
export function ariaKeys(chords: readonly Chord[]): string {
  return chords.map((chord) => chord.replace('Ctrl+', 'Control+')).join(' ');
}

/** As `useKeyText`, for many actions at once. */
export function useKeyTexts(): (id: ActionId) => string | undefined {
  useSyncExternalStore(keyStore.subscribe, keyStore.overrides);
  return (id) => {
    const [first] = keyStore.keys(id);
    return first === undefined ? undefined : chordText(first);
  };
}

/** The first key of an action, for a menu or a tooltip; undefined when it has none. */
export function useKeyText(id: ActionId): string | undefined {
  const [first] = useKeys(id);
  return first === undefined ? undefined : chordText(first);
}
