import path from 'node:path';
import type { Page } from '@playwright/test';
import { build } from 'esbuild';

/** Bundles a program for the page of the running application and runs it there. */
export async function installInPage(page: Page, file: string): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, '../page', file)],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'chrome130',
    logLevel: 'warning',
  });
  await page.evaluate(outputFiles[0]?.text ?? '');
}
