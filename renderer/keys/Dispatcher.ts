import type { ActionId } from './actions';
import { ACTIONS } from './actions';
import type { Chord, KeyStroke } from './chord';
import { chordsOf, parseChord } from './chord';
import type { KeyTarget } from './ownership';
import { keepsKey } from './ownership';
import { depthOf } from './scopes';

/** Acts. `false`: not now, so the key may mean something else. */
export type ActionHandler = () => unknown;

export interface Registration {
  readonly id: ActionId;
  readonly handler: ActionHandler;
  /** Only while the focus is inside; null: wherever it is. */
  readonly within: () => Node | null | undefined;
  readonly enabled: () => boolean;
}

/** A key stroke as the window got it. */
export interface DispatchedStroke extends KeyStroke {
  readonly target: (KeyTarget & Node) | null;
  readonly repeat: boolean;
}

/** Finds out what a key stroke means and does it: once, the innermost scope first. */
export class Dispatcher {
  readonly #registered: Registration[] = [];

  constructor(private readonly keys: (id: ActionId) => readonly Chord[]) {}

  register(registration: Registration): () => void {
    this.#registered.push(registration);
    return () => {
      const at = this.#registered.indexOf(registration);
      if (at >= 0) this.#registered.splice(at, 1);
    };
  }

  /** Whether an action took the key stroke. */
  dispatch(stroke: DispatchedStroke, isModalOpen: boolean): boolean {
    for (const chord of chordsOf(stroke)) {
      const parts = parseChord(chord);
      if (parts === null || keepsKey(stroke.target, parts, isModalOpen)) continue;
      for (const { id, handler } of this.#meantBy(chord, stroke)) {
        if (stroke.repeat && ACTIONS[id].repeats !== true) return true;
        if (handler() !== false) return true;
      }
    }
    return false;
  }

  /** The innermost scope first; in it the one that was registered last. */
  #meantBy(chord: Chord, { target }: DispatchedStroke): Registration[] {
    return this.#registered
      .filter(({ id, within, enabled }) => {
        if (!this.keys(id).includes(chord) || !enabled()) return false;
        const bounds = within();
        return bounds === undefined || (bounds !== null && target !== null && bounds.contains(target));
      })
      .reverse()
      .sort((one, other) => depthOf(ACTIONS[other.id].scope) - depthOf(ACTIONS[one.id].scope));
  }
}
