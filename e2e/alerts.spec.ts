import AxeBuilder from '@axe-core/playwright';
import type { CameraServer } from '../scripts/cameras/camera';
import { startCameraServer } from '../scripts/cameras/camera';
import { h264 } from '../scripts/cameras/launches';
import type { Device } from '../contract';
import type { RunningApp } from './app';
import { launchApp } from './app';
import { expect, finish, temporaryDataDir, test } from './fixtures';
import { whenRunning } from './support/cameras';
import { inspectLooks } from './support/looks';
import { openScreen } from './support/screens';

const mounted = { path: '/gate', launch: h264({ width: 320, height: 180 }) };

/** A camera that stops and returns, as a guard sees, hears and acknowledges it. */
test.describe.serial('alerts', () => {
  let server: CameraServer;
  let app: RunningApp;
  let camera: Device;
  let dataDir: string;

  test.beforeAll(async () => {
    server = await startCameraServer();
    await server.mount(mounted);
    dataDir = await temporaryDataDir();
    app = await launchApp({ dataDir });
    await app.vas.command('settings.update', { alert_offline_seconds: 3 });
    camera = await app.vas.command('devices.create', { name: 'Gate', rtsp_url: server.url('/gate') });
    await whenRunning(app, camera.id);
  });

  test.afterAll(async () => {
    await finish(app, test.info());
    await server.stop();
  });

  const banner = () => app.page.getByTestId('alert-banner');
  const panel = () => app.page.getByTestId('alert-panel');
  const live = () => app.page.getByRole('heading', { name: 'Live', exact: true });
  /** Notes played so far; the sound itself cannot be heard here. */
  const notes = () => app.page.evaluate(() => (window as unknown as { notes?: number }).notes ?? 0);
  const countNotes = () =>
    app.page.evaluate(() => {
      const counted = window as unknown as { notes: number };
      counted.notes = 0;
      const create = AudioContext.prototype.createOscillator;
      AudioContext.prototype.createOscillator = function (this: AudioContext) {
        counted.notes++;
        return create.call(this);
      };
    });
  const graveFaults = async () => {
    const { violations } = await new AxeBuilder({ page: app.page })
      .setLegacyMode(true)
      .exclude('[data-live-announcer]')
      .analyze();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  };

  test('while everything runs nothing calls, and the panel says so', async () => {
    await expect(live()).toBeVisible();
    await expect(banner()).toBeHidden();
    await app.page.keyboard.press('F8');
    await expect(panel()).toContainText('Nothing needs attention');
    await app.page.keyboard.press('Escape');
    await expect(panel()).toBeHidden();
  });

  test('a camera that stops is told over the whole window, without covering a picture', async () => {
    await server.unmount('/gate');
    await expect(banner()).toContainText('Gate is offline', { timeout: 60_000 });
    await expect(banner()).toContainText(/the camera has no such stream/i, { timeout: 30_000 });
    await expect(app.page.getByRole('alert').filter({ hasText: 'Gate is offline' })).toHaveCount(1);
    const bar = await banner().boundingBox();
    const tile = await app.page.getByTestId('tile-0').boundingBox();
    expect((bar?.y ?? 0) + (bar?.height ?? 0)).toBeLessThanOrEqual(tile?.y ?? 0);
    // The same while a tile fills the window.
    await app.page.getByTestId('tile-0').focus();
    await app.page.keyboard.press('f');
    await expect(app.page.getByTestId('tile-0')).toHaveAttribute('data-full', 'true');
    await expect(banner()).toBeVisible();
    const full = await app.page.getByTestId('tile-0').boundingBox();
    expect(full?.y).toBe((bar?.y ?? 0) + (bar?.height ?? 0));
    await app.page.keyboard.press('Escape');
    await expect(live()).toBeVisible();
    expect.soft(await graveFaults()).toEqual([]);
  });

  test('the sound is off until it is wanted, then repeated until somebody acknowledges', async () => {
    await countNotes();
    await app.page.keyboard.press('F8');
    await expect(panel()).toContainText('Gate is offline');
    expect(await notes()).toBe(0);
    await panel().getByRole('switch', { name: 'Sound' }).locator('xpath=ancestor::label').click();
    await expect.poll(notes, { timeout: 20_000 }).toBeGreaterThan(4);
    expect.soft(await graveFaults()).toEqual([]);
    await app.page.keyboard.press('Escape');
    await app.page.keyboard.press('F9');
    await expect(banner()).toBeHidden();
    // A note that was on its way.
    await app.page.waitForTimeout(1_000);
    const played = await notes();
    await app.page.waitForTimeout(7_000);
    expect(await notes(), 'silence').toBe(played);
  });

  test('what is acknowledged stays in the panel while it lasts, with who and when', async () => {
    const button = app.page.getByTestId('alerts-button');
    await expect(button).toContainText('1');
    await button.click();
    await expect(panel()).toContainText('Acknowledged, still lasting');
    await expect(panel().getByTestId('alert-item')).toContainText(/acknowledged .* by /i);
    await server.mount(mounted);
    await whenRunning(app, camera.id);
    await expect(panel()).toContainText('Nothing needs attention', { timeout: 30_000 });
    await panel().getByRole('button', { name: 'Close alerts' }).click();
  });

  test('the history keeps it over a restart that nobody asked for, and that is noted, too', async () => {
    await app.kill();
    app = await launchApp({ dataDir });
    await expect(banner()).toContainText('The application ended unexpectedly', { timeout: 30_000 });
    await openScreen(app, 'Alerts');
    const rows = app.page.getByTestId('history-row');
    await expect(rows).toHaveCount(2);
    await expect(rows.nth(0)).toContainText('ended unexpectedly');
    await expect(rows.nth(1)).toContainText('Gate was offline');
    await expect(rows.nth(1)).toContainText('Over');
    expect.soft(await graveFaults()).toEqual([]);
    await inspectLooks(app, 'alerts-history');
    await app.page.getByRole('button', { name: /kind/i }).click();
    await app.page.getByRole('option', { name: 'Clock set' }).click();
    await expect(app.page.getByText('No alert matches the filters.')).toBeVisible();
    await app.page.getByRole('button', { name: /kind/i }).click();
    await app.page.getByRole('option', { name: 'All kinds' }).click();
    // From the row to its last cell, which holds the button.
    await rows.nth(0).focus();
    await app.page.keyboard.press('ArrowLeft');
    await app.page.keyboard.press('Enter');
    await expect(banner()).toBeHidden();
    await expect(rows.nth(0)).not.toContainText(/^acknowledge$/i);
  });
});
