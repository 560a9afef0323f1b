import './ui/tokens.css';
import './ui/base.css';
import { I18nProvider } from 'react-aria-components';
import { DevicesProvider } from './data/DevicesProvider';
import { StreamsProvider } from './data/StreamsProvider';
import { LiveClientContext } from './features/live/LiveClientContext';
import { Shell } from './features/shell/Shell';
import type { LiveClient } from './live/types';

export interface AppProps {
  readonly liveClient: LiveClient;
}

/** The window's content. */
export function App({ liveClient }: AppProps) {
  return (
    <I18nProvider locale="en-GB">
      <LiveClientContext value={liveClient}>
        <DevicesProvider>
          <StreamsProvider>
            <Shell />
          </StreamsProvider>
        </DevicesProvider>
      </LiveClientContext>
    </I18nProvider>
  );
}
