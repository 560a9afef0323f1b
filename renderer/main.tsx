import './zodSetup';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { bridge } from './data/bridge';
import { createLiveClient } from './live/liveClient';
import { StartFailure } from './StartFailure';

const container = document.getElementById('root');
if (container === null) throw new Error('index.html has no #root');
const root = createRoot(container);
if (window.vas === undefined) root.render(<StartFailure />);
else root.render(<App liveClient={createLiveClient(bridge())} />);
