import type { CameraServer } from '../scripts/cameras/camera';
import { startCameraServer } from '../scripts/cameras/camera';
import { h264 } from '../scripts/cameras/launches';
import type { Device } from '../contract';
import type { RunningApp } from './app';
import { launchApp } from './app';
import { expect, finish, measured, test } from './fixtures';
import { Keyboard } from './support/keyboard';
import { inspectLooks } from './support/looks';
import { readEverySegment, segmentsOf, whenRecording } from './support/recordings';
import { openScreen } from './support/screens';
import { Tile } from './support/tile';

/** The first minutes of a user who has a keyboard, one camera and no manual. */
test.describe.serial('first start', () => {
  let server: CameraServer;
  let app: RunningApp;
  let camera: Device;

  test.beforeAll(async () => {
    server = await startCameraServer();
    await server.mount({ path: '/entrance', launch: h264({ profile: 'high' }) });
    app = await launchApp();
    await app.resize(1280, 800);
    await app.page.emulateMedia({ reducedMotion: 'reduce' });
  });

  test.afterAll(async () => {
    await finish(app, test.info());
    await server.stop();
  });

  test('the empty application says what to do', async () => {
    await openScreen(app, 'Live');
    await expect(app.page.getByText(/no cameras?|add (a|your first) camera/i).first()).toBeVisible();
    await inspectLooks(app, 'live-empty');
    await openScreen(app, 'Cameras');
    await expect(app.page.getByRole('button', { name: /add (a )?camera/i }).first()).toBeVisible();
    await inspectLooks(app, 'cameras-empty');
  });

  test('a camera is added with the keyboard alone', async () => {
    const keyboard = new Keyboard(app.page);
    await app.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await keyboard.tabTo('button', /add (a )?camera/i);
    await keyboard.press('Enter');
    const dialog = app.page.getByRole('dialog');
    await expect(dialog).toBeVisible();
    expect(
      await dialog.evaluate((node) => node.contains(document.activeElement)),
      'the focus is in the dialog',
    ).toBe(true);
    await keyboard.tabTo('textbox', /name/i);
    await keyboard.type('Entrance');
    await keyboard.tabTo('textbox', /(main|address|url)/i);
    await keyboard.type(server.url('/entrance'));
    await inspectLooks(app, 'camera-form');
    await keyboard.tabTo('button', /test connection/i);
    await keyboard.press('Enter');
    await expect(dialog).toContainText(/H\.?264/i, { timeout: 30_000 });
    await expect(dialog).toContainText(/640\s*[x×]\s*360/);
    await inspectLooks(app, 'camera-form-tested');
    await keyboard.tabTo('button', /^(save|add)/i);
    await keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    await expect(app.page.getByText('Entrance').first()).toBeVisible();
    const { devices } = await app.vas.query('devices.list', {});
    expect(devices).toHaveLength(1);
    const [device] = devices;
    if (!device) throw new Error('the camera was not saved');
    expect(device).toMatchObject({
      name: 'Entrance',
      rtsp_url: server.url('/entrance'),
      is_active: true,
      recording: true,
    });
    camera = device;
    await expect(app.page.getByTestId('camera-state')).toHaveText(/running/i, { timeout: 30_000 });
    await inspectLooks(app, 'cameras');
  });

  test('its picture is live, moving and counted', async () => {
    const keyboard = new Keyboard(app.page);
    await keyboard.tabTo('link', /live/i);
    await keyboard.press('Enter');
    const opened = performance.now();
    const tile = new Tile(app.page, camera.id);
    await tile.whenState('live');
    measured('Live opened: first picture after', performance.now() - opened);
    expect(await tile.videoSize()).toEqual({ width: 640, height: 360 });
    await tile.whenMoreFrames(30);
    await tile.whenPixelsChange();
    const counted = await tile.frames();
    const since = performance.now();
    await app.page.waitForTimeout(2_000);
    const more = (await tile.frames()) - counted;
    const seconds = (performance.now() - since) / 1000;
    // 15 pictures a second; a busy machine may drop some or show them late, invented ones would be more.
    expect(more).toBeGreaterThan(15);
    expect(more).toBeLessThan((seconds + 1) * 15 * 1.2);
    await inspectLooks(app, 'live');
  });

  test('it is being recorded, and the recordings read', async () => {
    await whenRecording(app, camera.id);
    await app.vas.command('devices.stop-stream', { id: camera.id });
    const files = await readEverySegment(app.dataDir, camera.id);
    expect(files.size).toBeGreaterThan(0);
    const rows = await segmentsOf(app, camera.id);
    expect(rows.length).toBe(files.size);
    const recorded = rows.reduce((sum, row) => sum + Date.parse(row.end) - Date.parse(row.start), 0) / 1000;
    const read = [...files.values()].reduce((sum, file) => sum + file.duration, 0);
    expect(Math.abs(recorded - read), 'rows tell what the files hold').toBeLessThan(1);
    for (const row of rows)
      expect(row).toMatchObject({
        device_id: camera.id,
        video_codec: 'h264',
        width: 640,
        height: 360,
        audio_codec: null,
      });
    const { dates } = await app.vas.query('recordings.dates', { device_id: camera.id });
    expect(dates.reduce((sum, day) => sum + day.segments_count, 0)).toBe(rows.length);
    const tile = new Tile(app.page, camera.id);
    await tile.whenState('stopped');
    await inspectLooks(app, 'live-stopped');
  });
});
