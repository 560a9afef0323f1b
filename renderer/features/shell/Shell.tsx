import { useCallback, useMemo, useState } from 'react';
import type { ResponseOf } from '../../../contract';
import { useSubscription } from '../../data/useSubscription';
import type { ActionId } from '../../keys/actions';
import { useActions, useKeyDispatcher } from '../../keys/useAction';
import { t } from '../../strings';
import { ErrorBoundary } from '../../ui/ErrorBoundary';
import { Toasts } from '../../ui/Toasts';
import { CamerasScreen } from '../cameras/CamerasScreen';
import { DesktopQuestion } from '../desktop/DesktopQuestion';
import { LiveScreen } from '../live/LiveScreen';
import { FullScreenKey } from '../live/windows/FullScreenKey';
import { SettingsScreen } from '../settings/SettingsScreen';
import type { Intent } from './Navigation';
import { NavigationContext } from './Navigation';
import { Rail } from './Rail';
import { ScreenFrame } from './ScreenFrame';
import type { ScreenId } from './screens';
import { SCREENS } from './screens';
import { useUnexpectedErrors } from './useUnexpectedErrors';
import './shell.css';

interface Place {
  readonly screen: ScreenId;
  readonly intent: Intent;
}

const CONTENT = { live: LiveScreen, cameras: CamerasScreen, settings: SettingsScreen } as const;

/** The application's window: rail, and the screen that is open. */
export function Shell() {
  const [{ screen, intent }, go] = useState<Place>({ screen: 'live', intent: {} });
  const navigation = useMemo(() => {
    const open = (next: ScreenId, then: Intent = {}) => go({ screen: next, intent: then });
    return { screen, intent, open };
  }, [screen, intent]);
  useUnexpectedErrors();
  useKeyDispatcher();
  const toScreen = (id: ScreenId) => () => go((at) => (at.screen === id ? at : { screen: id, intent: {} }));
  useActions(Object.fromEntries(SCREENS.map(({ id }) => [`screen.${id}` satisfies ActionId, toScreen(id)])));

  // Another window asks for a screen.
  const onRequest = useCallback((request: ResponseOf<'windows.requests'>) => {
    const wanted = SCREENS.find(({ id }) => id === request.screen);
    if (wanted === undefined) return;
    const { edit_camera_id } = request;
    go({
      screen: wanted.id,
      intent: edit_camera_id === null ? {} : { editCameraId: edit_camera_id },
    });
  }, []);
  useSubscription('windows.requests', {}, onRequest);

  const Content = CONTENT[screen];
  const label = SCREENS.find((entry) => entry.id === screen)?.label ?? 'screen.live';
  return (
    <NavigationContext value={navigation}>
      <div className="shell">
        <a className="skip-link" href="#content">
          {t('nav.skip')}
        </a>
        <Rail />
        <div className="screen">
          <ErrorBoundary
            key={screen}
            frame={(message) => <ScreenFrame title={t(label)}>{message}</ScreenFrame>}
          >
            <Content />
          </ErrorBoundary>
        </div>
      </div>
      <DesktopQuestion />
      <FullScreenKey />
      <Toasts />
    </NavigationContext>
  );
}
