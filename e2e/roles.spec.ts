import type { Locator } from '@playwright/test';
import type { Bookmark, ChannelName, Device } from '../contract';
import { channels } from '../contract';
import type { Rule } from '../main/api/access/rule';
import { rules } from '../main/api/access/rules';
import { ROLE_RIGHTS } from '../main/users/operator';
import type { CameraServer } from '../scripts/cameras/camera';
import { startCameraServer } from '../scripts/cameras/camera';
import { h264 } from '../scripts/cameras/launches';
import type { RunningApp } from './app';
import { launchApp } from './app';
import { expect, finish, observed, test } from './fixtures';
import { addCamera, whenRunning } from './support/cameras';
import { segmentsOf } from './support/recordings';
import { openScreen } from './support/screens';
import { Tile } from './support/tile';
import { ASKS, changeUser, PASSWORD } from './support/users';
import { until } from './support/wait';

/** What each role is offered on each screen, by pointer and by key; and that the handler would refuse the rest. */
test.describe.serial('what a role may not do is not offered', () => {
  let server: CameraServer;
  let app: RunningApp;
  let gate: Device;
  let yard: Device;
  const clips = new Map<string, Bookmark>();
  const page = () => app.page;
  const button = (within: Locator, name: string | RegExp) => within.getByRole('button', { name });
  const tileOf = ({ id }: Device) => new Tile(app.page, id).root;
  const panel = () => page().getByRole('complementary', { name: 'Clip or snapshot' });
  const openCapture = async ({ id }: Device) => {
    await page()
      .locator(`[data-capture-id="${clips.get(id)?.id ?? ''}"]`)
      .click();
    await expect(panel()).toBeVisible();
  };
  const menuOf = async (camera: Device): Promise<string[]> => {
    await tileOf(camera).hover();
    await button(tileOf(camera), 'Tile menu').click();
    const entries = await page().getByRole('menuitem').allInnerTexts();
    await page().keyboard.press('Escape');
    return entries.map((text) => text.split('\n')[0] ?? '');
  };
  const markRange = async () => {
    await page().getByTestId('timeline').focus();
    await page().keyboard.press('I');
    await page().keyboard.press('ArrowRight');
    await page().keyboard.press('O');
    await expect(page().getByTestId('playback-range')).toBeVisible();
    return page().getByTestId('playback-range');
  };
  const screens = async (): Promise<string[]> =>
    (await page().getByRole('navigation').getByRole('link').allInnerTexts()).map((text) => text.trim());
  const sections = async (): Promise<string[]> => {
    await openScreen(app, 'Settings');
    return page().getByRole('tab').allInnerTexts();
  };
  const toasts = () => page().locator('.toast');
  /** Every command and query that the role has no right to, whatever is asked. */
  const refusals = async (role: 'operator' | 'viewer', more: readonly string[] = []): Promise<number> => {
    const mine: readonly string[] = ['anyone', 'user', ...ROLE_RIGHTS[role], ...more];
    let count = 0;
    for (const [name, { needs }] of Object.entries(rules as unknown as Record<string, Rule>)) {
      const { kind } = channels[name as ChannelName];
      if (kind === 'subscription' || typeof needs !== 'string' || mine.includes(needs)) continue;
      expect
        .soft(await app.vas.call(kind, name, {}), name)
        .toMatchObject({ ok: false, error: { status: 403, details: { code: 'right' } } });
      count++;
    }
    return count;
  };

  test.beforeAll(async () => {
    test.setTimeout(240_000);
    server = await startCameraServer();
    app = await launchApp(ASKS);
    await app.resize(1280, 800);
    const { vas } = app;
    await vas.command('session.set-up', { mode: 'sign-in', name: 'Robin', password: PASSWORD });
    const launch = h264({ width: 640, height: 360, fps: 10 });
    gate = await addCamera(app, server, { path: '/gate', launch, device: { name: 'Gate' } });
    yard = await addCamera(app, server, { path: '/yard', launch, device: { name: 'Yard' } });
    for (const { id } of [gate, yard]) await whenRunning(app, id);
    for (const { id } of [gate, yard])
      clips.set(
        id,
        await until(
          'a clip',
          () => vas.command('bookmarks.capture-live', { device_id: id, duration: 5 }).catch(() => null),
          { timeoutMs: 60_000, everyMs: 1000 },
        ),
      );
    // Playback opens where there is something to see once a file has been closed.
    for (const { id } of [gate, yard])
      await until('a closed file', async () => (await segmentsOf(app, id)).length > 0, {
        timeoutMs: 120_000,
      });
    const person = { password: PASSWORD } as const;
    await vas.command('users.create', { ...person, name: 'Alex', role: 'operator' });
    const watches = { live: true, playback: true, export: false };
    await vas.command('users.create', {
      ...{ ...person, name: 'Kim', role: 'viewer', access: 'chosen' },
      cameras: [
        { id: gate.id, ...watches },
        { id: yard.id, live: true, playback: false, export: false },
      ],
    });
    await vas.command('users.create', {
      ...{ ...person, name: 'Sam', role: 'viewer', access: 'chosen' },
      cameras: [
        { id: gate.id, ...watches, export: true },
        { id: yard.id, ...watches },
      ],
    });
    await app.page.reload();
  });

  test.afterAll(async () => {
    await finish(app, test.info());
    await server.stop();
  });

  test('an operator works with footage, and does not configure', async () => {
    test.setTimeout(240_000);
    await changeUser(app, 'Robin', 'Alex');
    await page()
      .getByRole('radio', { name: /^2 × 2/ })
      .click();
    await new Tile(page(), gate.id).whenState('live');
    const entries = await menuOf(gate);
    for (const name of ['Take snapshot', 'Back 30 s', 'Open in Playback'])
      expect(entries.join(' | ').toLowerCase()).toContain(name.split(' ').at(-1)?.toLowerCase() ?? '');
    expect(await screens()).not.toContain('Cameras');
    expect(await screens()).not.toContain('Models');
    // Keys of screens that are not there do nothing.
    await page().keyboard.press('Control+3');
    await page().keyboard.press('Control+7');
    await expect(page().getByRole('heading', { name: 'Live', exact: true })).toBeVisible();
    await page().keyboard.press('F1');
    await expect(page().getByTestId('keys')).toBeVisible();
    await expect(page().locator('[data-action="tile.snapshot"]')).toBeVisible();
    await expect(page().locator('[data-action="cameras.add"], [data-action="screen.models"]')).toHaveCount(0);
    await page().keyboard.press('Escape');

    await openScreen(app, 'Playback');
    await expect(page().getByTestId('playback-tile').first()).toHaveAttribute('data-state', 'picture', {
      timeout: 60_000,
    });
    const range = await markRange();
    for (const name of [/^Save/, /^Lock/, /^Export evidence/])
      await expect(button(range, name)).toBeVisible();

    await openScreen(app, 'Gallery');
    await expect(button(page().locator('body'), 'New clip')).toBeVisible();
    await openCapture(gate);
    for (const name of ['Save a copy', 'Delete', 'Export evidence...', 'Open in Playback'])
      await expect(button(panel(), name)).toBeVisible();
    await expect(panel().getByRole('textbox', { name: 'Label' })).toBeEnabled();

    const tabs = await sections();
    for (const name of ['Recording', 'Users', 'Audit log', 'Backup', 'Alerts'])
      expect(tabs, name).not.toContain(name);
    observed(`${String(await refusals('operator'))} channels refused an operator`);
  });

  test('a viewer watches: nothing is kept, changed or taken out, by button or key', async () => {
    test.setTimeout(240_000);
    await changeUser(app, 'Alex', 'Kim');
    await page()
      .getByRole('radio', { name: /^2 × 2/ })
      .click();
    await new Tile(page(), gate.id).whenState('live');
    await new Tile(page(), yard.id).whenState('live');
    const ofGate = await menuOf(gate);
    expect(ofGate.join(' | ')).not.toMatch(/snapshot|clip/i);
    expect(ofGate).toContain('Open in Playback');
    // Live only: what it recorded is not offered.
    expect((await menuOf(yard)).join(' | ')).not.toMatch(/snapshot|clip|Back 30|Playback/i);
    await tileOf(gate).focus();
    for (const key of ['s', 'c']) await page().keyboard.press(key);
    await page().keyboard.press('Control+s');
    await expect(page().getByRole('dialog')).toHaveCount(0);
    await expect(toasts()).toHaveCount(0);
    await page().keyboard.press('F1');
    await expect(page().locator('[data-action="tile.zoom-in"]')).toBeVisible();
    for (const id of ['tile.snapshot', 'tile.clip', 'gallery.delete', 'application.quit', 'screen.cameras'])
      await expect(page().locator(`[data-action="${id}"]`), id).toHaveCount(0);
    await page().keyboard.press('Escape');

    await openScreen(app, 'Playback');
    await expect(page().getByTestId('camera-list').getByRole('option')).toHaveCount(1);
    await expect(page().getByTestId('playback-tile').first()).toHaveAttribute('data-state', 'picture', {
      timeout: 60_000,
    });
    await expect(page().getByTestId('playback-tile')).toHaveCount(1);
    const range = await markRange();
    await expect(range.getByRole('button')).toHaveCount(1);
    await page().keyboard.press('s');
    await expect(toasts()).toHaveCount(0);

    await openScreen(app, 'Gallery');
    for (const key of ['n', 'e', 'Delete']) await page().keyboard.press(key);
    await expect(page().getByRole('dialog')).toHaveCount(0);
    await openCapture(gate);
    for (const name of ['Save a copy', 'Delete', /^Export evidence/, 'Save changes'])
      await expect(button(panel(), name)).toHaveCount(0);
    await expect(panel().getByText('You may look at captures, not change them.')).toBeVisible();
    await expect(panel().getByRole('textbox', { name: 'Label' })).toBeDisabled();
    await page().keyboard.press('Delete');
    await expect(page().getByRole('alertdialog')).toHaveCount(0);
    // What was recorded by the other camera is not there at all.
    await expect(page().locator(`[data-capture-id="${clips.get(yard.id)?.id ?? ''}"]`)).toHaveCount(0);

    const tabs = await sections();
    for (const name of ['Recording', 'Users', 'Audit log', 'Backup', 'Alerts'])
      expect(tabs, name).not.toContain(name);
    observed(`${String(await refusals('viewer'))} channels refused a viewer`);
    for (const [name, request] of [
      ['playback.open', { camera_id: yard.id, at: new Date().toISOString() }],
      ['live.open-replay', { camera_id: yard.id }],
      ['captures.delete', { items: [{ kind: 'bookmark', id: clips.get(gate.id)?.id }] }],
      ['locks.create', { target: { kind: 'bookmark', bookmark_id: clips.get(gate.id)?.id }, reason: 'x' }],
    ] as const)
      expect(await app.vas.call('command', name, request), name).toMatchObject({
        ok: false,
        error: { status: 403 },
      });
  });

  test('a viewer who may export from one camera is offered that for this one alone', async () => {
    test.setTimeout(180_000);
    await changeUser(app, 'Kim', 'Sam');
    await openScreen(app, 'Gallery');
    await openCapture(gate);
    await expect(button(panel(), 'Save a copy')).toBeVisible();
    await button(panel(), 'Export evidence...').click();
    const dialog = page().getByRole('dialog', { name: 'Export evidence' });
    await expect(dialog.getByRole('checkbox', { name: 'Gate' })).toBeVisible();
    await expect(dialog.getByRole('checkbox', { name: 'Yard' })).toHaveCount(0);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await openCapture(yard);
    await expect(button(panel(), 'Open in Playback')).toBeVisible();
    for (const name of ['Save a copy', 'Export evidence...'])
      await expect(button(panel(), name)).toHaveCount(0);
    const item = { kind: 'bookmark', id: clips.get(yard.id)?.id };
    expect(await app.vas.call('command', 'captures.save', { items: [item] })).toMatchObject({
      ok: false,
      error: { status: 403, details: { code: 'camera' } },
    });
    const range = { start: new Date(Date.now() - 10_000).toISOString(), end: new Date().toISOString() };
    expect(
      await app.vas.call('query', 'evidence.estimate', {
        ...{ camera_ids: [yard.id], ...range, rendition: 'original', encrypted: false },
      }),
    ).toMatchObject({ ok: false, error: { status: 403, details: { code: 'camera' } } });
    observed(`${String(await refusals('viewer', ['export']))} channels refused a viewer who may export`);
  });
});
