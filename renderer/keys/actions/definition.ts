import type { PlainKey } from '../../strings';
import type { Chord } from '../chord';
import type { Scope } from '../scopes';

/** Something that a key does. */
export interface ActionDefinition {
  readonly scope: Scope;
  /** What the sheet and the key editor call it. */
  readonly label: PlainKey;
  /** Until the user chooses others; at most four. */
  readonly keys: readonly Chord[];
  /** Escape, arrows and the like: shown, but always the same. */
  readonly fixed?: true;
  /** Holding the key goes on acting. */
  readonly repeats?: true;
  /** The right without which it would be refused: then it has no key, and the sheet does not show it. */
  readonly needs?: string;
}

export type ActionTable = Readonly<Record<string, ActionDefinition>>;
