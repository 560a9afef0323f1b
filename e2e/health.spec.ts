import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { h264 } from '../scripts/cameras/launches';
import { addCamera, whenRunning } from './support/cameras';
import { expect, test } from './fixtures';
import { seedHealth } from './support/healthRows';
import { until } from './support/wait';

test('health.get tells what the workstation really does', async ({ server, launch }) => {
  const app = await launch();
  const camera = await addCamera(app, server, {
    path: '/gate',
    launch: h264({ width: 320, height: 180 }),
    device: { name: 'Gate' },
  });
  await whenRunning(app, camera.id);
  const report = await until('rates are known', async () => {
    const health = await app.vas.query('health.get', {});
    const [gate] = health.cameras;
    return (gate?.camera_fps ?? 0) > 5 && (gate?.ingest_bytes_per_s ?? 0) > 1_000 && health;
  });
  const [gate] = report.cameras;
  expect(gate).toMatchObject({ name: 'Gate', phase: 'running', fault: null, process_fps: null });
  expect(gate?.ffmpeg_pid).toBe(await app.vas.pidOf('ingest', camera.id));
  expect(report.totals.cpu_percent).toBeGreaterThan(0);
  expect(report.processes[0]).toMatchObject({ kind: 'main', pid: app.pid });
  expect(report.store.databases.map(({ is_open }) => is_open)).toEqual([true, true]);
  expect(report.sfu.in.packets).toBeGreaterThan(0);
  expect(report.frames.is_running).toBe(false);
  expect(report.status).toBe('healthy');
});

/** Looked at by a person as well, where a folder is given. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['VAS_E2E_PICTURES'];
  if (folder !== undefined) await page.screenshot({ path: path.join(folder, `${name}.png`) });
}

const seriousViolations = async (page: Page) =>
  (await new AxeBuilder({ page }).setLegacyMode(true).analyze()).violations.filter(
    ({ impact }) => impact === 'serious' || impact === 'critical',
  );

test('the Health screen shows figures, an hour of plots and tables, by keyboard', async ({
  server,
  dataDir,
  launch,
}) => {
  const first = await launch({ dataDir });
  const camera = await addCamera(first, server, {
    path: '/gate',
    launch: h264({ width: 320, height: 180 }),
    device: { name: 'Gate' },
  });
  await whenRunning(first, camera.id);
  await first.close();
  seedHealth(dataDir, camera.id);

  const app = await launch({ dataDir });
  const { page } = app;
  await app.resize(1280, 800);
  await page.keyboard.press('Control+8');
  await expect(page.getByRole('heading', { name: 'Health', level: 1 })).toBeVisible();
  await expect(page.getByText('All is well')).toBeVisible();
  const pane = page.getByTestId('health-pane');
  // Plots survive a restart: the hour before it is there.
  await expect(pane.getByRole('img', { name: /^Data rate: .*lowest/ })).toBeVisible();
  await expect(pane.locator('canvas')).toHaveCount(3);
  await whenRunning(app, camera.id);
  const row = page.getByTestId('health-camera');
  await expect(row).toContainText('Running');
  await picture(page, 'cameras-1280-dark');
  expect(await seriousViolations(page)).toEqual([]);

  await row.click();
  await expect(page.getByRole('heading', { name: 'Plots of Gate' })).toBeVisible();
  await expect(pane.getByRole('img', { name: /^Pictures a second: / })).toBeVisible();
  await picture(page, 'camera-1280-dark');
  // The crosshair tells the values of its moment, in all plots.
  const canvas = pane.locator('.plot').first();
  await canvas.hover({ position: { x: 200, y: 60 } });
  await expect(pane.locator('.plot-moment')).toHaveCount(3);
  await page.mouse.move(5, 5);

  await page.getByTestId('health-area-cameras').focus();
  for (const area of ['recording', 'disks', 'live', 'store', 'frames', 'models', 'process']) {
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(pane).toHaveAttribute('data-area', area);
    await expect(pane.locator('.plot-card').first()).toBeVisible();
    await expect(pane.getByText('Reading')).toHaveCount(0);
    await picture(page, `${area}-1280-dark`);
    expect(await seriousViolations(page), area).toEqual([]);
  }
  await page.getByText('Plots as tables').click();
  const values = pane.getByRole('region', { name: 'CPU' }).getByRole('row');
  await expect.poll(() => values.count()).toBeGreaterThan(30);
  await picture(page, 'process-tables');
  expect(await seriousViolations(page)).toEqual([]);
  await page.getByText('Plots as tables').click();

  await app.resize(1919, 1079);
  await picture(page, 'process-1920-dark');
  await page.evaluate(() => (document.documentElement.dataset['theme'] = 'light'));
  await picture(page, 'process-1920-light');
  await page.getByTestId('health-area-disks').click();
  await expect(pane).toHaveAttribute('data-area', 'disks');
  await picture(page, 'disks-1920-light');

  // Nothing is asked, and no plot exists, once another screen is shown.
  await page.keyboard.press('Control+3');
  await expect(page.locator('.plot')).toHaveCount(0);
});

test('64 cameras stay readable, sortable and quick', async ({ launch }) => {
  const app = await launch();
  const { page } = app;
  for (let n = 1; n <= 64; n++)
    await app.vas.command('devices.create', {
      name: `Camera ${String(n)}`,
      rtsp_url: `rtsp://127.0.0.1:1/stream${String(n)}`,
      start: n % 8 === 0,
    });
  await page.keyboard.press('Control+8');
  await expect(page.getByText('needs attention')).toBeVisible();
  await expect(page.getByTestId('health-area-cameras')).toContainText('8 not reached');
  const rows = page.getByTestId('health-camera');
  await expect(rows.first()).toContainText('Camera 1');
  // Only what is in sight exists.
  expect(await rows.count()).toBeLessThan(30);
  await page.getByRole('columnheader', { name: 'State' }).click();
  await expect(rows.first()).toContainText('Camera 8');
  await picture(page, 'many-1280-dark');
  expect(await seriousViolations(page)).toEqual([]);
});
