import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from './fixtures';
import type { RunningApp } from './app';
import { healthOf } from './support/health';
import { seedHealth } from './support/healthRows';
import { inspectLooks } from './support/looks';
import { openScreen } from './support/screens';

/** Two cameras that need not run. */
async function twoCameras({ vas }: RunningApp): Promise<readonly [string, string]> {
  const add = async (name: string) =>
    (await vas.command('devices.create', { name, rtsp_url: `rtsp://127.0.0.1:9/${name}`, start: false })).id;
  return [await add('Gate'), await add('Yard')];
}

/** Takes the table of cameras away from a running application, as a damaged file does, and gives it back. */
function withoutCameras(dataDir: string): () => void {
  const rename = (from: string, to: string) => {
    const db = new Database(path.join(dataDir, 'vas.db'));
    try {
      db.pragma('busy_timeout = 10000');
      db.pragma('legacy_alter_table = ON');
      db.exec(`ALTER TABLE ${from} RENAME TO ${to}`);
    } finally {
      db.close();
    }
  };
  rename('devices', 'devices_away');
  return () => rename('devices_away', 'devices');
}

const FAILS = /database|no such table|store|cannot be|devices/i;

test('right after the first start Health says what there is not yet', async ({ launch }) => {
  const app = await launch({ env: { AI_FRAME_EXPORT_ENABLED: 'true' } });
  const { page } = app;
  await openScreen(app, 'Health');
  const pane = page.getByTestId('health-pane');
  await expect(pane.getByText('No cameras yet')).toBeVisible();
  await expect(page.getByText('All is well')).toBeVisible();
  await inspectLooks(app, 'health-empty');
  // Detection is on and no model runs: there is nothing to draw, and that is said once.
  await page.getByTestId('health-area-models').click();
  await expect(pane.getByText('Nothing was measured in this time yet')).toHaveCount(1);
  await expect(pane.locator('.plot-card')).toHaveCount(0);
  await inspectLooks(app, 'health-no-values');
});

test('while detection is off Health says so and leads to the setting, with an hour of plots of before', async ({
  dataDir,
  launch,
}) => {
  // Seven looks at it, each in both colours and sizes.
  test.setTimeout(300_000);
  const first = await launch({ dataDir });
  const [gate] = await twoCameras(first);
  await openScreen(first, 'Health');
  await first.page.getByTestId('health-area-models').click();
  await expect(first.page.getByText('Detection is switched off')).toBeVisible();
  // Neither plots nor a word about them, where nothing was ever measured.
  await expect(first.page.locator('.plot-card')).toHaveCount(0);
  await expect(first.page.getByText('Nothing was measured')).toHaveCount(0);
  await inspectLooks(first, 'health-off');
  await first.page.getByRole('button', { name: 'Open Settings' }).click();
  await expect(first.page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
  await first.close();
  seedHealth(dataDir, gate);

  const app = await launch({ dataDir, env: { AI_FRAME_EXPORT_ENABLED: 'true' } });
  const { page } = app;
  await openScreen(app, 'Health');
  const pane = page.getByTestId('health-pane');
  for (const area of ['cameras', 'store', 'frames', 'models', 'process'] as const) {
    await page.getByTestId(`health-area-${area}`).click();
    await expect(pane).toHaveAttribute('data-area', area);
    await expect(pane.locator('.plot canvas').first()).toBeVisible();
    await expect(pane.getByText('No values in this time')).toHaveCount(0);
    await inspectLooks(app, `health-hour-${area}`);
  }
});

test('when the database fails Health shows the figures of before and says what fails; when it works again, so', async ({
  launch,
}) => {
  const app = await launch();
  const { page, vas } = app;
  await twoCameras(app);
  app.problems.allow('the test takes a table away', FAILS);
  await openScreen(app, 'Health');
  await expect(page.getByTestId('health-camera')).toHaveCount(2);
  const giveBack = withoutCameras(app.dataDir);
  await expect(page.getByTestId('health-area-store')).toContainText('The database fails');
  await expect(page.getByText('1 area needs attention')).toBeVisible();
  // What was known of the cameras still stands.
  await expect(page.getByTestId('health-camera')).toHaveCount(2);
  await page.getByTestId('health-area-store').click();
  await expect(page.getByTestId('health-pane')).toContainText('Cannot be read: figures are from before');
  expect((await healthOf(app)).store.databases.map(({ is_open }) => is_open)).toEqual([false, true]);
  await inspectLooks(app, 'health-store-fails');
  giveBack();
  await expect(page.getByTestId('health-area-store')).not.toContainText('The database fails');
  expect((await vas.query('health.get', {})).status).toBe('healthy');
});

test('Health that cannot be read at all says so, and comes by itself', async ({ launch }) => {
  const app = await launch();
  const { page } = app;
  app.problems.allow('the test takes a table away', FAILS);
  // The store is open and what it is asked at the start is answered; nobody has asked for health before.
  await app.vas.query('devices.list', {});
  const giveBack = withoutCameras(app.dataDir);
  await openScreen(app, 'Health');
  const failure = page.getByRole('alert').filter({ hasText: 'Health cannot be read' });
  await expect(failure).toContainText('Live view and recording do not depend on it');
  await inspectLooks(app, 'health-error');
  giveBack();
  await expect(page.getByText('All is well')).toBeVisible();
  await expect(failure).toHaveCount(0);
});
