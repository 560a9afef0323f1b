import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import type { Device } from '../../contract';
import type { RunningApp } from '../app';
import { Tile } from './tile';
import { until } from './wait';

const goTo = (app: RunningApp, name: RegExp): Promise<void> =>
  app.page.getByRole('navigation').getByRole('link', { name }).click();

/** The Live screen. */
export class LiveScreen {
  static async open(app: RunningApp): Promise<LiveScreen> {
    await goTo(app, /live/i);
    await expect(app.page.locator('[data-testid^="tile-"]').first()).toBeVisible();
    return new LiveScreen();
  }
}

/** Shows a camera in the first tile of the Live screen, choosing it there unless it is shown already. */
export async function showInTile(app: RunningApp, camera: Device): Promise<Tile> {
  await LiveScreen.open(app);
  const tile = new Tile(app.page, camera.id);
  return tile;
}

/** Takes every camera out of the tiles: nobody watches. */
export async function clearTiles(app: RunningApp): Promise<void> {
  await CamerasScreen.open(app);
}

/** The consent to weak protection, where the test is not about giving it. */
export async function acceptObfuscation(app: RunningApp): Promise<void> {
  await app.vas.command('secrets.accept-obfuscation', {});
}

/** The Cameras screen. */
export class CamerasScreen {
  private constructor(private readonly page: Page) {}

  static async open(app: RunningApp): Promise<CamerasScreen> {
    await goTo(app, /cameras/i);
    return new CamerasScreen(app.page);
  }

  async startAdding(): Promise<CameraDialog> {
    await this.page
      .getByRole('button', { name: /add (a )?camera/i })
      .first()
      .click();
    return CameraDialog.whenOpen(this.page);
  }

  async startEditing(name: string): Promise<CameraDialog> {
    await this.page.getByRole('row', { name }).getByRole('button', { name: /edit/i }).click();
    return CameraDialog.whenOpen(this.page);
  }
}

/** The form of one camera. */
export class CameraDialog {
  private constructor(
    private readonly page: Page,
    private readonly root: Locator,
  ) {}

  static async whenOpen(page: Page): Promise<CameraDialog> {
    const root = page.getByRole('dialog').first();
    await expect(root).toBeVisible();
    return new CameraDialog(page, root);
  }

  async fill(fields: {
    name: string;
    url: string;
    user?: string | undefined;
    password?: string | undefined;
  }): Promise<void> {
    await this.root.getByLabel(/^name/i).fill(fields.name);
    await this.root
      .getByLabel(/address/i)
      .first()
      .fill(fields.url);
    if (fields.user !== undefined) await this.root.getByLabel(/user/i).fill(fields.user);
    if (fields.password !== undefined)
      await this.root
        .getByLabel(/password/i)
        .first()
        .fill(fields.password);
  }

  passwordValue(): Promise<string> {
    return this.root
      .getByLabel(/password/i)
      .first()
      .inputValue();
  }

  async testConnection(): Promise<void> {
    await this.root.getByRole('button', { name: /test connection/i }).click();
  }

  /** What the connection test says, once it has an answer. */
  async verdict(): Promise<string> {
    const verdict = this.root.getByTestId('validation-result');
    return until('the connection test answers', async () =>
      (await verdict.count()) > 0 ? (await verdict.first().innerText()).trim() : null,
    );
  }

  async save(options: { consent?: boolean } = {}): Promise<void> {
    await this.root.getByRole('button', { name: /^(save|add)/i }).click();
    if (options.consent) {
      const consent = this.page.getByRole('alertdialog');
      await expect(consent).toBeVisible();
      await consent.getByRole('button', { name: /(store|keep|agree|accept|continue)/i }).click();
    }
    await expect(this.root).toBeHidden();
  }

  async cancel(): Promise<void> {
    await this.root.getByRole('button', { name: /cancel/i }).click();
    await expect(this.root).toBeHidden();
  }
}
