import { useMemo } from 'react';
import { command, toCallError } from '../../data/call';
import type { ActionId } from '../../keys/actions';
import type { Overrides } from '../../keys/bindings';
import type { Chord } from '../../keys/chord';
import { keyStore } from '../../keys/KeyStore';
import { t } from '../../strings';
import { toast } from '../../ui/toasts';

const save = async (overrides: Overrides): Promise<void> => {
  const keys = Object.fromEntries(Object.entries(overrides).map(([id, chords]) => [id, [...chords]]));
  await command('preferences.set', { keys });
};

const orTell = async (work: Promise<void>): Promise<void> => {
  try {
    await work;
  } catch (error) {
    const { message } = toCallError(error, 'preferences.set');
    toast({ tone: 'bad', title: t('keys.saveFailed'), text: message });
  }
};

export interface SaveKeys {
  readonly change: (id: ActionId, chords: readonly Chord[]) => Promise<void>;
  readonly resetAll: () => Promise<void>;
}

/** Changes keys and keeps them for the user; says so when they could not be kept. */
export function useSaveKeys(): SaveKeys {
  return useMemo(
    () => ({
      change: (id, chords) => orTell(keyStore.change(id, chords, save)),
      resetAll: () => orTell(keyStore.resetAll(save)),
    }),
    [],
  );
}
