import { useEffect } from 'react';
import { t } from '../../../strings';
import { isWallWindow } from '../wall/thisWindow';
import { forgetClosed } from './forgetClosed';
import type { WindowsState } from './useWindows';

/** Names this window after what it shows; the main one clears up what closed windows kept. */
export function useOwnWindow(title: string, windows: WindowsState | null): void {
  useEffect(() => {
    document.title = isWallWindow ? t('window.title', { name: title }) : t('app.name');
  }, [title]);
  useEffect(() => {
    if (windows !== null && !isWallWindow)
      forgetClosed(window.localStorage, new Set(windows.windows.map(({ id }) => id)));
  }, [windows]);
}
