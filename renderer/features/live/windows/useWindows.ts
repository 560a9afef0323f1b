import { useCallback, useEffect, useRef, useState } from 'react';
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
  // Asked for and not yet told back: pressed again meanwhile, the key means the opposite of this.
  const asked = useRef<boolean | null>(null);
  useEffect(() => {
    if (asked.current === isFullScreen) asked.current = null;
  }, [isFullScreen]);
  const toggleFullScreen = useCallback(() => {
    const on = !(asked.current ?? isFullScreen);
    asked.current = on;
    void run({ on }).then((done) => {
      if (done.ok) return;
      asked.current = null;
      toast({ tone: 'bad', title: t('window.failed'), text: done.error.message });
    });
  }, [run, isFullScreen]);
  return { state, isFullScreen, toggleFullScreen };
}
