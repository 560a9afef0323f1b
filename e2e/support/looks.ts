import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { RunningApp } from '../app';

const SIZES = [
  [1280, 800],
  [1920, 1080],
] as const;

/** The colours that a screen is looked at in; they follow from the setting, not from the desktop. */
export type Colours = 'dark' | 'light';
export const COLOURS = ['light', 'dark'] as const satisfies readonly Colours[];

/** Shows the application in these colours. */
export async function inColours(app: RunningApp, theme: Colours): Promise<void> {
  await app.vas.command('settings.update', { theme });
  await expect(app.page.locator('html')).toHaveAttribute('data-theme', theme);
}

/** Violations of the accessibility rules that keep somebody from using the page, each with where it is. */
export async function graveViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    // The other mode opens a page of its own, which Electron does not give.
    .setLegacyMode(true)
    // react-aria's spoken messages: what they name may have gone before they go, after some seconds.
    .exclude('[data-live-announcer]')
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, help, nodes }) =>
        `${id}: ${help}: ${nodes.map((node) => `${node.target.join(' ')} ${node.html} ${node.failureSummary ?? ''}`).join(' | ')}`,
    );
}

/** Pictures of what is on screen, and no serious violation of the accessibility rules. */
export async function inspectLooks(app: RunningApp, name: string): Promise<void> {
  for (const theme of COLOURS) {
    await inColours(app, theme);
    for (const [width, height] of SIZES) {
      await app.resize(width, height);
      const file = `${name}-${theme}-${String(width)}x${String(height)}.png`;
      await app.page.screenshot({ path: path.join('test-results', 'screenshots', file) });
    }
    expect.soft(await graveViolations(app.page), `${name}, ${theme}`).toEqual([]);
  }
  await app.resize(1280, 800);
}
