import type { Disposable } from '../base/disposable';
import { Emitter } from '../base/emitter';
import type { Store } from '../store/types';
import { Operator } from './operator';

/** undecided: nobody has chosen yet, and everything is as with single. */
export type UserMode = 'undecided' | 'single' | 'sign-in';

/** Setting: how people are known. */
export const USER_MODE = 'users.mode';

/** Who works at this workstation now: one for all of its windows. Recording does not depend on it. */
export interface Session {
  readonly mode: UserMode;
  /** Null: nobody is signed in. */
  readonly operator: Operator | null;
  readonly isLocked: boolean;
  /** While it is locked, what was on the wall stays in sight. */
  readonly isWallVisible: boolean;
  onChanged(listener: () => void): Disposable;
}

/** The session of a workstation that asks nobody for a name. */
export class SingleSession implements Session {
  readonly mode = 'single';
  readonly isLocked = false;
  readonly isWallVisible = true;
  readonly operator: Operator;
  readonly #changed = new Emitter<void>();

  constructor(operator: Operator) {
    this.operator = operator;
  }

  static async open(store: Store): Promise<SingleSession> {
    const { id, name } = await store.read.localUser();
    return new SingleSession(new Operator({ id, name, role: 'administrator', access: 'all', cameras: [] }));
  }

  onChanged(listener: () => void): Disposable {
    return this.#changed.on(listener);
  }
}
