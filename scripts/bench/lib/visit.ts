import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { Bridge } from '../../../e2e/support/bridge';
import { until } from '../../../e2e/support/wait';
import { addCamera } from './setup';

/** For `startPlainApp`: lets visitors in. Costs nothing while nobody is connected. */
export const VISITABLE = ['--remote-debugging-port=0'] as const;

/**
 * Opens the Cameras screen of a running application, then adds a camera, which therefore nobody ever watches.
 * Called by visitor.mjs, whose end is what lets go of the page: closing such a connection takes half a minute.
 */
export async function addUnwatchedCamera(dataDir: string, url: string): Promise<void> {
  const file = path.join(dataDir, 'browser', 'DevToolsActivePort');
  const port = await until('the application can be visited', () => {
    try {
      return readFileSync(file, 'utf8').split('\n')[0];
    } catch {
      return null;
    }
  });
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const page = await until('the window has a page', () => browser.contexts()[0]?.pages()[0]);
  await page.getByRole('heading', { level: 1, name: 'Live' }).waitFor();
  await page.keyboard.press('Control+3');
  await page.getByRole('heading', { level: 1, name: 'Cameras' }).waitFor();
  await addCamera(new Bridge(page), 'Camera', url);
}
