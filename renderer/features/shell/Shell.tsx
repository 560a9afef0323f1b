import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import type { ResponseOf } from '../../../contract';
import { useSession } from '../../data/SessionProvider';
import { useSubscription } from '../../data/useSubscription';
import type { ActionId } from '../../keys/actions';
import { useActions, useKeyDispatcher } from '../../keys/useAction';
import { t } from '../../strings';
import { ErrorBoundary } from '../../ui/ErrorBoundary';
import { Toasts } from '../../ui/Toasts';
import { AlertFrame } from '../alerts/AlertFrame';
import { AlertsScreen } from '../alerts/AlertsScreen';
import { useAlarm } from '../alerts/useAlarm';
import { CamerasScreen } from '../cameras/CamerasScreen';
import { DesktopQuestion } from '../desktop/DesktopQuestion';
import { ExportWatch } from '../evidence/ExportWatch';
import { EventsScreen } from '../events/EventsScreen';
import { EventExportWatch } from '../events/export/EventExportWatch';
import { GalleryScreen } from '../gallery/GalleryScreen';
import { HealthScreen } from '../health/HealthScreen';
import { LiveScreen } from '../live/LiveScreen';
import { FullScreenKey } from '../live/windows/FullScreenKey';
import { ModelsScreen } from '../models/ModelsScreen';
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
  /** Changes when the screen is opened to do something, even if it was open. */
  readonly visit: number;
}

/** With its player it is as large as all other screens together: it comes when it is wanted. */
const PlaybackScreen = lazy(async () => ({
  default: (await import('../playback/PlaybackScreen')).PlaybackScreen,
}));

const CONTENT = {
  live: LiveScreen,
  playback: PlaybackScreen,
  cameras: CamerasScreen,
  alerts: AlertsScreen,
  events: EventsScreen,
  gallery: GalleryScreen,
  models: ModelsScreen,
  health: HealthScreen,
  settings: SettingsScreen,
} as const;

/** The application's window: rail, and the screen that is open. */
export function Shell() {
  const [{ screen, intent, visit }, go] = useState<Place>({ screen: 'live', intent: {}, visit: 0 });
  const navigation = useMemo(() => {
    const open = (next: ScreenId, then: Intent = {}) =>
      go((at) => ({
        ...{ screen: next, intent: then },
        visit: Object.keys(then).length > 0 ? at.visit + 1 : at.visit,
      }));
    return { screen, intent, open };
  }, [screen, intent]);
  useUnexpectedErrors();
  useKeyDispatcher();
  useAlarm();
  const toScreen = (id: ScreenId) => () =>
    go((at) => (at.screen === id ? at : { ...at, screen: id, intent: {} }));
  useActions(Object.fromEntries(SCREENS.map(({ id }) => [`screen.${id}` satisfies ActionId, toScreen(id)])));

  // Another window asks for a screen.
  const onRequest = useCallback((request: ResponseOf<'windows.requests'>) => {
    const wanted = SCREENS.find(({ id }) => id === request.screen);
    if (wanted === undefined) return;
    const { edit_camera_id, event_id, playback } = request;
    go(({ visit: before }) => ({
      screen: wanted.id,
      intent: {
        ...(edit_camera_id === null ? {} : { editCameraId: edit_camera_id }),
        ...(event_id === null ? {} : { eventId: event_id }),
        ...(playback === null ? {} : { playback: { cameraId: playback.camera_id, at: playback.at } }),
      },
      visit: before + 1,
    }));
  }, []);
  useSubscription('windows.requests', {}, onRequest);

  // Locked, only the wall stays in sight: of another screen nothing is left behind the lock.
  const isLocked = useSession()?.is_locked === true;
  const isCovered = isLocked && screen !== 'live';

  const Content = CONTENT[screen];
  const label = SCREENS.find((entry) => entry.id === screen)?.label ?? 'screen.live';
  return (
    <NavigationContext value={navigation}>
      {isCovered ? null : (
        <AlertFrame className="shell">
          <a className="skip-link" href="#content">
            {t('nav.skip')}
          </a>
          <Rail />
          <div className="screen">
            <ErrorBoundary
              key={`${screen} ${String(visit)}`}
              frame={(message) => <ScreenFrame title={t(label)}>{message}</ScreenFrame>}
            >
              <Suspense fallback={<ScreenFrame title={t(label)}>{null}</ScreenFrame>}>
                <Content />
              </Suspense>
            </ErrorBoundary>
          </div>
        </AlertFrame>
      )}
      {/* Where the page may not ask, the desktop does. */}
      {isLocked ? null : <DesktopQuestion />}
      <ExportWatch />
      <EventExportWatch />
      <FullScreenKey />
      <Toasts />
    </NavigationContext>
  );
}
