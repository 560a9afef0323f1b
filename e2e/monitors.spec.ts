import { rmSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { CameraServer } from '../scripts/cameras/camera';
import { startCameraServer } from '../scripts/cameras/camera';
import { h264 } from '../scripts/cameras/launches';
import type { RunningApp } from './app';
import { expect, finish, temporaryDataDir, test } from './fixtures';
import { addCamera, whenRunning } from './support/cameras';
import { displayAt, launchOn, plug } from './support/displays/displays';
import { Tile } from './support/tile';
import { until } from './support/wait';
import { Wall } from './support/wall';

/** Two monitors beside each other on the one display that there is. */
const LEFT = displayAt(11, 'Left', { x: 0, y: 0, width: 960, height: 1080 });
const RIGHT = displayAt(22, 'Right', { x: 960, y: 0, width: 960, height: 1080 });
const BOTH = [LEFT, RIGHT];

test.describe.serial('two monitors', () => {
  let server: CameraServer;
  let dataDir: string;
  let app: RunningApp;
  let cameraId: string;

  test.beforeAll(async () => {
    server = await startCameraServer();
    dataDir = await temporaryDataDir();
    app = await launchOn(BOTH, { dataDir });
    const launch = h264({ width: 320, height: 180, fps: 10 });
    const camera = await addCamera(app, server, { path: '/gate', launch, device: { name: 'Gate' } });
    cameraId = camera.id;
    await whenRunning(app, cameraId);
    await app.vas.command('layouts.create', {
      name: 'Gate alone',
      content: { kind: '1', tiles: [{ device_id: cameraId, place: null }] },
    });
    await app.page.reload();
  });

  test.afterAll(async () => {
    await finish(app, test.info());
    rmSync(dataDir, { recursive: true, force: true });
    await server.stop();
  });

  /** The windows, the main one first. */
  const windows = () =>
    app.electronApp.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .sort((one, other) => one.id - other.id)
        .map((window) => ({ bounds: window.getBounds(), isFull: window.isFullScreen() })),
    );
  /** Without a window manager a full window takes the size of the whole display: its corner says where it is. */
  const isOn = (window: { bounds: typeof LEFT.bounds } | undefined, { bounds }: typeof LEFT) =>
    window !== undefined && window.bounds.x >= bounds.x && window.bounds.x < bounds.x + bounds.width;
  const wallPage = (): Promise<Page> =>
    until('the window of the wall is open', () =>
      app.electronApp.windows().find((page) => page !== app.page && page.url().includes('window=')),
    );
  const showsGate = async () => {
    const page = await wallPage();
    await new Wall(page).whenShows([cameraId]);
    await new Tile(page, cameraId).whenState('live');
  };

  test('a layout opens on the other monitor, full screen, in a window of its own', async () => {
    await app.page.getByRole('button', { name: 'Open a layout in a window of its own' }).click();
    const dialog = app.page.getByRole('dialog');
    await expect(dialog.getByRole('radio', { name: /^monitor 1: left/i })).toBeVisible();
    await expect(dialog.getByRole('radio', { name: /^monitor 2: right/i }), 'the free one').toBeChecked();
    await dialog.getByRole('radio', { name: 'Gate alone' }).click({ force: true });
    await dialog.getByRole('button', { name: 'Open window' }).click();
    await expect(dialog).toBeHidden();
    await showsGate();
    await until('it fills its monitor', async () => (await windows())[1]?.isFull === true);
    const [main, wall] = await windows();
    expect(isOn(main, LEFT)).toBe(true);
    expect(isOn(wall, RIGHT)).toBe(true);
    expect(main?.isFull).toBe(false);
    // Kept half a second after the window came to rest.
    await app.page.waitForTimeout(1_500);
  });

  test('it is there again after a restart: the same monitor, full screen; the main window is not', async () => {
    await app.close();
    app = await launchOn(BOTH, { dataDir });
    await showsGate();
    await until('it is full screen', async () => (await windows())[1]?.isFull === true);
    const [main, wall] = await windows();
    expect([isOn(main, LEFT), main?.isFull]).toEqual([true, false]);
    expect(isOn(wall, RIGHT)).toBe(true);
  });

  test('its monitor goes: it comes on screen, and home when the monitor is back', async () => {
    await plug(app, [LEFT]);
    await until('it is on the monitor that is left', async () => {
      const wall = (await windows())[1];
      return wall !== undefined && isOn(wall, LEFT) && !wall.isFull;
    });
    await showsGate();
    await plug(app, BOTH);
    await until('it is home, full screen', async () => {
      const wall = (await windows())[1];
      return wall !== undefined && isOn(wall, RIGHT) && wall.isFull;
    });
    await new Tile(await wallPage(), cameraId).whenMoreFrames(5);
  });

  test('its monitor is gone at the next start: on screen, and home at the one after', async () => {
    await app.page.waitForTimeout(1_000);
    await app.close();
    app = await launchOn([LEFT], { dataDir });
    await showsGate();
    const [, wall] = await windows();
    expect([isOn(wall, LEFT), wall?.isFull]).toEqual([true, false]);
    await app.page.waitForTimeout(1_000);
    await app.close();
    app = await launchOn(BOTH, { dataDir });
    await showsGate();
    await until('it is home, full screen', async () => {
      const again = (await windows())[1];
      return again !== undefined && isOn(again, RIGHT) && again.isFull;
    });
  });
});
