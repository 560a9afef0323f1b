import './ui/tokens.css';
import './ui/base.css';
import { I18nProvider } from 'react-aria-components';
import { AlertsProvider } from './data/AlertsProvider';
import { DevicesProvider } from './data/DevicesProvider';
import { PreferencesProvider } from './data/PreferencesProvider';
import { SessionProvider } from './data/SessionProvider';
import { SettingsProvider } from './data/SettingsProvider';
import { StreamsProvider } from './data/StreamsProvider';
import { useAppearance } from './data/useAppearance';
import { LiveClientContext } from './features/live/LiveClientContext';
import { thisWindow } from './features/live/wall/thisWindow';
import { Shell } from './features/shell/Shell';
import { WallShell } from './features/shell/WallShell';
import { SessionGate } from './features/users/SessionGate';
import type { LiveClient } from './live/types';

export interface AppProps {
  readonly liveClient: LiveClient;
}

/** The window's content. */
export function App({ liveClient }: AppProps) {
  return (
    <SettingsProvider>
      <SessionProvider>
        <Window liveClient={liveClient} />
      </SessionProvider>
    </SettingsProvider>
  );
}

function Window({ liveClient }: AppProps) {
  const language = useAppearance();
  return (
    <I18nProvider locale={language.locale}>
      <SessionGate>
        <LiveClientContext value={liveClient}>
          <DevicesProvider>
            <StreamsProvider>
              <PreferencesProvider>
                <AlertsProvider>{thisWindow.id === 'main' ? <Shell /> : <WallShell />}</AlertsProvider>
              </PreferencesProvider>
            </StreamsProvider>
          </DevicesProvider>
        </LiveClientContext>
      </SessionGate>
    </I18nProvider>
  );
}
