/**
 * A key with its modifiers, written `Ctrl+Alt+Shift+Meta+Key`: `Ctrl+1`, `F`, `Shift+ArrowLeft`, `?`.
 * Letters are what the layout writes, so a mnemonic stays one; digits are the keys of the digit row,
 * which some layouts write only with Shift; signs are what is written, however it is typed.
 */
export type Chord = string;

export interface ChordParts {
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly meta: boolean;
  /** An upper-case letter, a digit, a sign, or a name of `NAMED_KEYS`. */
  readonly key: string;
}

/** What of a keyboard event makes a chord. */
export interface KeyStroke {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
  /** AltGr is held; Windows reports it as Ctrl and Alt too. */
  readonly altGraph: boolean;
}

/** Keys that write nothing, or nothing that can be read in a chord. */
export const NAMED_KEYS: readonly string[] = [
  ...['Escape', 'Enter', 'Tab', 'Space', 'Plus', 'Backspace', 'Delete', 'Insert'],
  ...['Home', 'End', 'PageUp', 'PageDown', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'],
  ...['ContextMenu', 'Pause', 'PrintScreen'],
  ...Array.from({ length: 24 }, (_none, index) => `F${String(index + 1)}`),
];
const NAMED = new Set(NAMED_KEYS);
const MODIFIERS = ['Ctrl', 'Alt', 'Shift', 'Meta'] as const;

/** One visible character, not `+`, and in upper case where it has one. */
function isSign(key: string): boolean {
  return [...key].length === 1 && key !== '+' && key === upper(key) && /^[^\s\p{C}]$/u.test(key);
}

/** Upper case, unless that takes more than one character. */
function upper(key: string): string {
  const raised = key.toUpperCase();
  return [...raised].length === 1 ? raised : key;
}

/** Shift is part of the chord for letters, digits and named keys; for a sign it is how the sign is typed. */
function takesShift(key: string): boolean {
  if (key === 'Plus') return false;
  return NAMED.has(key) || /^[0-9]$/.test(key) || key.toLowerCase() !== key.toUpperCase();
}

/** The parts of a chord; null when it is none. */
export function parseChord(text: string): ChordParts | null {
  const words = text.split('+');
  const key = words.pop() ?? '';
  if (!NAMED.has(key) && !isSign(key)) return null;
  const held = new Set(words);
  if (held.size !== words.length) return null;
  // One spelling for each chord: modifiers in their order, and none that means nothing.
  const ordered = MODIFIERS.filter((name) => held.has(name));
  if (ordered.join('+') !== words.join('+')) return null;
  if (held.has('Shift') && !takesShift(key)) return null;
  return {
    ctrl: held.has('Ctrl'),
    alt: held.has('Alt'),
    shift: held.has('Shift'),
    meta: held.has('Meta'),
    key,
  };
}

export function formatChord({ ctrl, alt, shift, meta, key }: ChordParts): Chord {
  const held = [ctrl, alt, shift && takesShift(key), meta];
  return [...MODIFIERS.filter((_name, index) => held[index]), key].join('+');
}

/**
 * The chords that a key stroke can mean, the one to record first; none for a modifier alone or a dead key.
 * There are two where a key of the digit row writes a sign.
 */
export function chordsOf(stroke: KeyStroke): Chord[] {
  const { altGraph } = stroke;
  const held = {
    ctrl: stroke.ctrlKey && !altGraph,
    alt: stroke.altKey && !altGraph,
    shift: stroke.shiftKey,
    meta: stroke.metaKey,
  };
  return keysOf(stroke).map((key) => formatChord({ ...held, key }));
}

function keysOf({ key, code, altGraph }: KeyStroke): string[] {
  if (key === ' ') return ['Space'];
  if (key === '+') return ['Plus'];
  if (NAMED.has(key)) return [key];
  if ([...key].length !== 1) return [];
  if (/^[a-z]$/i.test(key)) return [key.toUpperCase()];
  const written = isSign(upper(key)) ? [upper(key)] : [];
  // What AltGr writes is a sign of its own, not the key below it.
  if (altGraph) return written;
  const digit = /^(?:Digit|Numpad)([0-9])$/.exec(code)?.[1];
  if (digit !== undefined) return [...new Set([digit, ...written])];
  // A layout without Latin letters: the letter that stands on the same key elsewhere.
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  return letter !== undefined && /\p{L}/u.test(key) ? [letter] : written;
}
