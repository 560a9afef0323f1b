import path from 'node:path';
import { channels } from '../contract';
import { expect, test } from './fixtures';
import { repositoryRoot } from './support/runtime';

/** Every channel asks who calls: only the main frame of a window that shows our own page is answered. */
test('no channel answers a page that is not ours, although it has the bridge', async ({ launch }) => {
  const app = await launch();
  const calls = Object.entries(channels).map(([name, { kind }]) => ({ name, kind }));
  expect(calls.length).toBeGreaterThan(100);
  const ask = { asked: calls, bridge: path.join(repositoryRoot, 'dist/preload/preload.cjs') };
  const answers = await app.electronApp.evaluate(async ({ BrowserWindow }, { asked, bridge }) => {
    const window = new BrowserWindow({
      show: false,
      webPreferences: { preload: bridge, sandbox: true, contextIsolation: true },
    });
    try {
      await window.loadURL('data:text/html,<p>somebody else</p>');
      return (await window.webContents.executeJavaScript(`(async () => {
        const answers = {};
        let told = 0;
        for (const { name, kind } of ${JSON.stringify(asked)}) {
          if (kind === 'subscription') vas.subscribe(name, {}, () => told++);
          else {
            const reply = await vas[kind](name, {});
            answers[name] = reply.ok ? 'answered' : reply.error.status;
          }
        }
        await new Promise((resolve) => setTimeout(resolve, 1000));
        return { answers, told, hasBridge: typeof vas.query };
      })()`)) as { answers: Record<string, unknown>; told: number; hasBridge: string };
    } finally {
      window.destroy();
    }
  }, ask);
  expect(answers.hasBridge, 'the bridge itself is there, so that it is the check that refuses').toBe(
    'function',
  );
  const commands = calls.filter(({ kind }) => kind !== 'subscription');
  expect(answers.answers).toEqual(Object.fromEntries(commands.map(({ name }) => [name, 403])));
  expect(answers.told, 'no subscription speaks').toBe(0);
  const reply = await app.vas.call('query', 'devices.list', {});
  expect(reply.ok || reply.error.status !== 403, 'our own page is answered').toBe(true);
});
