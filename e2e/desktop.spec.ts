import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { h264 } from '../scripts/cameras/launches';
import type { RunningApp } from './app';
import { expect, observed, test } from './fixtures';
import { startBare } from './support/bareProcess';
import { addCamera } from './support/cameras';
import { startDesktop } from './support/desktop';
import { stillRuns } from './support/processes';
import { whenRecording } from './support/recordings';
import { ASKS, changeUser, createAdministrator, PASSWORD } from './support/users';
import { until } from './support/wait';

const small = { width: 320, height: 180 } as const;

/** As the window's own close button does. */
const closeWindow = (app: RunningApp) =>
  app.electronApp.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
const openWindows = (app: RunningApp) =>
  app.electronApp.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
const exitOf = (app: RunningApp) =>
  new Promise<number | null>((resolve) => app.electronApp.process().once('exit', (code) => resolve(code)));
const quitDialog = (page: Page) => page.getByRole('alertdialog', { name: 'Quit and stop recording?' });

test('closing the window goes on recording in the tray; Quit names the cameras and asks', async ({
  server,
  launch,
}) => {
  const desktop = await startDesktop();
  try {
    const app = await launch({ env: desktop.env });
    const idle = await until('the tray has an icon', () => desktop.icon());
    expect(idle.menu).toEqual(['Nothing is being recorded', 'Open VAS Workstation', 'Quit']);
    expect(idle.red, 'no recording mark').toBe(0);
    expect(await desktop.inhibits()).toEqual([]);

    const camera = await addCamera(app, server, {
      path: '/gate',
      launch: h264(small),
      device: { name: 'Main gate' },
    });
    await whenRecording(app, camera.id);
    // Words and picture of an icon change one after the other.
    const recording = await until('the icon shows the recording, in words and with its mark', async () => {
      const icon = await desktop.icon();
      return icon?.tooltip.includes('Recording 1 of 1 camera') && icon.red > 20 ? icon : null;
    });
    expect(recording.menu[0]).toBe('Recording 1 of 1 camera');
    // Chromium keeps the computer awake for live pictures as well; ours stays without a window.
    const keptAwake = async () => (await desktop.inhibits()).some(([, why]) => why === 'Electron');
    await until('the computer is kept awake', keptAwake);
    observed(`tray: "${recording.tooltip}", sizes ${recording.sizes.join(', ')}`);

    await closeWindow(app);
    const told = app.page.getByRole('dialog', { name: 'Recording goes on without the window' });
    await expect(told).toContainText('icon in the tray');
    await app.page.keyboard.press('Escape');
    await expect(told).toBeHidden();
    expect(await openWindows(app), 'Escape keeps the window').toBe(1);
    await closeWindow(app);
    await told.getByRole('button', { name: 'Close window' }).click();
    await until('the window is gone', async () => (await openWindows(app)) === 0);
    // A recorder that was late and is started anew goes on as well.
    await whenRecording(app, camera.id, 60_000);
    await until('the computer is still kept awake', keptAwake);

    const [page] = await Promise.all([app.electronApp.waitForEvent('window'), desktop.activate()]);
    await expect(page.getByTestId('live-grid')).toBeVisible();
    await closeWindow(app);
    await until('the window goes without telling it again', async () => (await openWindows(app)) === 0);

    const [asking] = await Promise.all([app.electronApp.waitForEvent('window'), desktop.choose('Quit')]);
    await expect(quitDialog(asking)).toContainText('Main gate');
    await expect(quitDialog(asking).getByRole('button', { name: 'Keep recording' })).toBeFocused();
    await asking.keyboard.press('Escape');
    await expect(quitDialog(asking)).toBeHidden();
    await whenRecording(app, camera.id, 60_000);

    await asking.keyboard.press('Control+q');
    await expect(quitDialog(asking)).toBeVisible();
    const axe = await new AxeBuilder({ page: asking }).setLegacyMode(true).analyze();
    expect(axe.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
    const family = app.family();
    const ended = exitOf(app);
    await quitDialog(asking).getByRole('button', { name: 'Quit and stop recording' }).click();
    expect(await ended).toBe(0);
    await until('nothing is left', () => !family.some(stillRuns));
    await until('the computer may sleep again', async () => (await desktop.inhibits()).length === 0);
  } finally {
    await desktop.stop();
  }
});

test('a viewer closes the window, and quits nothing', async ({ dataDir, server, launch }) => {
  const desktop = await startDesktop();
  try {
    const app = await launch({ dataDir, env: { ...ASKS.env, ...desktop.env } });
    await createAdministrator(app, 'Anna');
    const camera = await addCamera(app, server, { path: '/gate', launch: h264(small) });
    await app.vas.command('users.create', { name: 'Vera', role: 'viewer', password: PASSWORD });
    await app.vas.command('settings.update', { keep_running: false });
    await whenRecording(app, camera.id);
    await changeUser(app, 'Anna', 'Vera');

    await closeWindow(app);
    await until('the window is gone', async () => (await openWindows(app)) === 0);
    await app.electronApp.evaluate(({ dialog }) => {
      const told: string[] = [];
      Object.assign(globalThis, { told });
      dialog.showMessageBox = (...args: unknown[]) => {
        told.push((args.at(-1) as { detail: string }).detail);
        return Promise.resolve({ response: 0, checkboxChecked: false });
      };
    });
    const [page] = await Promise.all([app.electronApp.waitForEvent('window'), desktop.choose('Quit')]);
    const told = () => app.electronApp.evaluate(() => (globalThis as unknown as { told: string[] }).told);
    await until('the refusal is told', async () => (await told()).some((one) => /Sign in/.test(one)));
    await expect(page.getByTestId('live-grid')).toBeVisible();
    await expect(quitDialog(page)).toBeHidden();
    await until('the tray goes on', async () =>
      (await desktop.icon())?.tooltip.includes('Recording 1 of 1 camera'),
    );
    const ended = exitOf(app);
    process.kill(app.pid, 'SIGTERM');
    expect(await ended).toBe(0);
  } finally {
    await desktop.stop();
  }
});

test('without a tray the user is told, and a second start brings the window back', async ({
  dataDir,
  server,
  launch,
}) => {
  const desktop = await startDesktop({ bare: true });
  try {
    const app = await launch({ dataDir, env: desktop.env });
    const camera = await addCamera(app, server, { path: '/yard', launch: h264(small) });
    await whenRecording(app, camera.id);
    await closeWindow(app);
    const told = app.page.getByRole('dialog', { name: 'Recording goes on without the window' });
    await expect(told).toContainText('shows no tray icons');
    await told.getByRole('button', { name: 'Close window' }).click();
    await until('the window is gone', async () => (await openWindows(app)) === 0);

    const opened = app.electronApp.waitForEvent('window');
    const second = startBare(dataDir);
    expect(await second.ended, 'the second start ends by itself').toBe(0);
    await expect((await opened).getByTestId('live-grid')).toBeVisible();
    await whenRecording(app, camera.id, 60_000);

    // The end of a session asks nobody.
    const ended = exitOf(app);
    process.kill(app.pid, 'SIGTERM');
    expect(await ended).toBe(0);
  } finally {
    await desktop.stop();
  }
});

test('closing the window ends an application in which nothing runs', async ({ launch }) => {
  const app = await launch();
  await app.vas.query('devices.list', {});
  const ended = exitOf(app);
  await closeWindow(app);
  expect(await ended).toBe(0);
});

test('starting at login is a file of the desktop that the settings write and remove', async ({ launch }) => {
  const config = await mkdtemp(path.join(tmpdir(), 'vas-config-'));
  try {
    const app = await launch({ env: { XDG_CONFIG_HOME: config } });
    const file = path.join(config, 'autostart/vas-workstation.desktop');
    await app.page.keyboard.press('Control+,');
    await app.page.getByRole('tab', { name: 'Desktop' }).click();
    const autostart = app.page.getByRole('switch', { name: 'Start at login' });
    await expect(autostart).not.toBeChecked();
    await autostart.press('Space');
    await expect(autostart).toBeChecked();
    expect(existsSync(file)).toBe(true);
    await autostart.press('Space');
    await expect(autostart).not.toBeChecked();
    expect(existsSync(file)).toBe(false);

    // Whoever does not want it in the background is asked, or not even that when nothing records.
    await app.page.getByRole('switch', { name: 'Record without the window' }).press('Space');
    await until(
      'the choice is kept',
      async () => !(await app.vas.query('settings.get', {})).settings.keep_running,
    );
    const axe = await new AxeBuilder({ page: app.page }).setLegacyMode(true).analyze();
    expect(axe.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')).toEqual([]);
  } finally {
    await rm(config, { recursive: true, force: true });
  }
});
