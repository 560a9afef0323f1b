import path from 'node:path';
import type { Page } from '@playwright/test';
import { build } from 'esbuild';
import type { Viewers } from './page';

interface PageGlobals {
  readonly vasTestViewers: Viewers;
}

/** Viewers in the page of the running application; see `page.ts`. */
export class PageViewers {
  private constructor(private readonly page: Page) {}

  static async install(page: Page): Promise<PageViewers> {
    const bundle = await build({
      entryPoints: [path.join(import.meta.dirname, 'page.ts')],
      bundle: true,
      write: false,
      format: 'iife',
      platform: 'browser',
      target: 'chrome130',
      logLevel: 'warning',
    });
    const source = bundle.outputFiles[0]?.text ?? '';
    await page.evaluate(source);
    return new PageViewers(page);
  }

  join(cameraId: string): Promise<{ viewer: number; producerId: string; firstPictureMs: number }> {
    return this.page.evaluate(
      (id) => (globalThis as unknown as PageGlobals).vasTestViewers.join(id),
      cameraId,
    );
  }

  leave(viewer: number): Promise<void> {
    return this.page.evaluate(
      (number) => (globalThis as unknown as PageGlobals).vasTestViewers.leave(number),
      viewer,
    );
  }

  close(): Promise<void> {
    return this.page.evaluate(() => (globalThis as unknown as PageGlobals).vasTestViewers.close());
  }
}
