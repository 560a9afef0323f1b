import type { ReactNode } from 'react';
import { createContext, useCallback, useContext, useMemo, useRef, useState } from 'react';
import type { ApplicationSettings, FrameExportState, SettingsState } from '../../contract';
import { t } from '../strings';
import { toast } from '../ui/toasts';
import { command, toCallError } from './call';
import { useSubscription } from './useSubscription';

/** A change: absent settings stay. */
export type SettingsPatch = Partial<ApplicationSettings>;

export interface SettingsAccess {
  /** Null until the main process has told them. What was just chosen counts at once. */
  readonly settings: ApplicationSettings | null;
  readonly chosen: readonly string[];
  readonly frameExport: FrameExportState | null;
  /** @returns whether it was saved; a failure is shown as a message */
  readonly update: (patch: SettingsPatch) => Promise<boolean>;
}

const SettingsContext = createContext<SettingsAccess | null>(null);

/** The settings of the whole workstation, the same in every window. */
export function SettingsProvider({ children }: { readonly children: ReactNode }) {
  const [state, setState] = useState<SettingsState | null>(null);
  /** Chosen, but not answered yet. */
  const [pending, setPending] = useState<SettingsPatch>({});
  const turns = useRef(0);
  useSubscription('settings.changed', {}, setState);
  const update = useCallback(async (patch: SettingsPatch): Promise<boolean> => {
    const turn = ++turns.current;
    setPending((before) => ({ ...before, ...patch }));
    try {
      setState(await command('settings.update', patch));
      return true;
    } catch (error) {
      const { message } = toCallError(error, 'settings.update');
      toast({ tone: 'bad', title: t('settings.notSaved'), text: message });
      return false;
    } finally {
      if (turns.current === turn) setPending({});
    }
  }, []);
  const value = useMemo(
    () => ({
      settings: state && { ...state.settings, ...pending },
      chosen: state?.chosen ?? [],
      frameExport: state?.frame_export ?? null,
      update,
    }),
    [state, pending, update],
  );
  return <SettingsContext value={value}>{children}</SettingsContext>;
}

export function useSettings(): SettingsAccess {
  const settings = useContext(SettingsContext);
  if (settings === null) throw new Error('SettingsProvider is missing');
  return settings;
}
