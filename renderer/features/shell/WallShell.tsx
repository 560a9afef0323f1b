import { useMemo } from 'react';
import { useCommand } from '../../data/useCommand';
import { useKeyDispatcher } from '../../keys/useAction';
import { t } from '../../strings';
import { ErrorBoundary } from '../../ui/ErrorBoundary';
import { Toasts } from '../../ui/Toasts';
import { AlertFrame } from '../alerts/AlertFrame';
import { LiveScreen } from '../live/LiveScreen';
import { FullScreenKey } from '../live/windows/FullScreenKey';
import type { Intent, Navigation } from './Navigation';
import { NavigationContext } from './Navigation';
import { ScreenFrame } from './ScreenFrame';
import type { ScreenId } from './screens';
import { useUnexpectedErrors } from './useUnexpectedErrors';
import './shell.css';

/** A window that shows only the wall; other screens open in the main window. */
export function WallShell() {
  const { run } = useCommand('windows.show-main');
  const navigation = useMemo(
    (): Navigation => ({
      screen: 'live',
      intent: {},
      open: (screen: ScreenId, intent: Intent = {}) =>
        void run({
          screen,
          edit_camera_id: intent.editCameraId ?? null,
          event_id: intent.eventId ?? null,
          playback:
            intent.playback === undefined
              ? null
              : { camera_id: intent.playback.cameraId, at: intent.playback.at },
        }),
    }),
    [run],
  );
  useUnexpectedErrors();
  useKeyDispatcher();
  return (
    <NavigationContext value={navigation}>
      <AlertFrame className="shell shell-wall">
        <div className="screen">
          <ErrorBoundary frame={(message) => <ScreenFrame title={t('screen.live')}>{message}</ScreenFrame>}>
            <LiveScreen />
          </ErrorBoundary>
        </div>
      </AlertFrame>
      <FullScreenKey />
      <Toasts />
    </NavigationContext>
  );
}
