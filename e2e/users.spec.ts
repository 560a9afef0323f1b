import type { ChannelName } from '../contract';
import { channels } from '../contract';
import type { Rule } from '../main/api/access/rule';
import { rules } from '../main/api/access/rules';
import { ROLE_RIGHTS } from '../main/users/operator';
import type { RunningApp } from './app';
import { expect, observed, test } from './fixtures';
import { graveViolations, inspectLooks } from './support/looks';
import { openScreen } from './support/screens';
import { ASKS, createAdministrator, PASSWORD, signIn } from './support/users';

async function picture(app: RunningApp, name: string): Promise<void> {
  for (const [width, height] of [
    [1280, 800],
    [1920, 1080],
  ] as const) {
    await app.resize(width, height);
    const file = `test-results/screenshots/${name}-${String(width)}x${String(height)}.png`;
    await app.page.screenshot({ path: file });
  }
  expect.soft(await graveViolations(app.page), name).toEqual([]);
}

/** Two cameras that need not run. */
async function twoCameras(app: RunningApp): Promise<readonly [string, string]> {
  const add = async (name: string) =>
    (
      await app.vas.command('devices.create', {
        ...{ name, rtsp_url: `rtsp://127.0.0.1:9/${name}`, start: false },
      })
    ).id;
  return [await add('Gate'), await add('Yard')];
}

test.describe('users', () => {
  test('the first start asks once; without sign-in everything is as before', async ({ dataDir, launch }) => {
    const app = await launch({ dataDir, ...ASKS });
    await expect(app.page.getByRole('heading', { name: 'How is this workstation used?' })).toBeVisible();
    await picture(app, 'users-first-run');
    await app.page.getByRole('button', { name: 'Use without sign-in' }).click();
    await expect(app.page.getByRole('heading', { name: 'Live', exact: true })).toBeVisible();
    await app.close();
    const again = await launch({ dataDir, ...ASKS });
    await expect(again.page.getByRole('heading', { name: 'Live', exact: true })).toBeVisible();
  });

  test('a lost password: started once with --reset-admin, cameras and people stay', async ({
    dataDir,
    launch,
  }) => {
    const app = await launch({ dataDir, ...ASKS });
    await createAdministrator(app, 'Robin');
    await twoCameras(app);
    await app.vas.command('users.create', { name: 'Kim', role: 'viewer', password: PASSWORD });
    await app.close();

    const reset = await launch({ dataDir, ...ASKS, args: ['--reset-admin'] });
    await expect(reset.page.getByRole('heading', { name: 'How is this workstation used?' })).toBeVisible();
    await createAdministrator(reset, 'Alex');
    await reset.close();

    const after = await launch({ dataDir, ...ASKS });
    await signIn(after, 'Alex');
    const { users } = await after.vas.query('users.list', {});
    expect(users.map(({ name, role }) => [name, role])).toEqual([
      ['Alex', 'administrator'],
      ['Kim', 'viewer'],
    ]);
    expect((await after.vas.query('devices.list', {})).devices).toHaveLength(2);
    const { entries } = await after.vas.query('audit.list', { filter: {}, limit: 100 });
    expect(entries.map(({ action }) => action)).toContain('users.reset-administrator');
  });

  test('a viewer who tries each command is refused by the object and written down', async ({ launch }) => {
    test.setTimeout(240_000);
    const app = await launch(ASKS);
    const { page, vas } = app;
    await page.getByRole('button', { name: 'People sign in' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Robin');
    await page.getByRole('textbox', { name: 'New password' }).fill('short');
    await page.getByRole('button', { name: 'Create the administrator' }).click();
    await expect(page.getByText('Use at least 10 characters.')).toBeVisible();
    await page.getByRole('textbox', { name: 'New password' }).fill(PASSWORD);
    await page.getByRole('textbox', { name: 'Repeat the password' }).fill(PASSWORD);
    await page.getByRole('button', { name: 'Create the administrator' }).click();
    await expect(page.getByRole('heading', { name: 'Live', exact: true })).toBeVisible();

    const [gate, yard] = await twoCameras(app);
    await vas.command('users.create', {
      ...{ name: 'Kim', role: 'viewer', password: PASSWORD, access: 'chosen' },
      cameras: [{ id: gate, live: true, playback: true, export: false }],
    });
    await vas.command('users.create', { name: 'Alex', role: 'operator', password: PASSWORD });
    const tile = (index: number) => page.getByTestId(`tile-${String(index)}`);
    await expect(tile(1)).toHaveAttribute('data-camera-id', yard);
    const keptWall = () => page.evaluate(() => localStorage.getItem('vas.live.wall.main'));
    const wall = await keptWall();
    expect(wall).toContain(yard);
    await openScreen(app, 'Settings');
    await page.getByRole('tab', { name: 'Users', exact: true }).click();
    await expect(page.getByTestId('user-row')).toHaveCount(3);
    await inspectLooks(app, 'users-list');
    await page.getByRole('button', { name: 'Edit Kim' }).click();
    await expect(page.getByRole('checkbox', { name: 'Live: Gate' })).toBeChecked();
    await inspectLooks(app, 'users-edit');
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: 'User Robin' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
    expect(await vas.call('query', 'devices.list', {})).toMatchObject({ ok: false, error: { status: 403 } });
    await picture(app, 'users-sign-in');
    await page.getByRole('textbox', { name: 'Name' }).fill('Kim');
    await page.getByRole('textbox', { name: 'Password' }).fill('wrong password');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByText('Name or password is wrong.')).toBeVisible();
    await signIn(app, 'Kim');
    await expect(tile(0)).toHaveAttribute('data-camera-id', gate);
    await expect(page.locator(`[data-camera-id="${yard}"]`)).toHaveCount(0);

    // What would be refused is not offered either.
    const link = (name: string) => page.getByRole('navigation').getByRole('link', { name, exact: true });
    for (const name of ['Cameras', 'Models']) await expect(link(name)).toHaveCount(0);
    await openScreen(app, 'Gallery');
    expect(await keptWall(), 'the tiles of who sees more').toBe(wall);
    await expect(page.getByRole('button', { name: 'Refresh' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'New clip' })).toHaveCount(0);
    await openScreen(app, 'Events');
    await expect(page.getByRole('button', { name: /^export/i })).toHaveCount(0);
    await openScreen(app, 'Settings');
    await expect(page.getByRole('tab', { name: 'About', exact: true })).toBeVisible();
    for (const name of ['Recording', 'Users', 'Audit log', 'Backup'])
      await expect(page.getByRole('tab', { name, exact: true })).toHaveCount(0);

    const refused: string[] = [];
    for (const [name, { needs }] of Object.entries(rules as unknown as Record<string, Rule>)) {
      const { kind } = channels[name as ChannelName];
      const isOwn = typeof needs !== 'string' || ['anyone', 'user', ...ROLE_RIGHTS.viewer].includes(needs);
      if (kind === 'subscription' || isOwn) continue;
      const reply = await vas.call(kind, name, {});
      expect
        .soft(reply, name)
        .toMatchObject({ ok: false, error: { status: 403, details: { code: 'right' } } });
      refused.push(name);
    }
    observed(`${String(refused.length)} channels refused a viewer`);
    expect(await vas.call('command', 'settings.update', { retention_days: 1 })).toMatchObject({
      error: { status: 403 },
    });
    // What a viewer may do is refused for a camera of others, and the camera is nowhere to be seen.
    for (const [name, request] of [
      ['live.open-replay', { camera_id: yard }],
      ['live.open-footage', { camera_id: yard, start: '2026-01-01T00:00:00Z', end: '2026-01-01T00:00:10Z' }],
      ['live.consume', { transport_id: 'x', camera_id: yard, role: 'main', rtpCapabilities: {} }],
    ] as const)
      expect(await vas.call('command', name, request), name).toMatchObject({
        ok: false,
        error: { status: 403, details: { code: 'camera' } },
      });
    expect((await vas.query('devices.list', {})).devices.map(({ name }) => name)).toEqual(['Gate']);
    expect(await vas.call('query', 'devices.get', { id: yard })).toMatchObject({ error: { status: 403 } });

    await vas.command('session.lock', {});
    await expect(page.getByRole('heading', { name: 'Locked' })).toBeVisible();
    await picture(app, 'users-locked');
    expect(await vas.call('command', 'preferences.set', {})).toMatchObject({ error: { status: 403 } });
    await page.getByRole('button', { name: 'Switch user' }).click();
    await signIn(app, 'Robin');

    const { entries } = await vas.query('audit.list', { filter: { outcomes: ['refused'] }, limit: 500 });
    const written = new Set(
      entries.filter(({ user_name }) => user_name === 'Kim').map(({ action }) => action),
    );
    for (const name of [...refused, 'session.sign-in', 'live.consume', 'devices.get'])
      expect.soft(written.has(name), name).toBe(true);
    expect(await vas.query('audit.verify', {})).toMatchObject({ broken: null });

    await openScreen(app, 'Settings');
    await page.getByRole('tab', { name: 'Audit log', exact: true }).click();
    await expect(page.getByTestId('audit-row').first()).toBeVisible();
    await page.getByRole('button', { name: 'Verify' }).click();
    await expect(page.getByText(/entries, unaltered/)).toBeVisible();
    await inspectLooks(app, 'users-audit-log');
    await page.getByTestId('audit-row').first().click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await inspectLooks(app, 'users-audit-entry');
  });
});
