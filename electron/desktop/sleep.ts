import { powerSaveBlocker } from 'electron';
import type { Disposable } from '../../main/base/disposable';
import type { Logger } from '../../main/base/logger';
import type { Activity } from './activity';

export interface SleepGuard extends Disposable {
  /** Keeps the computer awake while a camera shall record, also while that camera cannot be reached. */
  follow(activity: Activity): void;
  dispose(): void;
}

export interface Blocker {
  start(): number;
  stop(id: number): void;
}

const system: Blocker = {
  start: () => powerSaveBlocker.start('prevent-app-suspension'),
  stop: (id) => void powerSaveBlocker.stop(id),
};

/** Inhibits sleep of the computer, not of the screen. */
export function createSleepGuard(log: Logger, blocker: Blocker = system): SleepGuard {
  let id: number | null = null;
  const set = (on: boolean) => {
    if (on === (id !== null)) return;
    if (id === null) id = blocker.start();
    else {
      blocker.stop(id);
      id = null;
    }
    log.info({ inhibited: on }, on ? 'the computer is kept awake' : 'the computer may sleep');
  };
  return {
    follow: (activity) => set(activity.cameras.length > 0),
    dispose: () => set(false),
  };
}
