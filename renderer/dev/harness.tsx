/**
 * The screens with canned data and without a main process, for work on their looks:
 *   npx vite build --mode harness, then serve node_modules/.cache/harness/dev/harness.html?scenario=<name>
 * Never part of the application's build (vite.config.ts).
 */
import '../zodSetup';
import { createRoot } from 'react-dom/client';
import { App } from '../App';
import { fakeBridge } from './fakeBridge';
import { fakeLiveClient } from './fakeLive';
import { scenarioOf } from './scenarios';

const scenario = scenarioOf(new URLSearchParams(window.location.search).get('scenario'));
Object.defineProperty(window, 'vas', { value: fakeBridge(scenario) });
const root = document.getElementById('root');
if (root === null) throw new Error('harness.html has no #root');
createRoot(root).render(<App liveClient={fakeLiveClient(scenario)} />);
