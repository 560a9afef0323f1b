import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { CameraServer } from '../scripts/cameras/camera';
import { startCameraServer } from '../scripts/cameras/camera';
import { h264 } from '../scripts/cameras/launches';
import type { Bookmark, Device, Snapshot } from '../contract';
import type { RunningApp } from './app';
import { launchApp } from './app';
import { expect, finish, measured, observed, temporaryDataDir, test } from './fixtures';
import { addCamera, whenRunning } from './support/cameras';
import { answerFolderDialog, answerSaveDialog } from './support/dialogs';
import { seedCaptures } from './support/captureRows';
import { probeFile } from './support/ffprobe';
import { graveViolations, inColours, inspectLooks } from './support/looks';
import { openScreen } from './support/screens';
import { until } from './support/wait';

const shots = process.env['VAS_SHOTS'];
const SEEDED = 3_000;

/** Clips and snapshots: kept from the wall, found again, written on, copied, deleted. */
test.describe.serial('gallery', () => {
  let server: CameraServer;
  let dataDir: string;
  let app: RunningApp;
  let gate: Device;
  let yard: Device;
  let snapshot: Snapshot;
  let clip: Bookmark;

  test.beforeAll(async () => {
    server = await startCameraServer();
    dataDir = await temporaryDataDir();
    app = await launchApp({ dataDir });
    await app.resize(1280, 800);
    const launch = h264({ width: 640, height: 360, fps: 10 });
    gate = await addCamera(app, server, {
      path: '/gate',
      launch,
      device: { name: 'Gate', groups: ['North'] },
    });
    yard = await addCamera(app, server, { path: '/yard', launch, device: { name: 'Yard' } });
    for (const { id } of [gate, yard]) await whenRunning(app, id);
    await app.page.reload();
  });

  test.afterAll(async () => {
    await finish(app, test.info());
    rmSync(dataDir, { recursive: true, force: true });
    await server.stop();
  });

  const shot = async (name: string) => {
    if (shots === undefined) return;
    for (const theme of ['dark', 'light'] as const) {
      await inColours(app, theme);
      for (const [width, height] of [
        [1280, 800],
        [1920, 1080],
      ] as const) {
        await app.resize(width, height);
        await app.page.screenshot({
          path: `${shots}/${name}-${theme}-${String(width)}x${String(height)}.png`,
        });
      }
    }
    await app.resize(1280, 800);
  };
  const item = (id: string) => app.page.locator(`[data-capture-id="${id}"]`);
  const count = () => app.page.getByTestId('gallery-count');
  const panel = () => app.page.getByRole('complementary', { name: 'Clip or snapshot' });
  const list = (filter: object) => app.vas.query('captures.list', { filter });

  test('empty, it says how to keep something', async () => {
    await openScreen(app, 'Gallery');
    await expect(app.page.getByRole('heading', { name: 'Nothing kept yet' })).toBeVisible();
    await expect(app.page.getByText(/press S for a snapshot, or C for a clip/)).toBeVisible();
    await shot('gallery-empty');
    expect(await graveViolations(app.page)).toEqual([]);
  });

  test('what was kept is there, the newest first; a live clip holds the seconds before the click', async () => {
    await app.page.waitForTimeout(8_000);
    const clicked = Date.now();
    clip = await app.vas.command('bookmarks.capture-live', { device_id: gate.id, duration: 6 });
    const end = Date.parse(clip.end_timestamp);
    observed(
      `the clip ends ${String(clicked - end)} ms before the click and is ${String(clip.duration)} s long`,
    );
    // A clip that held the seconds after the click would end 6 s behind it.
    expect(Math.abs(end - clicked)).toBeLessThan(4_000);
    expect(clip.duration).toBeGreaterThan(4);
    expect(clip.duration).toBeLessThan(7);
    await app.vas.command('snapshots.capture-live', { device_id: yard.id });
    snapshot = await app.vas.command('snapshots.capture-live', { device_id: gate.id });
    // By itself, without anybody asking.
    await expect(count()).toHaveText('3 clips and snapshots', { timeout: 20_000 });
    const shown = await app.page
      .locator('[data-capture-id]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-capture-id')));
    expect(shown[0]).toBe(snapshot.id);
    await until('its picture is there', () =>
      item(snapshot.id)
        .locator('img')
        .evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth === 320),
    );
    expect(await graveViolations(app.page)).toEqual([]);
  });

  test('label, tags and notes are written with the keyboard, checked, and kept', async () => {
    await item(snapshot.id).focus();
    await app.page.keyboard.press('ArrowRight');
    await app.page.keyboard.press('Home');
    await app.page.keyboard.press('Enter');
    await expect(panel().getByTestId('gallery-picture')).toBeVisible();
    await app.page.keyboard.press('e');
    await expect(panel().getByRole('textbox', { name: 'Label' })).toBeFocused();
    await app.page.keyboard.type('x'.repeat(256));
    await expect(panel()).toContainText('At most 255 characters; there are 256.');
    await expect(panel().getByRole('button', { name: 'Save changes' })).toBeDisabled();
    await panel().getByRole('textbox', { name: 'Label' }).fill('Red car');
    await panel().getByRole('textbox', { name: 'Tags' }).fill('theft, Night , theft');
    await panel().getByRole('textbox', { name: 'Notes' }).fill('Came from the left.\nLeft at once.');
    // Going to the next one and back loses nothing.
    await panel().getByRole('button', { name: 'Older' }).click();
    await expect(panel().getByRole('textbox', { name: 'Label' })).toHaveValue('');
    await panel().getByRole('button', { name: 'Newer' }).click();
    await expect(panel().getByRole('textbox', { name: 'Label' })).toHaveValue('Red car');
    await panel().getByRole('textbox', { name: 'Tags' }).press('Enter');
    await expect(panel().getByRole('heading', { name: 'Red car' })).toBeVisible();
    await shot('gallery-snapshot');
    expect(await app.vas.query('captures.get', { kind: 'snapshot', id: snapshot.id })).toMatchObject({
      ...{ label: 'Red car', tags: ['Night', 'theft'], notes: 'Came from the left.\nLeft at once.' },
    });
    expect(await graveViolations(app.page)).toEqual([]);
  });

  test('a clip plays, steps by keys, and is copied to where the desktop dialog says', async () => {
    await item(clip.id).click();
    const video = panel().getByTestId('gallery-video');
    await until('it is loaded', () =>
      video.evaluate((one: HTMLVideoElement) => one.videoWidth === 640 && one.duration > 4),
    );
    await item(clip.id).focus();
    await app.page.keyboard.press('Space');
    await until('it plays', () => video.evaluate((one: HTMLVideoElement) => one.currentTime > 0.3));
    await app.page.keyboard.press('Space');
    await until('it pauses', () => video.evaluate((one: HTMLVideoElement) => one.paused));
    const at = await video.evaluate((one: HTMLVideoElement) => one.currentTime);
    await app.page.keyboard.press('.');
    expect(await video.evaluate((one: HTMLVideoElement) => one.currentTime)).toBeGreaterThan(at);
    await shot('gallery-clip');
    const target = path.join(dataDir, 'copy.mp4');
    await answerSaveDialog(app, target);
    await panel().getByRole('button', { name: 'Save a copy' }).click();
    await until('the copy is there', () => existsSync(target) && statSync(target).size === clip.file_size);
    expect((await probeFile(target)).video?.codec_name).toBe('h264');
  });

  test('a clip of recordings is cut from one time to another', async () => {
    const wanted = Math.floor(Date.parse(clip.end_timestamp) / 1000) * 1000 - 1_000;
    const two = (value: number) => String(value).padStart(2, '0');
    const clock = (ms: number) => {
      const date = new Date(ms);
      return [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
    };
    await item(clip.id).focus();
    await app.page.keyboard.press('n');
    const dialog = app.page.getByRole('dialog', { name: 'New clip from recordings' });
    await dialog.getByRole('textbox', { name: 'From' }).fill(clock(wanted - 2_000));
    await dialog.getByRole('textbox', { name: 'To', exact: true }).fill(clock(wanted - 3_000));
    await expect(dialog).toContainText('The end is not after the beginning.');
    await dialog.getByRole('textbox', { name: 'To', exact: true }).fill(clock(wanted));
    await dialog.getByRole('textbox', { name: 'Label' }).fill('Cut');
    await dialog.getByRole('button', { name: 'Save clip' }).click();
    await expect(dialog).toBeHidden({ timeout: 30_000 });
    await expect(panel().getByRole('heading', { name: 'Cut' })).toBeVisible();
    const [cut] = (await list({ text: 'cut' })).captures;
    const from = Date.parse(cut?.start_timestamp ?? '');
    observed(`asked for ${clock(wanted - 2_000)}, begins ${String(from - (wanted - 2_000))} ms after it`);
    // To the picture: ten a second.
    expect(Math.abs(from - (wanted - 2_000))).toBeLessThan(110);
    expect(Math.abs((cut?.duration ?? 0) - 2)).toBeLessThan(0.15);
  });

  test('filters find by kind, camera, group, label, tag and words', async () => {
    const totals = async () => ({
      clips: (await list({ kind: 'bookmark' })).total,
      tagged: (await list({ tags: ['THEFT'] })).total,
      words: (await list({ text: 'came from' })).total,
      yard: (await list({ device_ids: [yard.id] })).total,
      labelled: (await list({ has_label: true })).total,
    });
    expect(await totals()).toEqual({ clips: 2, tagged: 1, words: 1, yard: 1, labelled: 2 });
    await app.page.keyboard.press('/');
    await app.page.keyboard.type('came from');
    await expect(count()).toHaveText('1 clip or snapshot');
    await expect(item(snapshot.id)).toBeVisible();
    await app.page.getByRole('button', { name: 'Clear filters' }).click();
    await app.page.getByRole('button', { name: /^Tags/ }).click();
    await app.page.getByRole('option', { name: 'theft' }).click();
    await app.page.keyboard.press('Escape');
    await expect(count()).toHaveText('1 clip or snapshot');
    await app.page.getByRole('button', { name: 'Clear filters' }).click();
    await app.page.getByRole('button', { name: /^Groups/ }).click();
    await app.page.getByRole('option', { name: 'North' }).click();
    await app.page.keyboard.press('Escape');
    await expect(count()).toHaveText('3 clips and snapshots');
    await app.page.getByRole('button', { name: 'Clear filters' }).click();
    await app.page.keyboard.press('/');
    // Somebody who thinks between two words still types into the field when the answer comes.
    await app.page.keyboard.type('nothing');
    await expect(app.page.getByRole('heading', { name: 'Nothing matches' })).toBeVisible();
    await app.page.keyboard.type(' of that kind');
    await expect(app.page.getByRole('searchbox', { name: 'Search labels and notes' })).toHaveValue(
      'nothing of that kind',
    );
    await app.page.getByRole('button', { name: 'Clear filters' }).first().click();
    await expect(count()).toHaveText('4 clips and snapshots');
  });

  test('several are copied into a folder and deleted after a question that names them', async () => {
    const out = path.join(dataDir, 'out');
    mkdirSync(out);
    await answerFolderDialog(app, out);
    await item(snapshot.id).click({ modifiers: ['Control'] });
    await item(clip.id).click({ modifiers: ['Control'] });
    const bar = app.page.getByRole('group', { name: 'What to do with the selection' });
    await expect(bar).toContainText('2 selected');
    await bar.getByRole('button', { name: 'Save copies' }).click();
    await expect(app.page.getByText('2 copies saved')).toBeVisible();
    await item(clip.id).focus();
    await app.page.keyboard.press('Delete');
    const question = app.page.getByRole('alertdialog');
    await expect(question).toContainText('Red car, Snapshot of Gate');
    await expect(question).toContainText('Clip of Gate');
    await shot('gallery-delete');
    await app.page.keyboard.press('Escape');
    await expect(question).toBeHidden();
    await expect(item(clip.id), 'Escape leaves everything').toBeVisible();
    await item(clip.id).focus();
    await app.page.keyboard.press('Delete');
    await question.getByRole('button', { name: 'Delete 2' }).click();
    await expect(count()).toHaveText('2 clips and snapshots');
    expect((await list({})).total).toBe(2);
    const reply = await app.vas.call('query', 'snapshots.get', { id: snapshot.id });
    expect(reply).toMatchObject({ ok: false, error: { status: 404 } });
  });

  test('thousands are paged and only what is seen is drawn', async () => {
    await app.close();
    await seedCaptures(dataDir, gate.id, SEEDED);
    app = await launchApp({ dataDir });
    await app.resize(1280, 800);
    const from = performance.now();
    await openScreen(app, 'Gallery');
    await expect(count()).toHaveText(`${String(SEEDED + 2)} clips and snapshots`);
    measured('gallery with thousands opened after', performance.now() - from);
    const drawn = () => app.page.locator('[data-capture-id]').count();
    expect(await drawn()).toBeLessThan(100);
    await app.page.locator('[data-capture-id]').first().focus();
    await app.page.keyboard.press('Enter');
    for (let turn = 0; turn < 12; turn++) {
      await app.page.keyboard.press('End');
      await app.page.waitForTimeout(150);
    }
    const position = () => app.page.locator('[data-capture-id][data-active]').getAttribute('aria-posinset');
    await until('pages were joined', async () => Number(await position()) > 500);
    expect(await drawn()).toBeLessThan(150);
    await shot('gallery-long');
    await app.page.keyboard.press('v');
    await expect(app.page.locator('.gallery-item-list').first()).toBeVisible();
    await shot('gallery-long-list');
    expect(await graveViolations(app.page)).toEqual([]);
  });
});

test('captures that cannot be read: it says so, and trying again shows them', async ({ dataDir, launch }) => {
  const app = await launch({ dataDir });
  app.problems.allow('the test takes a table away', /no such table|captures/i);
  const db = new Database(path.join(dataDir, 'vas.db'), { timeout: 20_000 });
  try {
    db.exec('ALTER TABLE bookmarks RENAME TO bookmarks_away');
    await openScreen(app, 'Gallery');
    const failure = app.page.getByRole('alert').filter({ hasText: 'The gallery cannot be shown' });
    await expect(failure).toBeVisible();
    await inspectLooks(app, 'gallery-error');
    await failure.getByRole('button', { name: 'Try again' }).click();
    await expect(failure).toBeVisible();
    db.exec('ALTER TABLE bookmarks_away RENAME TO bookmarks');
  } finally {
    db.close();
  }
  await app.page.getByRole('button', { name: 'Try again' }).click();
  await expect(app.page.getByRole('heading', { name: 'Nothing kept yet' })).toBeVisible();
});
