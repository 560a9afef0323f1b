import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { Device } from '../../contract';
import type { RunningApp } from '../app';
import { Tile } from './tile';
import { until } from './wait';

/** Opens a screen from the rail, as a user does. */
export async function openScreen(
  app: RunningApp,
  name: 'Live' | 'Playback' | 'Cameras' | 'Alerts' | 'Events' | 'Gallery' | 'Health' | 'Settings',
): Promise<void> {
  await app.page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
  await expect(app.page.getByRole('heading', { name, exact: true })).toBeVisible();
}

/**
 * Shows a camera alone on the Live screen, chosen there as a user does.
 * The page is loaded anew when it does not know a camera that was added through the API.
 */
export async function showInTile(app: RunningApp, camera: Device): Promise<Tile> {
  const { page } = app;
  const tile = new Tile(page, camera.id);
  await page.reload();
  await openScreen(app, 'Live');
  await page.getByRole('radio', { name: /^single/i }).click();
  const first = page.getByTestId('tile-0');
  await expect(first).toHaveAttribute('data-state', /./);
  if ((await first.getAttribute('data-camera-id')) === camera.id) return tile;
  const choose = first.getByRole('button', { name: /^choose camera/i });
  if ((await first.getAttribute('data-state')) === 'empty') await choose.click();
  else await tileMenu(page, first, /^choose camera/i);
  const picker = page.getByRole('dialog');
  await picker.getByRole('searchbox').fill(camera.name);
  await picker.getByRole('option', { name: camera.name }).first().click();
  await expect(tile.root).toBeVisible();
  return tile;
}

/** Chooses from the menu of a tile. */
export async function tileMenu(page: Page, tile: Locator, action: RegExp): Promise<void> {
  await tile.getByRole('button', { name: 'Tile menu' }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

/** Leaves the Live screen: nobody watches any more. */
export const stopWatching = (app: RunningApp): Promise<void> => openScreen(app, 'Cameras');

/** The Cameras screen. */
export class CamerasScreen {
  private constructor(private readonly page: Page) {}

  static async open(app: RunningApp): Promise<CamerasScreen> {
    await openScreen(app, 'Cameras');
    return new CamerasScreen(app.page);
  }

  async startAdding(): Promise<CameraDialog> {
    await this.page.getByRole('button', { name: 'Add camera' }).first().click();
    return CameraDialog.whenOpen(this.page, /^add camera/i);
  }

  async startEditing(name: string): Promise<CameraDialog> {
    await this.page.getByRole('button', { name: `Edit ${name}` }).click();
    return CameraDialog.whenOpen(this.page, /^edit /i);
  }
}

/** The form of one camera. */
export class CameraDialog {
  private constructor(
    private readonly page: Page,
    readonly root: Locator,
  ) {}

  static async whenOpen(page: Page, name: RegExp): Promise<CameraDialog> {
    // Hidden for assistive technology while a question stands in front of it.
    const root = page.getByRole('dialog', { name, includeHidden: true });
    await expect(root).toBeVisible();
    return new CameraDialog(page, root);
  }

  async fill(fields: {
    name: string;
    url: string;
    user?: string | undefined;
    password?: string | undefined;
  }): Promise<void> {
    await this.#field('name').fill(fields.name);
    await this.#field('rtsp_url').fill(fields.url);
    if (fields.user !== undefined) await this.#field('username').fill(fields.user);
    if (fields.password !== undefined) await this.#field('password').fill(fields.password);
  }

  /** What a field holds now. */
  value(name: 'name' | 'rtsp_url' | 'username' | 'password'): Promise<string> {
    return this.#field(name).inputValue();
  }

  async testConnection(): Promise<void> {
    await this.root.getByRole('button', { name: /^test (connection|again)/i }).click();
  }

  /** What the connection test says, once it has an answer. */
  async verdict(): Promise<string> {
    const verdict = this.root.getByTestId('validation-result');
    await expect(verdict).toBeVisible({ timeout: 30_000 });
    return verdict.innerText();
  }

  /** Presses the button and leaves it to the caller what comes of it. */
  async trySaving(): Promise<void> {
    await this.root.getByRole('button', { name: /^(save|add camera)$/i }).click();
  }

  /** Saves; `consent` also answers the question about weak protection. */
  async save(options: { consent?: boolean } = {}): Promise<void> {
    await this.trySaving();
    if (options.consent === true) {
      const question = this.page.getByRole('alertdialog');
      await expect(question).toContainText(/weak protection/i);
      await question.getByRole('button', { name: /keep it that way/i }).click();
    }
    await expect(this.root).toBeHidden();
  }

  /** Leaves without saving, what was typed included. */
  async cancel(): Promise<void> {
    await this.root.getByRole('button', { name: 'Cancel' }).click();
    const question = this.page.getByRole('alertdialog');
    await until('the dialog closes or asks', async () => {
      if (await question.isVisible()) await question.getByRole('button', { name: 'Discard' }).click();
      return !(await this.root.isVisible());
    });
  }

  #field(name: string): Locator {
    return this.root.locator(`input[name="${name}"]`);
  }
}
