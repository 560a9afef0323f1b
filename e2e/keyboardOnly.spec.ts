import type { CameraServer } from '../scripts/cameras/camera';
import { startCameraServer } from '../scripts/cameras/camera';
import { h264 } from '../scripts/cameras/launches';
import type { RunningApp } from './app';
import { launchApp } from './app';
import { expect, finish, test } from './fixtures';
import { Keyboard } from './support/keyboard';
import { Tile } from './support/tile';
import { until } from './support/wait';
import { Wall } from './support/wall';

const gate = { path: '/gate', launch: h264({ fps: 10, audio: 'pcma' }) };
const yard = { path: '/yard', launch: h264({ fps: 10 }) };

/** A whole working day without a mouse: nothing in this file points at anything. */
test.describe.serial('keyboard only', () => {
  let server: CameraServer;
  let app: RunningApp;
  let keyboard: Keyboard;
  let wall: Wall;
  /** Camera ids by name. */
  const ids = { Gate: '', Yard: '' };

  test.beforeAll(async () => {
    server = await startCameraServer();
    await server.mount(gate);
    await server.mount(yard);
    app = await launchApp();
    await app.resize(1280, 800);
    await app.vas.command('settings.update', { alert_offline_seconds: 3 });
    keyboard = new Keyboard(app.page);
    wall = new Wall(app.page);
  });

  test.afterAll(async () => {
    await finish(app, test.info());
    await server.stop();
  });

  const heading = (name: string) => app.page.getByRole('heading', { name, exact: true });
  const dialog = () => app.page.getByRole('dialog');
  const tile = (name: keyof typeof ids) => new Tile(app.page, ids[name]);
  const attribute = (name: keyof typeof ids, key: string) => tile(name).root.getAttribute(key);

  /** The form of a new camera, which is open. */
  async function fillCamera(name: keyof typeof ids, url: string): Promise<void> {
    await expect(dialog()).toBeVisible();
    await keyboard.tabTo('textbox', /^name/i);
    await keyboard.type(name);
    await keyboard.tabTo('textbox', /(main|address|url)/i);
    await keyboard.type(url);
    await keyboard.press('Enter');
    await expect(dialog()).toBeHidden();
    const { devices } = await app.vas.query('devices.list', {});
    ids[name] = devices.find((device) => device.name === name)?.id ?? '';
    expect(ids[name], `${name} was saved`).not.toBe('');
    await app.vas.whenStream(ids[name], 'running', ({ phase }) => phase === 'running');
  }

  test('cameras are added from the empty first start', async () => {
    await expect(heading('Live')).toBeVisible();
    await keyboard.activate('button', /add camera/i);
    await fillCamera('Gate', server.url('/gate'));
    await expect(heading('Cameras')).toBeVisible();
    await keyboard.press('n');
    await fillCamera('Yard', server.url('/yard'));
  });

  test('a layout is chosen, cameras are put on tiles, swapped and saved under a name', async () => {
    await keyboard.press('Control+1');
    await expect(heading('Live')).toBeVisible();
    await keyboard.press('2');
    await expect(app.page.getByTestId('live-grid')).toHaveAttribute('data-kind', '2x2');
    await wall.whenShows([ids.Gate, ids.Yard, null, null]);
    // An arrow enters the wall, wherever one was before.
    await keyboard.press('ArrowRight');
    await expect(wall.tile(0)).toBeFocused();
    await keyboard.press('ContextMenu');
    await keyboard.chooseFromMenu(/^take|remove|empty/i);
    await wall.whenShows([null, ids.Yard, null, null]);
    await keyboard.press('ArrowLeft');
    await expect(wall.tile(0)).toBeFocused();
    await keyboard.press('ArrowDown');
    await expect(wall.tile(2)).toBeFocused();
    await keyboard.press('Enter');
    await expect(dialog()).toBeVisible();
    await keyboard.type('gat');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await wall.whenShows([null, ids.Yard, ids.Gate, null]);
    await tile('Gate').whenState('live');
    await keyboard.press('/');
    await expect(app.page.getByTestId('camera-list').getByRole('searchbox')).toBeFocused();
    await keyboard.type('yard');
    await expect(app.page.getByTestId('camera-list').getByRole('option')).toHaveText([/^Yard/]);
    await keyboard.press('Escape');
    await keyboard.press('Escape');

    await until('the focus is on the camera again', async () => {
      await keyboard.press('Tab');
      return tile('Gate').root.evaluate((node) => node === document.activeElement);
    });
    await keyboard.press('Shift+ArrowUp');
    await wall.whenShows([ids.Gate, ids.Yard, null, null]);
    await keyboard.press('Shift+ArrowRight');
    await wall.whenShows([ids.Yard, ids.Gate, null, null]);
    await keyboard.press('Control+s');
    await expect(dialog()).toBeVisible();
    await keyboard.type('Night');
    await keyboard.press('Enter');
    await expect(dialog()).toBeHidden();
    const { layouts } = await app.vas.query('layouts.list', {});
    expect(layouts.map(({ name }) => name)).toEqual(['Night']);
  });

  test('a picture is kept, a clip saved, the last seconds played again', async () => {
    await until('the focus is on the camera', async () => {
      if (await tile('Gate').root.evaluate((node) => node === document.activeElement)) return true;
      await keyboard.press('Tab');
      return false;
    });
    await tile('Gate').whenState('live');
    await keyboard.press('s');
    await until('the snapshot is there', async () => (await app.vas.query('snapshots.list', {})).total === 1);
    await keyboard.press('c');
    await until('the clip is there', async () => (await app.vas.query('bookmarks.list', {})).total === 1);
    await keyboard.press('b');
    await expect.poll(() => attribute('Gate', 'data-replay')).toBe('true');
    const replay = tile('Gate').root.getByTestId('replay');
    await until('it plays', () => replay.evaluate((video: HTMLVideoElement) => video.currentTime > 0.2));
    await keyboard.press('Space');
    await until('it pauses', () => replay.evaluate((video: HTMLVideoElement) => video.paused));
    await keyboard.press('l');
    await expect.poll(() => attribute('Gate', 'data-replay')).toBeNull();
  });

  test('zoom, statistics, sound and full screen', async () => {
    await keyboard.press('+');
    await expect.poll(() => attribute('Gate', 'data-zoomed')).toBe('true');
    const view = tile('Gate').root.locator('.tile-view');
    const before = (await view.getAttribute('style')) ?? '';
    await keyboard.press('ArrowRight');
    await expect(view).not.toHaveAttribute('style', before);
    await keyboard.press('z');
    await expect.poll(() => attribute('Gate', 'data-zoomed')).toBeNull();
    await keyboard.press('i');
    await expect(tile('Gate').root.locator('[data-stat="size"] dd')).toHaveText('640 \u00d7 360');
    await keyboard.press('i');
    await expect(tile('Gate').root.locator('[data-stat="size"]')).toHaveCount(0);
    await keyboard.press('m');
    await expect(tile('Gate').root.getByTestId('sound-mark')).toBeVisible();
    await keyboard.press('m');
    await keyboard.press('f');
    await expect.poll(() => attribute('Gate', 'data-full')).toBe('true');
    await keyboard.press('Escape');
    await expect.poll(() => attribute('Gate', 'data-full')).toBeNull();
    await expect(tile('Gate').root).toBeFocused();
    const isFull = () =>
      app.electronApp.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isFullScreen());
    await keyboard.press('F11');
    await expect.poll(isFull).toBe(true);
    await keyboard.press('F11');
    await expect.poll(isFull).toBe(false);
  });

  test('an alert is read and acknowledged', async () => {
    await server.unmount('/yard');
    const banner = app.page.getByTestId('alert-banner');
    await expect(banner).toContainText('Yard', { timeout: 60_000 });
    await keyboard.press('F8');
    await expect(app.page.getByTestId('alert-panel')).toBeVisible();
    await keyboard.press('F8');
    await expect(app.page.getByTestId('alert-panel')).toBeHidden();
    await keyboard.press('F9');
    await expect(banner).toBeHidden();
    await server.mount(yard);
    await tile('Yard').whenState('live', 60_000);
  });

  test('cameras are searched', async () => {
    await keyboard.press('Control+3');
    await expect(heading('Cameras')).toBeVisible();
    await keyboard.press('/');
    await keyboard.type('gate');
    await expect(app.page.getByText('Yard')).toHaveCount(0);
    await keyboard.press('Escape');
    await expect(app.page.getByText('Yard').first()).toBeVisible();
  });

  test('a key is changed and the sheet shows it', async () => {
    await keyboard.press('F1');
    const row = app.page.locator('[data-action="screen.live"]');
    await expect(row).toContainText('1');
    await keyboard.activate('button', /^change keys/i);
    await keyboard.activate('button', /^change .*key of live/i, 200);
    await keyboard.press('Control+Shift+L');
    await expect(row).toContainText('Changed');
    await keyboard.press('Escape');
    await expect(dialog()).toBeHidden();
    await keyboard.press('Control+Shift+L');
    await expect(heading('Live')).toBeVisible();
    await keyboard.press('ArrowRight');
    await keyboard.press('?');
    await expect(row).toContainText('L');
    await keyboard.press('Escape');
    await expect(dialog()).toBeHidden();
  });

  test('settings are changed, the theme among them', async () => {
    await keyboard.press('Control+,');
    await expect(heading('Settings')).toBeVisible();
    await keyboard.tabTo('tab', /^recording/i);
    await keyboard.press('ArrowDown');
    await expect(app.page.getByRole('tab', { name: 'Appearance' })).toBeFocused();
    const before = await app.page.locator('html').getAttribute('data-theme');
    await keyboard.tabTo('radio', /^(dark|light|as desktop)/i);
    await keyboard.press(before === 'dark' ? 'ArrowDown' : 'ArrowUp');
    await expect(app.page.locator('html')).not.toHaveAttribute('data-theme', before ?? '');
  });
});
