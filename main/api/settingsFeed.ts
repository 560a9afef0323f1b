import type { SettingsState } from '../../contract/settings';
import type { Disposable } from '../base/disposable';
import type { Settings } from '../settings/settings';

type Push = (value: SettingsState) => void;

export interface SettingsFeed extends Disposable {
  /** Pushes the settings at once and after each change; returns how to stop. */
  subscribe(push: Push): () => void;
}

/** Tells every window about changed settings, whoever changed them. */
export function createSettingsFeed(settings: Settings): SettingsFeed {
  const listeners = new Set<Push>();
  const changes = settings.onChanged(() => {
    for (const push of [...listeners]) push(settings.state());
  });
  return {
    subscribe(push) {
      listeners.add(push);
      push(settings.state());
      return () => void listeners.delete(push);
    },
    async dispose() {
      listeners.clear();
      await changes.dispose();
    },
  };
}
