import type { ActionId } from './actions';
import { ACTION_IDS, ACTIONS, isActionId } from './actions';
import type { Chord } from './chord';
import { parseChord } from './chord';
import { overlap } from './scopes';

/** The keys that a user chose, of the actions whose keys are not the default ones. */
export type Overrides = Readonly<Partial<Record<ActionId, readonly Chord[]>>>;

/** Most keys of one action. */
export const MOST_KEYS = 4;

/** Keys that belong to the desktop, to text fields or to moving the focus. */
const RESERVED: ReadonlySet<Chord> = new Set([
  ...['Escape', 'Tab', 'Shift+Tab', 'Ctrl+Tab', 'Alt+Tab', 'Alt+F4', 'PrintScreen'],
  ...['Ctrl+A', 'Ctrl+C', 'Ctrl+V', 'Ctrl+X', 'Ctrl+Z', 'Ctrl+Y', 'Ctrl+Shift+Z'],
]);

export const isReserved = (chord: Chord): boolean => RESERVED.has(chord);

export function keysOf(overrides: Overrides, id: ActionId): readonly Chord[] {
  return overrides[id] ?? ACTIONS[id].keys;
}

/** Other actions that one of the chords means in a scope which overlaps with the action's. */
export function conflictsOf(overrides: Overrides, id: ActionId, chords: readonly Chord[]): ActionId[] {
  return ACTION_IDS.filter(
    (other) =>
      other !== id &&
      overlap(ACTIONS[other].scope, ACTIONS[id].scope) &&
      keysOf(overrides, other).some((chord) => chords.includes(chord)),
  );
}

/** Gives an action its keys. Actions that conflict with it lose the keys in question. */
export function assign(overrides: Overrides, id: ActionId, chords: readonly Chord[]): Overrides {
  const next: Partial<Record<ActionId, readonly Chord[]>> = { ...overrides, [id]: [...new Set(chords)] };
  for (const other of conflictsOf(overrides, id, chords))
    next[other] = keysOf(overrides, other).filter((chord) => !chords.includes(chord));
  const changed = ACTION_IDS.filter((one) => next[one] && !sameKeys(next[one], ACTIONS[one].keys));
  return Object.fromEntries(changed.map((one) => [one, next[one]])) as Overrides;
}

function sameKeys(one: readonly Chord[], other: readonly Chord[]): boolean {
  return one.length === other.length && one.every((chord, at) => chord === other[at]);
}

/** What of a stored value can be used: another version of the application may have written it. */
export function readOverrides(stored: unknown): Overrides {
  if (typeof stored !== 'object' || stored === null) return {};
  const read: Partial<Record<ActionId, readonly Chord[]>> = {};
  for (const [id, value] of Object.entries(stored)) {
    if (!isActionId(id) || ACTIONS[id].fixed === true || !Array.isArray(value)) continue;
    const chords = value.filter(
      (chord): chord is Chord =>
        typeof chord === 'string' && parseChord(chord) !== null && !isReserved(chord),
    );
    read[id] = [...new Set(chords)].slice(0, MOST_KEYS);
  }
  return read;
}
