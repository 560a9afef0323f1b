import { readdirSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import Papa from 'papaparse';
import type { Device } from '../contract';
import { footageCamera } from '../scripts/cameras/senders';
import type { RunningApp } from './app';
import { launchApp } from './app';
import { expect, finish, observed, temporaryDataDir, test } from './fixtures';
import { addCamera, whenRunning } from './support/cameras';
import { answerSaveDialog } from './support/dialogs';
import { EVENT_MODEL, fillEvents } from './support/eventRows';
import { inspectLooks } from './support/looks';
import { repositoryRoot } from './support/runtime';
import { stuckFile } from './support/stuckFile';
import { openScreen } from './support/screens';
import { until } from './support/wait';

const FOOTAGE = path.join(repositoryRoot, 'assets/footage/pedestrians-768x576.mp4');
const COUNT = 12_000;

test.describe.serial('the history of events', () => {
  let dataDir: string;
  let app: RunningApp;
  let gate: Device;
  let yard: Device;
  /** Newest first. */
  let ids: string[];
  const feed = () => app.page.getByRole('feed');
  const count = () => app.page.getByTestId('events-count');
  const item = (id: string) => app.page.locator(`[data-event-id="${id}"]`);
  const filterBy = async (menu: string, option: string) => {
    await app.page.getByRole('button', { name: menu, exact: true }).click();
    await app.page.getByRole('option', { name: option, exact: true }).click();
    await app.page.keyboard.press('Escape');
  };

  test.beforeAll(async () => {
    dataDir = await temporaryDataDir();
    const first = await launchApp({ dataDir });
    const create = (name: string) =>
      first.vas.command('devices.create', { name, rtsp_url: `rtsp://127.0.0.1:9/${name}`, start: false });
    gate = await create('Gate');
    yard = await create('Yard');
    await first.vas.command('groups.create', { name: 'Outside', camera_ids: [yard.id] });
    await first.close();
    const now = Date.now();
    const rows = Array.from({ length: COUNT }, (_, n) => ({
      cameraId: n % 3 === 0 ? yard.id : gate.id,
      // A minute apart, the last one a minute ago: more than 8 days.
      at: now - (COUNT - n) * 60_000,
      label: n % 100 === 0 ? 'dog' : n % 4 === 0 ? 'car' : 'person',
      confidence: 0.3 + (n % 7) / 10,
      ...(n % 10 === 0 ? { zone: 'Door' } : {}),
    }));
    ids = fillEvents(dataDir, rows)
      .map(({ id }) => id)
      .reverse();
    app = await launchApp({ dataDir });
    await app.resize(1280, 800);
    await openScreen(app, 'Events');
  });

  test.afterAll(async () => {
    await finish(app, test.info());
    rmSync(dataDir, { recursive: true, force: true });
  });

  const id = (index: number): string => ids[index] ?? '';

  test('the newest stand first, the total is honest, and only what is seen is drawn', async () => {
    await expect(count()).toHaveText('10,000+ events');
    await expect(feed().getByRole('article').first()).toHaveAttribute('data-event-id', id(0));
    await inspectLooks(app, 'events-list');
    await app.page.keyboard.press('End');
    await until('earlier pages have come', async () => {
      await app.page.keyboard.press('End');
      // Pages come as fast as the key is pressed: which is the last one now depends on the machine.
      const last = await feed().getByRole('article').last().getAttribute('data-event-id');
      return ids.indexOf(last ?? '') >= 350;
    });
    expect(await feed().getByRole('article').count()).toBeLessThan(60);
    await app.page.keyboard.press('Home');
    await expect(item(id(0))).toBeInViewport();
  });

  test('filters narrow the list, stand as chips, and can be cleared', async () => {
    await filterBy('Groups', 'Outside');
    await expect(count()).toHaveText('4,000 events');
    await filterBy('Labels', 'dog');
    await expect(count()).toHaveText('40 events');
    await app.page.getByRole('button', { name: /any confidence/i }).click();
    await app.page.getByRole('option', { name: 'From 80 %' }).click();
    const { total } = await app.vas.query('ai-events.list', {
      camera_ids: [yard.id],
      labels: ['dog'],
      min_confidence: 0.8,
    });
    expect(total).toBeGreaterThan(0);
    expect(total).toBeLessThan(40);
    await expect(count()).toHaveText(`${String(total)} events`);
    await inspectLooks(app, 'events-filtered');
    await app.page.getByRole('button', { name: 'Remove filter: dog' }).click();
    await expect(count()).not.toHaveText(`${String(total)} events`);
    await filterBy('Zones', 'Door');
    await app.page.getByRole('button', { name: 'Clear filters' }).click();
    await expect(count()).toHaveText('10,000+ events');
  });

  test('a filter that nothing matches says so and leads back', async () => {
    await app.page.getByRole('button', { name: /reviewed or not/i }).click();
    await app.page.getByRole('option', { name: 'Reviewed', exact: true }).click();
    await expect(app.page.getByText('No event matches')).toBeVisible();
    await inspectLooks(app, 'events-none');
    // Nothing to export.
    await app.page.getByRole('button', { name: 'Export', exact: true }).click();
    await expect(app.page.getByRole('menuitem', { name: /CSV/ })).toHaveAttribute('aria-disabled', 'true');
    await app.page.keyboard.press('Escape');
    await app.page.locator('.empty-state').getByRole('button', { name: 'Clear filters' }).click();
    await expect(count()).toHaveText('10,000+ events');
  });

  test('times are presets or days of a calendar that marks those with events', async () => {
    const time = () => app.page.getByRole('button', { name: /^Time:/ });
    await time().click();
    await app.page.getByRole('button', { name: 'Last hour' }).click();
    await expect(count()).toHaveText(/^(58|59|60) events$/);
    await time().click();
    const days = app.page.getByRole('group', { name: /^days of/i });
    await expect(days.getByRole('button', { name: /has events/ }).first()).toBeVisible();
    await app.page.screenshot({ path: path.join('test-results', 'screenshots', 'events-calendar.png') });
    const marked = await days.getByRole('button', { name: /has events/ }).count();
    // Eight to nine days have events; at the turn of a month some lie on another page.
    expect(marked).toBeGreaterThan(0);
    expect(marked).toBeLessThanOrEqual(10);
    const today = days.getByRole('button', { name: /has events/ }).last();
    await today.click();
    await today.click();
    await app.page.getByRole('button', { name: 'Apply' }).click();
    await expect(app.page.getByRole('button', { name: /^Remove filter:/ })).toHaveCount(1);
    await app.page.getByRole('button', { name: 'Clear filters' }).click();
  });

  test('reviews go on by themselves, can be undone and are kept', async () => {
    await item(id(0)).click();
    const panel = app.page.getByRole('complementary', { name: 'Event' });
    await expect(panel).toBeVisible();
    await inspectLooks(app, 'events-detail');
    await app.page.keyboard.press('r');
    await app.page.keyboard.press('Space');
    await expect(item(id(2))).toHaveAttribute('data-active', 'true');
    await expect(item(id(1))).toHaveAttribute('data-reviewed', 'true');
    await app.page.keyboard.press('Control+z');
    await expect(item(id(1))).not.toHaveAttribute('data-reviewed', 'true');
    await expect
      .poll(async () =>
        (await app.vas.query('ai-events.list', { reviewed: true })).events.map((one) => one.id),
      )
      .toEqual([id(0)]);
    await app.page.keyboard.press('Escape');
    await expect(panel).toBeHidden();
    await app.page.keyboard.press('Control+a');
    await expect(app.page.getByText(/events selected$/)).toBeVisible();
    await app.page.keyboard.press('r');
    await until('the page is reviewed', async () => {
      const { total } = await app.vas.query('ai-events.list', { reviewed: true });
      return total >= 100;
    });
    await app.page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(async () => (await app.vas.query('ai-events.list', { reviewed: true })).total).toBe(1);
  });

  test('a link leads to its event', async () => {
    await item(id(3)).click();
    await app.page.getByRole('button', { name: 'Copy link' }).click();
    const link = await app.electronApp.evaluate(({ clipboard }) => clipboard.readText());
    expect(link).toBe(`vas-event:${id(3)}`);
    await app.page.keyboard.press('Escape');
    await app.page.getByRole('button', { name: 'Go to event' }).click();
    const field = app.page.getByPlaceholder(/paste a link/i);
    await field.fill('nothing of the kind');
    await field.press('Enter');
    await expect(app.page.getByText(/neither a link/i)).toBeVisible();
    // Far from what is loaded.
    await field.fill(`vas-event:${id(9_000)}`);
    await field.press('Enter');
    const panel = app.page.getByRole('complementary', { name: 'Event' });
    await expect(panel).toContainText(id(9_000));
    await app.page.keyboard.press('Escape');
  });

  test('the filtered events are exported as CSV and JSON', async () => {
    await filterBy('Labels', 'dog');
    await expect(count()).toHaveText('120 events');
    const exportTo = async (file: string, entry: RegExp) => {
      await answerSaveDialog(app, file);
      await app.page.getByRole('button', { name: 'Export', exact: true }).click();
      await app.page.getByRole('menuitem', { name: entry }).click();
      await expect(app.page.getByText('120 events exported').first()).toBeVisible();
      const text = await readFile(file, 'utf8');
      await app.page.getByRole('button', { name: 'Close message' }).first().click();
      return text;
    };
    const csv = await exportTo(path.join(dataDir, 'dogs.csv'), /CSV/);
    const { data, errors } = Papa.parse<Record<string, string>>(csv, { header: true, skipEmptyLines: true });
    expect(errors).toEqual([]);
    expect(data).toHaveLength(120);
    expect(new Set(data.map(({ labels }) => labels))).toEqual(new Set(['dog']));
    expect(new Set(data.map(({ camera }) => camera))).toEqual(new Set(['Gate', 'Yard']));
    const json = JSON.parse(await exportTo(path.join(dataDir, 'dogs.json'), /JSON/)) as { id: string }[];
    expect(json.map((event) => event.id)).toEqual(data.map((row) => row['id']));
    await app.page.getByRole('button', { name: 'Clear filters' }).click();
    await expect(count()).toHaveText('10,000+ events');
    // To a disk that takes nothing for a while: its progress stands below the list.
    const file = path.join(dataDir, 'all.csv');
    const disk = stuckFile(`${file}.part`);
    try {
      await answerSaveDialog(app, file);
      await app.page.getByRole('button', { name: 'Export', exact: true }).click();
      await app.page.getByRole('menuitem', { name: /CSV/ }).click();
      const progress = app.page.getByRole('group', { name: 'Export', exact: true });
      await expect(progress).toContainText(/\d/);
      await inspectLooks(app, 'events-export');
      await item(id(1)).click();
      await expect(
        app.page.getByRole('complementary', { name: 'Event' }),
        'the list is usable',
      ).toBeVisible();
      await app.page.keyboard.press('Escape');
      // Cancelled by whoever waits: nothing is left of it.
      await progress.getByRole('button', { name: /cancel/i }).click();
    } finally {
      disk.goOn();
    }
    await expect(app.page.getByText('Export cancelled').first()).toBeVisible();
    disk.close();
    await expect.poll(() => readdirSync(dataDir).filter((name) => name.startsWith('all.csv'))).toEqual([]);
  });

  test('thumbnails show the same events', async () => {
    await app.page.getByRole('radio', { name: 'Thumbnails' }).click({ force: true });
    await expect(feed().getByRole('article').first()).toHaveAttribute('data-event-id', id(0));
    await inspectLooks(app, 'events-grid');
    await app.page.getByRole('radio', { name: 'List' }).click({ force: true });
  });
});

test('without a usable database the screen says why, and the wall goes on', async ({ dataDir, launch }) => {
  await writeFile(path.join(dataDir, 'events.db'), 'This is no database. '.repeat(500));
  const app = await launch({ dataDir });
  app.problems.allow('the test damaged the database', /events are not stored|database|worker/i);
  await openScreen(app, 'Events');
  const failure = app.page.getByRole('alert').filter({ hasText: 'The event store is damaged' });
  await expect(failure).toBeVisible();
  const { status, message } = await app.page.evaluate(async () => {
    const { vas } = globalThis as unknown as {
      vas: { query(name: string, request: unknown): Promise<{ error: { status: number; message: string } }> };
    };
    return (await vas.query('ai-events.list', {})).error;
  });
  expect(status).toBe(503);
  expect(message).toContain('Video and recording go on');
  await inspectLooks(app, 'events-error');
  await openScreen(app, 'Live');
  await expect(app.page.getByTestId('tile-0')).toBeVisible();
});

test('while detection is off the empty list says so and leads to the setting', async ({ launch }) => {
  const app = await launch();
  await openScreen(app, 'Events');
  await expect(app.page.getByText('No events yet')).toBeVisible();
  await expect(app.page.getByText('Detection is switched off', { exact: false })).toBeVisible();
  await inspectLooks(app, 'events-empty-off');
  await app.page.getByRole('button', { name: 'Open Settings' }).click();
  await expect(app.page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible();
});

test('a real event shows its snapshot, its boxes and what was recorded around it', async ({
  server,
  launch,
}) => {
  const footage = await footageCamera(FOOTAGE);
  try {
    const app = await launch({ env: { AI_FRAME_EXPORT_ENABLED: 'true' } });
    await app.resize(1280, 800);
    const camera = await addCamera(app, server, {
      path: '/people',
      launch: footage.launch,
      device: { name: 'Promenade', location: 'North side' },
    });
    await whenRunning(app, camera.id);
    await openScreen(app, 'Events');
    await expect(app.page.getByText('No events yet')).toBeVisible();
    await expect(app.page.getByRole('button', { name: 'Open Models' })).toBeVisible();
    await inspectLooks(app, 'events-empty');
    await app.vas.command('ai-model-assignments.create', { camera_id: camera.id, model_id: EVENT_MODEL });
    const fresh = app.page.getByRole('button', { name: /new events?$/ });
    await expect(fresh).toBeVisible({ timeout: 60_000 });
    await fresh.click();
    const event = await until(
      'an event has its snapshot',
      async () =>
        (await app.vas.query('ai-events.list', {})).events.findLast(
          ({ snapshot_id }) => snapshot_id !== null,
        ) ?? null,
      { timeoutMs: 60_000 },
    );
    const shown = app.page.locator(`[data-event-id="${event.id}"]`);
    await until('the event is in the list', async () => {
      if ((await shown.count()) > 0) return true;
      if (await fresh.isVisible()) await fresh.click();
      return false;
    });
    await shown.click();
    await expect(app.page.getByTestId('event-picture')).toBeVisible({ timeout: 20_000 });
    await expect(app.page.getByTestId('event-box').first()).toBeVisible();
    await inspectLooks(app, 'events-real');
    const newPill = await fresh.isVisible();
    observed(`new events wait while one is read: ${String(newPill)}`);
    await app.page.keyboard.press('f');
    await inspectLooks(app, 'events-real-large');
    await app.page.keyboard.press('f');
    await app.page.keyboard.press('p');
    const video = app.page.getByTestId('event-footage');
    await expect(video).toBeVisible({ timeout: 20_000 });
    await until('the footage plays', () =>
      video.evaluate((element) => (element as HTMLVideoElement).currentTime > 0.5),
    );
    await app.page.keyboard.press('Escape');
    await app.page.getByRole('radio', { name: 'Thumbnails' }).click({ force: true });
    await inspectLooks(app, 'events-real-grid');
    // Beside the wall.
    await openScreen(app, 'Live');
    const recent = app.page.getByRole('complementary', { name: 'Recent events' });
    await expect(recent.locator('img').first()).toBeVisible({ timeout: 20_000 });
    await expect(app.page.getByTestId('event-mark')).toBeVisible({ timeout: 60_000 });
    await inspectLooks(app, 'events-recent');
    const entry = recent.locator('[data-recent-id]').last();
    const wanted = (await entry.getAttribute('data-recent-id')) ?? '';
    await entry.click();
    await expect(app.page.getByRole('complementary', { name: 'Event', exact: true })).toContainText(wanted);
    await openScreen(app, 'Live');
    await recent.getByRole('button', { name: 'Hide recent events' }).click();
    await expect(recent.locator('[data-recent-id]')).toHaveCount(0);
    expect((await app.vas.streamState(camera.id))?.reconnects).toBe(0);
  } finally {
    await footage.stop();
  }
});
