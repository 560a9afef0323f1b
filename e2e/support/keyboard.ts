import type { Page } from '@playwright/test';

/** No screen of ours needs more presses of Tab than this, the list of all keys excepted. */
const MOST_STOPS = 60;

export type TabRole = 'button' | 'link' | 'textbox' | 'searchbox' | 'radio' | 'tab' | 'switch' | 'checkbox';

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
  async tabTo(role: TabRole, name: RegExp, mostStops = MOST_STOPS): Promise<void> {
    const wanted = this.page.getByRole(role, { name });
    const stops: string[] = [];
    for (let stop = 0; stop < mostStops; stop++) {
      for (const candidate of await wanted.all())
        if (await candidate.evaluate((node) => node === document.activeElement)) return;
      await this.page.keyboard.press('Tab');
      stops.push(await this.focused());
    }
    throw new Error(`Tab never reached ${role} ${String(name)}: ${stops.join(', ')}`);
  }

  /** What has the focus, for messages. */
  focused(): Promise<string> {
    return this.page.evaluate(() => {
      const node = document.activeElement;
      return `${node?.tagName.toLowerCase() ?? 'nothing'} "${(node?.getAttribute('aria-label') ?? node?.textContent ?? '').trim().slice(0, 30)}"`;
    });
  }

  /** Tab, then Enter. */
  async activate(role: TabRole, name: RegExp, mostStops = MOST_STOPS): Promise<void> {
    await this.tabTo(role, name, mostStops);
    await this.press('Enter');
  }

  /** Chooses from the menu that is open, with the arrow keys. */
  async chooseFromMenu(name: RegExp): Promise<void> {
    const entry = this.page.getByRole('menuitem', { name });
    for (let step = 0; step < 20; step++) {
      if (await entry.evaluate((node) => node === document.activeElement)) return this.press('Enter');
      await this.press('ArrowDown');
    }
    throw new Error(`the arrow keys never reached ${String(name)}`);
  }
}
