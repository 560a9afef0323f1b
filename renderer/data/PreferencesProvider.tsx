import type { ReactNode } from 'react';
import { createContext, useCallback, useContext, useMemo, useState } from 'react';
import type { Preferences } from '../../contract';
import { keyStore } from '../keys/KeyStore';
import { toast } from '../ui/toasts';
import { command, toCallError } from './call';
import { useSubscription } from './useSubscription';

export interface PreferencesAccess {
  /** Null until the main process has told them. */
  readonly preferences: Preferences | null;
  /** Replaces the preferences that are given; a failure is shown under the title. */
  readonly update: (patch: Preferences, failureTitle: string) => Promise<void>;
}

const PreferencesContext = createContext<PreferencesAccess | null>(null);

/** What the application keeps for the user who works at it, the same in every window. */
export function PreferencesProvider({ children }: { readonly children: ReactNode }) {
  const [preferences, setPreferences] = useState<Preferences | null>(null);
  const adopt = useCallback((value: Preferences) => {
    setPreferences(value);
    keyStore.adopt(value.keys ?? {});
  }, []);
  useSubscription('preferences.changes', {}, adopt);
  const update = useCallback(async (patch: Preferences, failureTitle: string) => {
    try {
      setPreferences(await command('preferences.set', patch));
    } catch (error) {
      toast({ tone: 'bad', title: failureTitle, text: toCallError(error, 'preferences.set').message });
    }
  }, []);
  const value = useMemo(() => ({ preferences, update }), [preferences, update]);
  return <PreferencesContext value={value}>{children}</PreferencesContext>;
}

export function usePreferences(): PreferencesAccess {
  const preferences = useContext(PreferencesContext);
  if (preferences === null) throw new Error('PreferencesProvider is missing');
  return preferences;
}
