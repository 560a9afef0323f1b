import type { Disposable } from '../base/disposable';
import type { Operator } from './operator';

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
