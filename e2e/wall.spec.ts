import { rmSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { CameraServer } from '../scripts/cameras/camera';
import { startCameraServer } from '../scripts/cameras/camera';
import { h264 } from '../scripts/cameras/launches';
import type { RunningApp } from './app';
import { launchApp } from './app';
import { expect, finish, temporaryDataDir, test } from './fixtures';
import { addCamera, whenRunning } from './support/cameras';
import { whenHealth } from './support/health';
import { openScreen } from './support/screens';
import { Tile } from './support/tile';
import { until } from './support/wait';
import { Wall } from './support/wall';

const picture = h264({ width: 320, height: 180, fps: 10 });
const NAMES = ['Gate', 'Yard', 'Dock', 'Hall', 'Roof'] as const;

test.describe.serial('wall', () => {
  let server: CameraServer;
  let dataDir: string;
  let app: RunningApp;
  let wall: Wall;
  /** Camera ids by name. */
  const ids: Record<string, string> = {};
  const of = (...names: (string | null)[]) =>
    names.map((name) => (name === null ? null : (ids[name] ?? name)));
  const live = async (...names: string[]) => {
    for (const name of names) await new Tile(app.page, ids[name] ?? '').whenState('live');
  };
  const consumers = (count: number) =>
    whenHealth(app, `${String(count)} pictures are decoded`, ({ sfu }) => sfu.consumers === count);

  test.beforeAll(async () => {
    server = await startCameraServer();
    dataDir = await temporaryDataDir();
    app = await launchApp({ dataDir });
    await app.resize(1280, 800);
    for (const name of NAMES) {
      const camera = await addCamera(app, server, {
        path: `/${name}`,
        launch: picture,
        device: { name, location: name < 'H' ? 'Outside' : 'Building A' },
      });
      ids[name] = camera.id;
    }
    for (const name of NAMES) await whenRunning(app, ids[name] ?? '');
    wall = new Wall(app.page);
  });

  test.afterAll(async () => {
    await finish(app, test.info());
    rmSync(dataDir, { recursive: true, force: true });
    await server.stop();
  });

  test('every layout shows as many tiles as it has, and no camera is lost', async () => {
    await wall.whenShows(of('Gate', 'Yard', 'Dock', 'Hall'));
    for (const [layout, tiles] of [
      ['3 × 3', 9],
      ['4 × 4', 16],
      ['1 + 7', 8],
      ['1 + 5', 6],
    ] as const) {
      await wall.choose(layout);
      await wall.whenShows([...of(...NAMES), ...Array.from({ length: tiles - NAMES.length }, () => null)]);
    }
    await live(...NAMES);
    await consumers(5);
    await wall.choose('Single');
    await wall.whenShows(of('Gate'));
    await consumers(1);
    await app.page.keyboard.press('2');
    await wall.whenShows(of('Gate', 'Yard', 'Dock', 'Hall'));
    await live('Gate', 'Yard', 'Dock', 'Hall');
    await consumers(4);
  });

  test('another layout and swapped tiles do not interrupt a picture', async () => {
    const four = of('Gate', 'Yard', 'Dock', 'Hall') as string[];
    const before = await wall.views(four);
    const yard = new Tile(app.page, ids['Yard'] ?? '');
    await yard.whenMoreFrames(5);
    const frames = await yard.frames();
    await wall.choose('1 + 5');
    await live('Roof');
    await wall.drag(wall.tile(0).locator('.tile-bar'), wall.tile(3));
    await wall.whenShows(of('Hall', 'Yard', 'Dock', 'Gate', 'Roof', null));
    await expect(wall.tile(3), 'the tile that was dropped on is selected').toBeFocused();
    await app.page.keyboard.press('Shift+ArrowRight');
    await app.page.keyboard.press('Shift+ArrowRight');
    await wall.whenShows(of('Hall', 'Yard', 'Dock', 'Roof', null, 'Gate'));
    await wall.choose('2 × 2');
    await wall.whenShows(of('Hall', 'Yard', 'Dock', 'Roof'));
    await wall.choose('3 × 3');
    await wall.whenShows(of('Hall', 'Yard', 'Dock', 'Roof', null, 'Gate', null, null, null));
    expect(await wall.views(of('Yard', 'Dock', 'Hall') as string[])).toEqual(before.slice(1));
    expect(await yard.frames(), 'the element went on counting').toBeGreaterThan(frames);
    await yard.whenMoreFrames(5);
  });

  test('cameras come from the list: by mouse, by search and Enter', async () => {
    await wall.choose('2 × 2');
    await wall.drag(wall.row('Gate'), wall.tile(2));
    await wall.whenShows(of('Hall', 'Yard', 'Gate', 'Roof'));
    await expect(wall.row('Gate')).toContainText('in tile 3');
    await expect(wall.row('Gate')).toContainText('Running');
    await app.page.keyboard.press('1');
    await app.page.keyboard.press('/');
    const search = app.page.getByTestId('camera-list').getByRole('searchbox');
    await expect(search).toBeFocused();
    await app.page.keyboard.type('building ya');
    await expect(app.page.getByTestId('camera-list').getByRole('option')).toHaveText([/^Yard/]);
    await wall.tile(0).focus();
    await search.focus();
    await app.page.keyboard.press('Enter');
    await wall.whenShows(of('Yard'));
    await search.fill('');
    await app.page.keyboard.press('ArrowDown');
    await expect(wall.row('Dock')).toBeFocused();
    // With Alt and Enter it is carried to a tile by keys alone.
    await app.page.keyboard.press('Alt+Enter');
    await expect(app.page.locator('.wall-slot')).toBeFocused();
    await app.page.keyboard.press('Enter');
    await wall.whenShows(of('Dock'));
    await expect(app.page.locator('.wall-slot')).not.toHaveAttribute('data-drop-target');
  });

  test('Tab goes through the tiles as they are seen', async () => {
    await wall.choose('2 × 2');
    await wall.tile(0).focus();
    const seen: string[] = [];
    for (let stop = 0; stop < 30 && seen.length < 4; stop++) {
      const id = await app.page.evaluate(() => document.activeElement?.getAttribute('data-testid') ?? '');
      if (id.startsWith('tile-')) seen.push(id);
      await app.page.keyboard.press('Tab');
    }
    expect(seen).toEqual(['tile-0', 'tile-1', 'tile-2', 'tile-3']);
  });

  test('a free arrangement is changed by keys and by mouse', async () => {
    await wall.choose('Free');
    const shown = await wall.cameras();
    await wall.tile(2).focus();
    await app.page.keyboard.press('e');
    const arranged = (index: number) => app.page.getByTestId(`arrange-${String(index)}`);
    const box = async (index: number) => {
      const found = await arranged(index).boundingBox();
      if (found === null) throw new Error('the tile is gone');
      return found;
    };
    await expect(arranged(2), 'whoever comes by key goes on from there').toBeFocused();
    await arranged(3).focus();
    await app.page.keyboard.press('Delete');
    await expect(arranged(3)).toHaveCount(0);
    await expect(arranged(2)).toBeFocused();
    const before = await box(2);
    await arranged(2).focus();
    await app.page.keyboard.press('ArrowRight');
    await app.page.keyboard.press('Shift+ArrowUp');
    const after = await box(2);
    expect(after.x).toBeGreaterThan(before.x);
    expect(after.height).toBeLessThan(before.height);
    const area = await app.page.getByTestId('live-grid').boundingBox();
    if (area === null) throw new Error('there is no wall');
    await app.page.mouse.move(after.x + after.width / 2, after.y + after.height - 60);
    await app.page.mouse.down();
    await app.page.mouse.move(after.x + after.width / 2 + area.width / 4, after.y + after.height - 40, {
      steps: 5,
    });
    await app.page.mouse.up();
    expect((await box(2)).x).toBeGreaterThan(after.x + area.width / 5);
    await app.page.keyboard.press('Escape');
    await expect(arranged(0)).toHaveCount(0);
    await expect(wall.tile(2)).toBeFocused();
    await wall.whenShows(shown.slice(0, 3));
  });

  test('layouts are saved under a name and opened again', async () => {
    const places = () =>
      app.page
        .locator('.wall-slot')
        .evaluateAll((slots) =>
          slots.map((slot) => (slot instanceof HTMLElement ? slot.style.cssText : '')).sort(),
        );
    const free = await places();
    const shown = await wall.cameras();
    await wall.saveAs('Arranged');
    await wall.choose('2 × 2');
    await expect(app.page.getByRole('button', { name: /^layouts: arranged, changed/i })).toBeVisible();
    await wall.saveAs('Four');
    await wall.fromMenu('Save as new layout');
    const dialog = app.page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('FOUR');
    await dialog.getByRole('button', { name: 'Save layout' }).click();
    await expect(dialog).toContainText('"FOUR" already');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await wall.fromMenu('Arranged');
    await wall.whenShows(shown);
    expect(await places()).toEqual(free);
    const { layouts } = await app.vas.query('layouts.list', {});
    expect(layouts.map(({ name }) => name)).toEqual(['Arranged', 'Four']);
  });

  test('a tour goes through layouts, pauses on a key and goes on', async () => {
    await wall.fromMenu('Tour through layouts');
    const dialog = app.page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: /seconds/i }).fill('2');
    await dialog.getByRole('button', { name: 'Start tour' }).click();
    await expect(dialog).toContainText('from 5 to');
    await dialog.getByRole('textbox', { name: /seconds/i }).fill('5');
    await dialog.getByRole('button', { name: 'Start tour' }).click();
    const tour = app.page.getByTestId('tour');
    await expect(tour).toContainText('Arranged');
    await expect(tour.getByRole('progressbar')).toBeVisible();
    await expect(tour).toContainText('Four', { timeout: 20_000 });
    await expect(tour).toContainText('Tour 2 of 2');
    await wall.tile(1).click();
    await expect(tour).toHaveAttribute('data-state', 'paused');
    await app.page.keyboard.press('t');
    await expect(tour).toHaveAttribute('data-state', 'running');
    await expect(tour).toContainText('Arranged', { timeout: 20_000 });
    await tour.getByRole('button', { name: 'End tour' }).click();
    await expect(tour).toBeHidden();
  });

  test('what was shown is shown again after a restart', async () => {
    const shown = await wall.cameras();
    expect(shown.filter((id) => id !== null).length).toBeGreaterThan(1);
    await app.close();
    app = await launchApp({ dataDir });
    wall = new Wall(app.page);
    await wall.whenShows(shown);
    await expect(app.page.getByTestId('live-grid')).toHaveAttribute('data-kind', 'free');
    await expect(app.page.getByRole('button', { name: /^layouts: arranged$/i })).toBeVisible();
    for (const id of shown) if (id !== null) await new Tile(app.page, id).whenState('live');
  });

  test('a layout has a window of its own, which comes back at the next start', async () => {
    await app.page.getByRole('button', { name: 'Open a layout in a window of its own' }).click();
    const dialog = app.page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'Four' }).click({ force: true });
    await dialog.getByRole('radio', { name: 'Ordinary window' }).click({ force: true });
    const [page] = await Promise.all([
      app.electronApp.waitForEvent('window'),
      dialog.getByRole('button', { name: 'Open window' }).click(),
    ]);
    await expect(dialog).toBeHidden();
    const other = new Wall(page);
    const { layouts } = await app.vas.query('layouts.list', {});
    const four = layouts.find(({ name }) => name === 'Four')?.content.tiles.map((tile) => tile.device_id);
    await other.whenShows(four ?? []);
    const [first, next] = four ?? [];
    await new Tile(page, first ?? '').whenState('live');
    await new Tile(page, first ?? '').whenPixelsChange();
    await expect(page.getByRole('navigation'), 'only the wall').toHaveCount(0);
    await other.drag(other.tile(0).locator('.tile-bar'), other.tile(1));
    await other.whenShows([next ?? null, first ?? null, ...(four ?? []).slice(2)]);
    const bounds = { x: 300, y: 200, width: 700, height: 500 };
    await app.electronApp.evaluate(({ BrowserWindow }, wanted) => {
      const [, second] = BrowserWindow.getAllWindows().sort((a, b) => a.id - b.id);
      second?.setBounds(wanted);
    }, bounds);
    // Kept half a second after the window came to rest.
    await page.waitForTimeout(1_500);
    await app.close();

    const started = await startWithWindows(2);
    const boundsNow = await app.electronApp.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .sort((a, b) => a.id - b.id)
        .map((window) => window.getBounds()),
    );
    expect(boundsNow[1]).toEqual(bounds);
    const again = new Wall(started);
    await again.whenShows([next ?? null, first ?? null, ...(four ?? []).slice(2)]);
    await new Tile(started, first ?? '').whenState('live');
    const both = (await wall.cameras()).concat(await again.cameras()).filter((id) => id !== null).length;
    await consumers(both);
    await started.getByRole('button', { name: 'Close this window' }).click();
    await consumers((await wall.cameras()).filter((id) => id !== null).length);
    await app.close();
    await startWithWindows(1);
  });

  test('full screen is restored', async () => {
    await openScreen(app, 'Cameras');
    await app.page.keyboard.press('F11');
    const isFull = () =>
      app.electronApp.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isFullScreen());
    await expect.poll(isFull).toBe(true);
    await openScreen(app, 'Live');
    await expect(app.page.getByRole('button', { name: 'Leave full screen' })).toBeVisible();
    await app.page.waitForTimeout(1_000);
    await app.close();
    await startWithWindows(1);
    await expect.poll(isFull).toBe(true);
    // A key that comes before the page is there means nothing.
    await expect(app.page.getByRole('button', { name: 'Leave full screen' })).toBeVisible();
    await app.page.keyboard.press('F11');
    await expect.poll(isFull).toBe(false);
  });

  /** Starts the application again. @returns the page of the last window */
  async function startWithWindows(count: number): Promise<Page> {
    app = await launchApp({ dataDir });
    wall = new Wall(app.page);
    await until(`${String(count)} windows are open`, () => app.electronApp.windows().length === count);
    // None comes later.
    await app.page.waitForTimeout(500);
    expect(app.electronApp.windows()).toHaveLength(count);
    const last = app.electronApp.windows().find((page) => (count === 1) === (page === app.page));
    if (last === undefined) throw new Error('there is no window');
    return last;
  }
});
