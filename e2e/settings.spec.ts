import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { h264 } from '../scripts/cameras/launches';
import { addCamera, whenRunning } from './support/cameras';
import { answerFolderDialog, answerSaveDialog } from './support/dialogs';
import { filesBelow } from './support/files';
import { segmentsOf, whenRecording } from './support/recordings';
import { until } from './support/wait';
import { expect, test } from './fixtures';
import { inspectLooks } from './support/looks';
import { openScreen } from './support/screens';

/** What the operator sets for the whole workstation. */
test.describe('the Settings screen', () => {
  test('colours and clock change at once and are there after the next start', async ({ dataDir, launch }) => {
    const app = await launch({ dataDir });
    const { page } = app;
    await expect(page.getByRole('heading', { name: 'Live', exact: true })).toBeVisible();
    await page.keyboard.press('Control+Comma');
    await expect(page.getByRole('heading', { name: 'Settings', exact: true })).toBeVisible();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await page.getByRole('tab', { name: 'Appearance', exact: true }).click();
    await page.getByRole('radiogroup', { name: 'Colours' }).getByText('Light').click();
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
    await page.getByRole('radiogroup', { name: 'Clock' }).getByText('12 hours').click();
    await expect(page.getByTestId('workstation-clock')).toContainText(/[ap]m/i);
    expect((await app.vas.query('settings.get', {})).settings).toMatchObject({
      theme: 'light',
      clock: '12h',
    });
    await inspectLooks(app, 'settings-appearance');
    await app.vas.command('settings.update', { theme: 'light' });
    await app.close();

    const again = await launch({ dataDir });
    await expect(again.page.locator('html')).toHaveAttribute('data-theme', 'light');
    await expect(again.page.getByTestId('workstation-clock')).toContainText(/[ap]m/i);
  });

  test('the frame export says what it does and when; the environment has the last word', async ({
    dataDir,
    launch,
  }) => {
    const app = await launch({ dataDir });
    await openScreen(app, 'Settings');
    await app.page.getByRole('tab', { name: 'AI', exact: true }).click();
    await expect(app.page.getByText(/live view and recording are not affected/i)).toBeVisible();
    await app.page
      .getByRole('switch', { name: /decode pictures/i })
      .locator('xpath=ancestor::label')
      .click();
    await expect(app.page.getByText('Takes effect at the next start', { exact: true })).toBeVisible();
    expect((await app.vas.query('settings.get', {})).frame_export).toEqual({
      ...{ stored: true, environment: null, effective: true, running: false },
    });
    await inspectLooks(app, 'settings-ai');
    await app.close();

    const overridden = await launch({ dataDir, env: { AI_FRAME_EXPORT_ENABLED: 'false' } });
    await openScreen(overridden, 'Settings');
    await overridden.page.getByRole('tab', { name: 'AI', exact: true }).click();
    await expect(overridden.page.getByText('Set by the environment')).toBeVisible();
    expect((await overridden.vas.query('settings.get', {})).frame_export).toEqual({
      ...{ stored: true, environment: false, effective: false, running: false },
    });
  });

  test('recordings move to another folder while a camera records; retention asks before it deletes', async ({
    server,
    launch,
  }) => {
    const target = await mkdtemp(path.join(tmpdir(), 'vas-e2e-storage-'));
    const app = await launch();
    const { page } = app;
    const camera = await addCamera(app, server, { path: '/yard', launch: h264({ width: 320, height: 180 }) });
    await whenRunning(app, camera.id);
    await whenRecording(app, camera.id);
    const before = await app.vas.pidOf('ingest', camera.id);
    await openScreen(app, 'Settings');
    await page.getByRole('tab', { name: 'Recording', exact: true }).click();
    await expect(page.getByTestId('storage-folder')).toHaveCount(1);
    await expect(page.getByTestId('storage-folder').first()).toContainText('Recording here');

    await answerFolderDialog(app, app.dataDir);
    await page.getByRole('button', { name: 'Record into another folder' }).click();
    await expect(page.getByText(/lies inside the data folder|contains/)).toBeVisible();
    await answerFolderDialog(app, null);
    await page.getByRole('button', { name: 'Record into another folder' }).click();
    await expect(page.getByRole('alertdialog')).toHaveCount(0);

    await answerFolderDialog(app, target);
    await page.getByRole('button', { name: 'Record into another folder' }).click();
    const question = page.getByRole('alertdialog');
    await expect(question).toContainText(target);
    await inspectLooks(app, 'settings-move');
    await question.getByRole('button', { name: 'Record there' }).click();
    await expect(question).toHaveCount(0);
    await until('FFmpeg writes into the new folder', () =>
      filesBelow(path.join(target, 'incoming', camera.id)).some((file) => file.endsWith('.mp4')),
    );
    await whenRunning(app, camera.id);
    expect(await app.vas.pidOf('ingest', camera.id)).not.toBe(before);
    const { folders } = await app.vas.query('storage.list', {});
    expect(folders.map(({ path: at, is_current }) => [at, is_current])).toEqual([
      [path.join(app.dataDir, 'recordings'), false],
      [target, true],
    ]);
    // What was recorded in the former folder is in the index, can be read, and the new folder fills.
    const rows = await segmentsOf(app, camera.id);
    expect(rows.length).toBeGreaterThan(0);
    const picture = await app.vas.command('snapshots.capture-historical', {
      device_id: camera.id,
      timestamp: new Date(Date.parse(rows[0]?.start ?? '') + 500).toISOString(),
    });
    expect(picture.file_size).toBeGreaterThan(1_000);
    await app.vas.command('devices.stop-stream', { id: camera.id });
    await until('the last segment has its row', async () => {
      const { folders: now } = await app.vas.query('storage.list', {});
      return (now.find(({ path: at }) => at === target)?.segments ?? 0) > 0;
    });
    const listed = await app.vas.query('storage.list', {});
    expect(existsSync(path.join(target, '.vas-recordings.json'))).toBe(true);
    await expect(page.getByTestId('storage-folder').nth(0)).toContainText('Former folder');
    await expect(page.getByTestId('storage-folder').nth(1)).toContainText('Recording here');
    await inspectLooks(app, 'settings-recording');

    const most =
      Math.ceil(Math.max(...listed.folders.map(({ space }) => space?.total_bytes ?? 0)) / 1e9) + 10;
    const form = page.getByRole('form', { name: 'How long recordings are kept' });
    await form.getByLabel('Days').fill('1.5');
    await expect(form).toContainText('Enter a whole number');
    await form.getByLabel('Days').fill('30');
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('It applies from now on.')).toBeVisible();
    expect((await app.vas.query('settings.get', {})).settings.retention_days).toBe(30);
    // More than the disk has must stay free: everything would go. The answer is no.
    await form.getByLabel('Always free in GB').fill(String(most));
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(question).toContainText(/Delete .* of recordings/);
    await question.getByRole('button', { name: 'Cancel' }).click();
    expect((await app.vas.query('settings.get', {})).settings.free_space_bytes).toBeNull();
    expect((await segmentsOf(app, camera.id)).length).toBeGreaterThanOrEqual(rows.length);

    // Its disk dies: the recordings go elsewhere again, and what was on it is given up once it is sure.
    await page.getByRole('button', { name: /^Record into .*recordings$/ }).click();
    await question.getByRole('button', { name: 'Record there' }).click();
    await expect(question).toHaveCount(0);
    await rename(target, `${target}-away`);
    const dead = page.locator('[data-testid="storage-folder"][data-state="missing"]');
    await openScreen(app, 'Live');
    await openScreen(app, 'Settings');
    await page.getByRole('tab', { name: 'Recording', exact: true }).click();
    await expect(dead).toContainText('The disk of this folder is not connected');
    await inspectLooks(app, 'settings-missing-folder');
    await dead.getByRole('button', { name: `Give up the recordings in ${target}` }).click();
    await expect(question).toContainText('which can be played again when its disk is connected');
    await inspectLooks(app, 'settings-give-up');
    await question.getByRole('button', { name: 'Cancel' }).click();
    await expect(dead).toHaveCount(1);
    await dead.getByRole('button', { name: /^Give up/ }).click();
    await question.getByRole('button', { name: 'Give up recordings' }).click();
    await expect(page.getByText(`${target} has left the list`)).toBeVisible();
    await expect(page.getByTestId('storage-folder')).toHaveCount(1);
    await inspectLooks(app, 'settings-given-up');
    const { entries } = await app.vas.query('audit.list', {
      filter: { actions: ['storage.give-up'] },
      limit: 10,
    });
    expect(entries.map(({ outcome, detail }) => [outcome, detail['name']])).toEqual([['done', target]]);
    const kept = listed.folders.find(({ path: at }) => at !== target)?.segments ?? 0;
    expect(await segmentsOf(app, camera.id)).toHaveLength(kept);
    await app.close();
    for (const folder of [target, `${target}-away`]) await rm(folder, { recursive: true, force: true });
  });

  test('a saved configuration brings a fresh workstation to life, its camera with password included', async ({
    server,
    launch,
  }) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'vas-e2e-backup-'));
    const file = path.join(folder, 'configuration.json');
    const old = await launch();
    await addCamera(old, server, {
      ...{ path: '/locked', launch: h264({ width: 320, height: 180 }), user: 'viewer', password: 'pa ss@1' },
      device: { name: 'Locked gate', groups: ['Gates'] },
    });
    await old.vas.command('settings.update', { clock: '12h' });
    const openBackup = async (app: typeof old) => {
      await openScreen(app, 'Settings');
      await app.page.getByRole('tab', { name: 'Backup', exact: true }).click();
    };
    await openBackup(old);
    const form = old.page.getByRole('form', { name: 'Save the configuration' });
    await form.getByText('Include the passwords of the cameras').click();
    await form.getByLabel('Passphrase', { exact: true }).fill('short');
    await form.getByRole('button', { name: 'Save to a file' }).click();
    await expect(form).toContainText('Use at least 12 characters.');
    await form.getByLabel('Passphrase', { exact: true }).fill('correct horse battery');
    await form.getByLabel('Repeat the passphrase').fill('correct horse battery');
    await answerSaveDialog(old, null);
    await form.getByRole('button', { name: 'Save to a file' }).click();
    await answerSaveDialog(old, file);
    await form.getByRole('button', { name: 'Save to a file' }).click();
    await expect(old.page.getByText(`Saved to ${file}`)).toBeVisible();
    await inspectLooks(old, 'settings-backup');
    await old.close();
    const text = await readFile(file, 'utf8');
    for (const secret of ['pa ss@1', 'pa%20ss', 'correct horse']) expect(text).not.toContain(secret);

    const fresh = await launch();
    const { page } = fresh;
    await openBackup(fresh);
    await writeFile(path.join(folder, 'broken.json'), text.replace('Locked gate', 'Other gate'));
    await answerFolderDialog(fresh, path.join(folder, 'broken.json'));
    await page.getByRole('button', { name: 'Choose a file' }).click();
    await expect(page.getByText(/its checksum does not fit/)).toBeVisible();
    await answerFolderDialog(fresh, file);
    await page.getByRole('button', { name: 'Choose a file' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Passphrase', { exact: true }).fill('not the passphrase');
    await dialog.getByRole('button', { name: 'Open passwords' }).click();
    await expect(dialog).toContainText('The passphrase is wrong');
    await dialog.getByLabel('Passphrase', { exact: true }).fill('correct horse battery');
    await dialog.getByRole('button', { name: 'Open passwords' }).click();
    await page.getByRole('button', { name: 'Keep it that way' }).click();
    await expect(dialog.getByRole('row', { name: /Cameras/ })).toContainText('Locked gate');
    await inspectLooks(fresh, 'settings-restore');
    expect((await fresh.vas.query('devices.list', {})).total, 'nothing before the answer').toBe(0);
    await dialog.getByRole('button', { name: 'Restore', exact: true }).click();
    await expect(page.getByText('The configuration was restored')).toBeVisible();
    const { devices } = await fresh.vas.query('devices.list', {});
    expect(devices).toMatchObject([{ name: 'Locked gate', groups: ['Gates'], has_password: true }]);
    await whenRunning(fresh, devices[0]?.id ?? '');
    expect((await fresh.vas.query('settings.get', {})).settings.clock).toBe('12h');
    await fresh.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('About tells versions, shows the data folder and finds every licence', async ({ launch }) => {
    const app = await launch();
    const { page } = app;
    await openScreen(app, 'Settings');
    await page.getByRole('tab', { name: 'About', exact: true }).click();
    const info = await app.vas.query('system.info', {});
    for (const version of [info.electron, info.chrome, info.ffmpeg, info.mediasoup, info.sqlite]) {
      expect(version).toMatch(/\d+\.\d+/);
      await expect(page.getByText(version, { exact: true }).first()).toBeVisible();
    }
    await app.electronApp.evaluate(({ shell }) => {
      const seen = globalThis as unknown as { vasTestOpened?: string };
      shell.openPath = (folder) => {
        seen.vasTestOpened = folder;
        return Promise.resolve('');
      };
    });
    await page.getByRole('button', { name: 'Open folder' }).click();
    await expect
      .poll(() =>
        app.electronApp.evaluate(() => (globalThis as unknown as { vasTestOpened?: string }).vasTestOpened),
      )
      .toBe(app.dataDir);
    const licences = page.getByRole('region', { name: 'Licences' });
    await licences.getByRole('searchbox').fill('sqlite public domain');
    await licences.getByRole('button', { name: /^SQLite/ }).click();
    await expect(licences.getByText(/public domain: https/)).toBeVisible();
    await inspectLooks(app, 'settings-about');
    await licences.getByRole('searchbox').fill('no such thing anywhere');
    await expect(licences).toContainText('Nothing matches the search.');
  });
});
