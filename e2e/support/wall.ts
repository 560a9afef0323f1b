import type { Locator, Page } from '@playwright/test';
import { expect } from '@playwright/test';
import { Tile } from './tile';

/** The wall of a window, used as an operator does. */
export class Wall {
  constructor(readonly page: Page) {}

  tile(index: number): Locator {
    return this.page.getByTestId(`tile-${String(index)}`);
  }

  /** Row of a camera in the list beside the wall. */
  row(name: string): Locator {
    return this.page.getByTestId('camera-list').getByRole('option', { name });
  }

  /** Camera of each tile, by its number; null where it is empty. */
  cameras(): Promise<(string | null)[]> {
    return this.page.getByTestId('live-grid').evaluate((wall) => {
      const tiles = [...wall.querySelectorAll<HTMLElement>('[data-testid^="tile-"][data-state]')];
      const numbered = tiles.map((tile) => ({
        number: Number(tile.dataset['testid']?.slice('tile-'.length)),
        camera: tile.dataset['cameraId'] ?? null,
      }));
      return numbered.sort((a, b) => a.number - b.number).map(({ camera }) => camera);
    });
  }

  async whenShows(cameras: readonly (string | null)[]): Promise<void> {
    await expect.poll(() => this.cameras()).toEqual(cameras);
  }

  async choose(layout: string): Promise<void> {
    await this.page.getByRole('radio', { name: layout, exact: true }).click();
  }

  /** What each camera is seen through: the stream in its element, which changes when it is fetched anew. */
  async views(cameraIds: readonly string[]): Promise<string[]> {
    const views = [];
    for (const id of cameraIds)
      views.push(
        await new Tile(this.page, id).video.evaluate((video: HTMLVideoElement) => {
          const stream = video.srcObject;
          return stream instanceof MediaStream ? stream.id : 'none';
        }),
      );
    return views;
  }

  /** Drags with the mouse, held beside the middle: exactly in the middle a screen reader is assumed. */
  async drag(from: Locator, to: Locator): Promise<void> {
    await from.dragTo(to, { sourcePosition: { x: 40, y: 12 } });
  }

  async fromMenu(action: string | RegExp): Promise<void> {
    await this.page.getByRole('button', { name: /^layouts:/i }).click();
    await this.page.getByRole('menuitem', { name: action }).click();
  }

  async saveAs(name: string): Promise<void> {
    await this.fromMenu('Save as new layout');
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('textbox').fill(name);
    await dialog.getByRole('button', { name: 'Save layout' }).click();
    await expect(dialog).toBeHidden();
  }
}
