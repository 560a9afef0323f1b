import type { RunningApp } from './app';
import { expect, test } from './fixtures';
import { fillEvents } from './support/eventRows';
import { graveViolations } from './support/looks';
import { openScreen } from './support/screens';
import { ASKS, changeUser, createAdministrator, PASSWORD } from './support/users';

const ASKS_AI = { env: { ...ASKS.env, AI_FRAME_EXPORT_ENABLED: 'true' } };

const button = ({ page }: RunningApp, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' });

const modelsLink = ({ page }: RunningApp) =>
  page.getByRole('navigation').getByRole('link', { name: 'Models', exact: true });

/** Figures are for everybody, the bundle is not, and a notice leads nobody where he is refused. */
async function expectHealthToRead(app: RunningApp): Promise<void> {
  await openScreen(app, 'Health');
  await expect(app.page.getByTestId('health-area-models')).toBeVisible();
  await expect(button(app, 'Save support bundle')).toHaveCount(0);
  expect(await graveViolations(app.page), 'Health').toEqual([]);
}

test('a viewer and an operator are offered on Events, Models and Health what they may do, and no more', async ({
  dataDir,
  launch,
}) => {
  test.setTimeout(240_000);
  const first = await launch({ dataDir });
  const { id: gate } = await first.vas.command('devices.create', {
    ...{ name: 'Gate', rtsp_url: 'rtsp://127.0.0.1:9/gate', start: false },
  });
  await first.close();
  const [event] = fillEvents(dataDir, [
    { cameraId: gate, at: Date.now() - 60_000, label: 'person', confidence: 0.8 },
  ]);
  const app = await launch({ dataDir, ...ASKS_AI });
  const { page, vas } = app;
  const row = page.locator(`[data-event-id="${event?.id ?? ''}"]`);
  const panel = page.getByRole('complementary', { name: 'Event', exact: true });
  const openEvent = async () => {
    await openScreen(app, 'Events');
    await row.click();
    await expect(panel).toBeVisible();
  };

  await createAdministrator(app, 'Robin');
  for (const role of ['viewer', 'operator'] as const)
    await vas.command('users.create', { name: role === 'viewer' ? 'Kim' : 'Alex', role, password: PASSWORD });

  // All of it, for whoever may: otherwise nothing below would prove anything.
  await openEvent();
  await expect(button(app, 'Export')).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Mark as reviewed' })).toBeVisible();
  await expect(panel.getByRole('button', { name: /^Export evidence/ })).toBeVisible();
  await openScreen(app, 'Health');
  await expect(button(app, 'Save support bundle')).toBeVisible();
  await modelsLink(app).click();
  await expect(button(app, 'Import model')).toBeVisible();
  await changeUser(app, 'Robin', 'Kim');

  await openEvent();
  await expect(panel.getByRole('button', { name: 'Open in Playback' })).toBeVisible();
  await expect(button(app, 'Export')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Mark as reviewed' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Export evidence/ })).toHaveCount(0);
  await row.getByRole('checkbox').check();
  const selection = page.getByRole('group', { name: /selected/i });
  await expect(selection.getByRole('button')).toHaveCount(1);
  expect(await graveViolations(page), 'Events').toEqual([]);
  await expectHealthToRead(app);
  await expect(modelsLink(app)).toHaveCount(0);
  await changeUser(app, 'Kim', 'Alex');

  await openEvent();
  await expect(button(app, 'Export')).toBeVisible();
  await expect(panel.getByRole('button', { name: /^Export evidence/ })).toBeVisible();
  await panel.getByRole('button', { name: 'Mark as reviewed' }).click();
  await expect(row).toHaveAttribute('data-reviewed', 'true');
  await expect.poll(async () => (await vas.query('ai-events.list', { reviewed: true })).total).toBe(1);
  await expectHealthToRead(app);
  await expect(modelsLink(app)).toHaveCount(0);
});
