import type { CameraServer } from '../scripts/cameras/camera';
import { startCameraServer } from '../scripts/cameras/camera';
import { h264 } from '../scripts/cameras/launches';
import type { Device } from '../contract';
import type { RunningApp } from './app';
import { launchApp } from './app';
import { expect, finish, test } from './fixtures';
import { filesBelow } from './support/files';
import { segmentsOf, whenRecording } from './support/recordings';
import { CameraDialog, CamerasScreen } from './support/screens';
import { until } from './support/wait';
import { readFileSync } from 'node:fs';

const MOUNTS = 20;
const PASSWORD = 'k\u00f6nig, "7"';
const small = { width: 160, height: 90, fps: 5, kbps: 32 } as const;

/** Many cameras at once: a pasted list, groups, a copy, a schedule. */
test.describe.serial('many cameras', () => {
  let server: CameraServer;
  let app: RunningApp;

  test.beforeAll(async () => {
    server = await startCameraServer();
    for (let n = 1; n <= MOUNTS; n++)
      await server.mount({
        path: `/cam${String(n)}`,
        launch: h264(small),
        ...(n <= 2 ? { user: 'viewer', password: PASSWORD } : {}),
      });
    app = await launchApp();
    await app.resize(1280, 800);
  });

  test.afterAll(async () => {
    await finish(app, test.info());
    await server.stop();
  });

  const devices = async () => (await app.vas.query('devices.list', {})).devices;
  const named = async (name: string): Promise<Device> => {
    const found = (await devices()).find((device) => device.name === name);
    if (found === undefined) throw new Error(`no camera named ${name}`);
    return found;
  };
  const row = (name: string) =>
    app.page.getByTestId('camera-row').filter({ has: app.page.getByText(name, { exact: true }) });
  const select = (name: string) => row(name).getByRole('checkbox').locator('xpath=ancestor::label').click();

  test('a pasted list is checked, tested and added; bad lines stay', async () => {
    await CamerasScreen.open(app);
    await app.page.getByRole('button', { name: 'Add several' }).click();
    const dialog = app.page.getByRole('dialog', { name: 'Add several cameras', includeHidden: true });
    const quoted = `"${PASSWORD.replaceAll('"', '""')}"`;
    const lines = Array.from({ length: MOUNTS }, (_none, index) => {
      const url = server.url(`/cam${String(index + 1)}`);
      return index < 2
        ? `${url};Camera ${String(index + 1)};viewer;${quoted}`
        : `${url};Camera ${String(index + 1)}`;
    });
    lines.splice(3, 0, 'http://192.0.2.4/x;Web page', `${server.url('/cam1')};Again`, 'nothing at all');
    await dialog.getByRole('textbox', { name: 'Paste a list' }).evaluate((area, text) => {
      const data = new DataTransfer();
      data.setData('text/plain', text);
      area.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      );
    }, lines.join('\n'));
    await expect(dialog.getByRole('button', { name: 'Add 20 cameras' })).toBeEnabled();
    await expect(dialog).toContainText('The address must start with rtsp://');
    await expect(dialog).toContainText('The same address as in line 1.');
    await expect(dialog).toContainText('This is not an address.');
    expect(await app.page.content(), 'no password on the page').not.toContain('k\u00f6nig');
    expect(await devices(), 'nothing is written before it is asked for').toEqual([]);

    await dialog.getByRole('button', { name: 'Test connections' }).click();
    await expect(dialog.getByRole('progressbar')).toBeVisible();
    await expect(dialog.getByRole('progressbar')).toBeHidden({ timeout: 90_000 });
    await expect(dialog.getByText(/^Works: H\.264, 160/).first()).toBeVisible();
    await expect(dialog.getByText(/^Left out/)).toHaveCount(0);

    await dialog.getByRole('button', { name: 'Add 20 cameras' }).click();
    const question = app.page.getByRole('alertdialog');
    await expect(question).toContainText(/weak protection/i);
    expect(await devices(), 'nor before passwords may be kept').toEqual([]);
    await question.getByRole('button', { name: /keep it that way/i }).click();
    await expect(dialog).toContainText('20 cameras added', { timeout: 60_000 });
    await expect(dialog.getByTestId('bulk-row')).toHaveCount(3);
    expect(await devices()).toHaveLength(MOUNTS);

    await dialog.getByRole('button', { name: 'Remove line 4' }).click();
    await dialog.getByRole('button', { name: 'Remove line 5' }).click();
    await dialog.getByRole('button', { name: 'Correct line 6' }).click();
    const correction = app.page.getByRole('dialog', { name: 'Line 6' });
    await correction.locator('input[name="rtsp_url"]').fill(server.url('/later'));
    await correction.locator('input[name="name"]').fill('Later');
    await correction.getByRole('button', { name: 'Apply' }).click();
    await dialog.getByRole('button', { name: 'Add 1 camera' }).click();
    await expect(dialog).toBeHidden();
    expect(await devices()).toHaveLength(MOUNTS + 1);
  });

  test('all of them run with their own credentials, which are in no log', async () => {
    await app.vas.command('devices.delete', { id: (await named('Later')).id });
    for (const device of await devices())
      await app.vas.whenStream(device.id, 'runs', ({ phase }) => phase === 'running', 90_000);
    expect(await named('Camera 1')).toMatchObject({ username: 'viewer', has_password: true });
    expect(await named('Camera 3')).toMatchObject({ username: null, has_password: false });
    for (const file of filesBelow(`${app.dataDir}/logs`))
      expect(readFileSync(file, 'utf8'), file).not.toContain('k\u00f6nig');
    expect(app.output.join('\n')).not.toContain('k\u00f6nig');
  });

  test('filters and search narrow the table; many are changed at once', async () => {
    await CamerasScreen.open(app);
    await app.page.getByRole('searchbox', { name: 'Search cameras' }).fill('cam1');
    // The addresses of 1 and 10 to 19.
    await expect(app.page.getByTestId('camera-row')).toHaveCount(11);
    await app.page
      .getByRole('checkbox', { name: 'Select all cameras shown' })
      .locator('xpath=ancestor::label')
      .click();
    const bar = app.page.getByTestId('bulk-bar');
    await expect(bar).toContainText('11 cameras selected');
    await bar.getByRole('button', { name: 'Stop', exact: true }).click();
    await until(
      'they are stopped',
      async () => (await devices()).filter(({ is_active }) => !is_active).length === 11,
    );
    await app.page.getByRole('searchbox', { name: 'Search cameras' }).fill('');
    await app.page
      .getByRole('button', { name: /Any state State|State/ })
      .first()
      .click();
    await app.page.getByRole('option', { name: 'Stopped' }).click();
    await expect(app.page.getByTestId('camera-row')).toHaveCount(11);
    await bar.getByRole('button', { name: 'Delete' }).click();
    const question = app.page.getByRole('alertdialog');
    await expect(question).toContainText('Camera 19');
    await question.getByRole('button', { name: 'Delete 11 cameras' }).click();
    await expect(question).toBeHidden({ timeout: 30_000 });
    expect(await devices()).toHaveLength(9);
    await app.page.getByRole('button', { name: 'Clear filters' }).click();
    await expect(app.page.getByTestId('camera-row')).toHaveCount(9);
  });

  test('cameras are put into a group and found by it', async () => {
    await CamerasScreen.open(app);
    await select('Camera 2');
    await select('Camera 3');
    await app.page.getByTestId('bulk-bar').getByRole('button', { name: 'Groups' }).click();
    const dialog = app.page.getByRole('dialog', { name: 'Groups of 2 cameras' });
    await dialog.getByRole('textbox', { name: 'New group' }).fill('Yard');
    await dialog.getByRole('button', { name: 'Add group' }).click();
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await expect(dialog).toBeHidden();
    expect((await named('Camera 3')).groups).toEqual(['Yard']);
    await app.page.getByRole('searchbox', { name: 'Search cameras' }).fill('yard');
    await expect(app.page.getByTestId('camera-row')).toHaveCount(2);
    await app.page.getByRole('searchbox', { name: 'Search cameras' }).fill('');
    // While cameras are selected a press on a row selects; without a selection it opens the details.
    await app.page.getByRole('button', { name: 'Clear selection' }).click();
  });

  test('details tell of streams, archive, groups and the last fault', async () => {
    await CamerasScreen.open(app);
    await row('Camera 3').getByText('Camera 3', { exact: true }).click();
    const details = app.page.getByTestId('camera-details');
    await expect(details).toContainText('Yard');
    await expect(details).toContainText(/H\.264, 160/);
    await expect(details.getByTestId('last-fault')).toContainText('None known');
    await expect(details).toContainText('No rate yet');
    await server.unmount('/cam3');
    await expect(details.getByTestId('last-fault')).toContainText(/, since /, { timeout: 30_000 });
    await server.mount({ path: '/cam3', launch: h264(small) });
    await expect(details.getByTestId('last-fault')).toContainText(/, from .* to /, { timeout: 30_000 });
    // Footage of the first run is registered by now, and counted.
    const camera = await named('Camera 3');
    const { cameras } = await app.vas.query('recordings.outlook', {});
    await until(
      'its oldest recording is known',
      async () => {
        const { cameras: now } = await app.vas.query('recordings.outlook', {});
        return (now.find(({ device_id }) => device_id === camera.id)?.recorded_bytes ?? 0) > 0;
      },
      { timeoutMs: 60_000, everyMs: 1_000 },
    );
    expect(cameras).toHaveLength((await devices()).length);
    await details.getByRole('button', { name: 'Close details' }).click();
    await expect(details).toBeHidden();
  });

  test('a copy has its own address and the password of the original', async () => {
    await CamerasScreen.open(app);
    await app.page.getByRole('button', { name: 'Copy Camera 2', exact: true }).click();
    const dialog = await CameraDialog.whenOpen(app.page, /^copy of/i);
    expect(await dialog.value('password'), 'the password stays in the main process').toBe('');
    await dialog.fill({ name: 'Copy', url: server.url('/cam1') });
    await dialog.save();
    const copy = await named('Copy');
    expect(copy).toMatchObject({ username: 'viewer', has_password: true, groups: ['Yard'] });
    await app.vas.whenStream(copy.id, 'runs with the copied password', ({ phase }) => phase === 'running');
  });

  test('a schedule keeps footage from the archive and live view running', async () => {
    const camera = await named('Camera 3');
    await whenRecording(app, camera.id);
    const ingest = await app.vas.pidOf('ingest', camera.id);
    await CamerasScreen.open(app);
    await app.page.getByRole('button', { name: 'Edit Camera 3', exact: true }).click();
    const dialog = await CameraDialog.whenOpen(app.page, /^edit /i);
    await dialog.root.getByRole('button', { name: 'Schedule' }).click();
    const schedule = app.page.getByRole('dialog', { name: 'Recording schedule' });
    await schedule.getByRole('button', { name: 'Never' }).click();
    // With the keyboard: a half hour that is certainly another one than now.
    const day = (new Date().getDay() + 2) % 7;
    const name = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][day] ?? '';
    await schedule.getByRole('gridcell', { name: `${name} 10:00 to 10:30` }).click();
    await app.page.keyboard.press('Shift+ArrowRight');
    await expect(schedule.getByTestId('schedule-summary')).toHaveText(`Recorded: ${name} 10:00\u201311:00`);
    await schedule.getByRole('button', { name: 'Apply' }).click();
    await dialog.save();
    const offAt = Date.now();
    await expect(row('Camera 3')).toContainText(/Scheduled off until/);
    await until(
      'it is not recorded',
      async () => (await app.vas.streamState(camera.id))?.recording === false,
    );
    const state = await app.vas.streamState(camera.id);
    expect(state?.phase).toBe('running');
    expect(new Date(state?.schedule?.until ?? 0).getHours()).toBe(10);
    expect(await app.vas.pidOf('ingest', camera.id), 'FFmpeg was not touched').toBe(ingest);
    // The end of the run closes the last segment: it is not registered, what was before the change is.
    await app.vas.command('devices.stop-stream', { id: camera.id });
    for (const { end } of await segmentsOf(app, camera.id))
      expect(Date.parse(end)).toBeLessThan(offAt + 4_000);
  });
});
