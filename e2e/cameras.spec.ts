import type { CameraServer } from '../scripts/cameras/camera';
import { startCameraServer } from '../scripts/cameras/camera';
import { h264 } from '../scripts/cameras/launches';
import type { Device } from '../contract';
import type { RunningApp } from './app';
import { launchApp } from './app';
import { expect, finish, test } from './fixtures';
import { incomingRuns } from './support/files';
import { whenHealth } from './support/health';
import { segmentsOf, whenRecording } from './support/recordings';
import { CamerasScreen } from './support/screens';
import { until } from './support/wait';

const small = { width: 320, height: 180 } as const;

/** The life of a camera on the Cameras screen. */
test.describe.serial('the Cameras screen', () => {
  let server: CameraServer;
  let app: RunningApp;
  let camera: Device;

  test.beforeAll(async () => {
    server = await startCameraServer();
    await server.mount({ path: '/one', launch: h264(small) });
    await server.mount({ path: '/two', launch: h264({ ...small, width: 480, height: 270 }) });
    await server.mount({ path: '/locked', launch: h264(small), user: 'viewer', password: 'pa ss@1' });
    app = await launchApp();
  });

  test.afterAll(async () => {
    await finish(app, test.info());
    await server.stop();
  });

  const devices = async () => (await app.vas.query('devices.list', {})).devices;
  const row = (name: string) => app.page.getByRole('row').filter({ hasText: name });

  test('what cannot be an address is refused in words, before anything is sent', async () => {
    const screen = await CamerasScreen.open(app);
    const dialog = await screen.startAdding();
    for (const [url, says] of [
      ['', /enter the address/i],
      ['not an address', /not an address|spaces/i],
      ['http://192.0.2.1/x', /rtsp/i],
    ] as const) {
      await dialog.fill({ name: 'Wrong', url });
      await dialog.trySaving();
      await expect(dialog.root, url).toContainText(says);
    }
    await dialog.fill({ name: '', url: server.url('/one') });
    await dialog.trySaving();
    await expect(dialog.root).toContainText(/name/i);
    await dialog.cancel();
    expect(await devices()).toEqual([]);
  });

  test('a pasted address with user and password is taken apart', async () => {
    const screen = await CamerasScreen.open(app);
    const dialog = await screen.startAdding();
    const address = server.url('/locked').replace('://', `://viewer:${encodeURIComponent('pa ss@1')}@`);
    await dialog.fill({ name: 'Locked', url: address });
    await dialog.testConnection();
    expect(await dialog.verdict()).toMatch(/works/i);
    expect(await dialog.value('rtsp_url')).toBe(server.url('/locked'));
    expect(await dialog.value('username')).toBe('viewer');
    expect(await dialog.value('password')).toBe('pa ss@1');
    await dialog.save({ consent: true });
    const [device] = await devices();
    expect(device).toMatchObject({ name: 'Locked', username: 'viewer', has_password: true });
    expect(device?.rtsp_url).toBe(server.url('/locked'));
  });

  test('a camera is added, runs, and the table tells so', async () => {
    const screen = await CamerasScreen.open(app);
    const dialog = await screen.startAdding();
    await dialog.fill({ name: 'Hall', url: server.url('/one') });
    await dialog.save();
    await expect(row('Hall')).toContainText('Running', { timeout: 30_000 });
    await expect(row('Hall')).toContainText(/H\.264.*320 × 180/s);
    camera = (await devices()).find(({ name }) => name === 'Hall') ?? camera;
    await whenRecording(app, camera.id);
  });

  test('the same address twice is refused in words', async () => {
    const screen = await CamerasScreen.open(app);
    const dialog = await screen.startAdding();
    await dialog.fill({ name: 'Twin', url: server.url('/one') });
    await dialog.trySaving();
    await expect(dialog.root).toContainText(/already has this address/i);
    await dialog.cancel();
    expect(await devices()).toHaveLength(2);
  });

  test('a new address takes effect, a new name does not interrupt', async () => {
    const screen = await CamerasScreen.open(app);
    const before = await app.vas.pidOf('ingest', camera.id);
    expect(before).not.toBeNull();
    const renaming = await screen.startEditing('Hall');
    await renaming.fill({ name: 'Great hall', url: server.url('/one') });
    await renaming.save();
    await expect(row('Great hall')).toBeVisible();
    expect(await app.vas.pidOf('ingest', camera.id), 'the recording went on').toBe(before);

    const moving = await screen.startEditing('Great hall');
    await moving.fill({ name: 'Great hall', url: server.url('/two') });
    await moving.save();
    await expect(row('Great hall')).toContainText('480 × 270', { timeout: 30_000 });
    await expect(row('Great hall')).toContainText('Running', { timeout: 30_000 });
    expect(await app.vas.pidOf('ingest', camera.id)).not.toBe(before);
  });

  test('recording off keeps a buffer and nothing else; on keeps footage again', async () => {
    await CamerasScreen.open(app);
    const recording = row('Great hall').getByRole('switch', { name: /^record /i });
    // The visible part of a switch is its track.
    const flip = () => recording.locator('xpath=ancestor::label').click();
    await flip();
    const offAt = Date.now();
    await until(
      'the camera is not recorded',
      async () => (await app.vas.streamState(camera.id))?.recording === false,
    );
    const kept = await until('what was recorded has its rows', async () => {
      const rows = await segmentsOf(app, camera.id);
      return rows.length > 0 ? rows : null;
    });
    await whenRecording(app, camera.id);
    expect(incomingRuns(app.dataDir, camera.id).length, 'the buffer').toBeGreaterThan(0);
    // The segment that was open at the switch may still get its row, up to the switch and no further.
    const added = (await segmentsOf(app, camera.id)).slice(kept.length);
    expect(added.length).toBeLessThanOrEqual(1);
    for (const { end } of added) expect(Date.parse(end)).toBeLessThan(offAt + 4_000);
    const picture = await app.vas.command('snapshots.capture-live', { device_id: camera.id });
    expect(picture.file_size, 'a snapshot from the buffer').toBeGreaterThan(1_000);
    await flip();
    await until(
      'it is recorded again',
      async () => (await app.vas.streamState(camera.id))?.recording === true,
    );
  });

  test('a stopped camera leaves its place and its footage', async () => {
    await CamerasScreen.open(app);
    await row('Great hall').getByRole('switch', { name: /^run /i }).locator('xpath=ancestor::label').click();
    await expect(row('Great hall')).toContainText('Stopped');
    await whenHealth(
      app,
      'no ingest runs',
      ({ processes }) => !processes.some(({ stream }) => stream === camera.id),
    );
    expect((await segmentsOf(app, camera.id)).length).toBeGreaterThan(0);
  });

  test('deleting asks first, and keeps the recordings', async () => {
    await CamerasScreen.open(app);
    const question = app.page.getByRole('alertdialog');
    await app.page.getByRole('button', { name: 'Delete Great hall' }).click();
    await expect(question).toContainText(/recordings stay/i);
    await question.getByRole('button', { name: 'Cancel' }).click();
    await expect(row('Great hall')).toBeVisible();
    await app.page.getByRole('button', { name: 'Delete Great hall' }).click();
    await question.getByRole('button', { name: 'Delete camera' }).click();
    await expect(row('Great hall')).toHaveCount(0);
    expect((await devices()).map(({ name }) => name)).toEqual(['Locked']);
    expect((await segmentsOf(app, camera.id)).length).toBeGreaterThan(0);
    expect(await app.vas.call('query', 'devices.get', { id: camera.id })).toMatchObject({
      ok: false,
      error: { status: 404 },
    });
  });
});
