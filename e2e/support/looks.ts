import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { RunningApp } from '../app';

const SIZES = [
  [1280, 800],
  [1920, 1080],
] as const;

/** The colours that a screen is looked at in; they follow from the setting, not from the desktop. */
export type Colours = 'dark' | 'light';

/** Pictures of what is on screen, and no serious violation of the accessibility rules. */
export async function inspectLooks(app: RunningApp, name: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const satisfies readonly Colours[]) {
    await app.vas.command('settings.update', { theme });
    await expect(app.page.locator('html')).toHaveAttribute('data-theme', theme);
    for (const [width, height] of SIZES) {
      await app.resize(width, height);
      const file = `${name}-${theme}-${String(width)}x${String(height)}.png`;
      await app.page.screenshot({ path: path.join('test-results', 'screenshots', file) });
    }
    const { violations } = await new AxeBuilder({ page: app.page })
      .setLegacyMode(true)
      .exclude('[data-live-announcer]')
      .analyze();
    const grave = violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html).join(' | ')}`);
    expect.soft(grave, `${name}, ${theme}`).toEqual([]);
  }
  await app.resize(1280, 800);
}
