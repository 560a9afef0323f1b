import { useCallback, useState } from 'react';
import type { ResponseOf } from '../../../../contract';
import { useCommand } from '../../../data/useCommand';
import { useSubscription } from '../../../data/useSubscription';
import { t } from '../../../strings';
import { toast } from '../../../ui/toasts';
import { thisWindow } from '../wall/thisWindow';

export type WindowsState = ResponseOf<'windows.state'>;

export interface WindowsInUse {
  /** Null until the main process has told. */
  readonly state: WindowsState | null;
  /** This window is full screen. */
  readonly isFullScreen: boolean;
  readonly toggleFullScreen: () => void;
}

/** The windows of the application and the monitors they can be on. */
export function useWindows(): WindowsInUse {
  const [state, setState] = useState<WindowsState | null>(null);
  useSubscription('windows.state', {}, setState);
  const { run } = useCommand('windows.set-full-screen');
  const isFullScreen = state?.windows.find(({ id }) => id === thisWindow.id)?.full_screen ?? false;
  const toggleFullScreen = useCallback(() => {
    void run({ on: !isFullScreen }).then((done) => {
      if (!done.ok) toast({ tone: 'bad', title: t('window.failed'), text: done.error.message });
    });
  }, [run, isFullScreen]);
  return { state, isFullScreen, toggleFullScreen };
}
