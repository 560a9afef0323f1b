import type { Page } from '@playwright/test';

/** No screen of ours needs more presses of Tab than this. */
const MOST_STOPS = 60;

/** A user without a mouse: finds things with Tab and acts with keys. */
export class Keyboard {
  constructor(private readonly page: Page) {}

  press(key: string): Promise<void> {
    return this.page.keyboard.press(key);
  }

  type(text: string): Promise<void> {
    return this.page.keyboard.type(text);
  }

  /**
   * Presses Tab until the focus is on an element with this role and accessible name.
   * @throws Error with every stop on the way when it is never reached
   */
  async tabTo(role: 'button' | 'link' | 'textbox', name: RegExp): Promise<void> {
    const wanted = this.page.getByRole(role, { name });
    const stops: string[] = [];
    for (let stop = 0; stop < MOST_STOPS; stop++) {
      for (const candidate of await wanted.all())
        if (await candidate.evaluate((node) => node === document.activeElement)) return;
      await this.page.keyboard.press('Tab');
      stops.push(
        await this.page.evaluate(() => {
          const node = document.activeElement;
          return `${node?.tagName.toLowerCase() ?? 'nothing'} "${(node?.getAttribute('aria-label') ?? node?.textContent ?? '').trim().slice(0, 30)}"`;
        }),
      );
    }
    throw new Error(`Tab never reached ${role} ${String(name)}: ${stops.join(', ')}`);
  }
}
