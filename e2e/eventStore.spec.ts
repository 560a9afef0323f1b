import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { RunningApp } from './app';
import { launchApp } from './app';
import { expect, finish, temporaryDataDir, test } from './fixtures';
import { fillEvents } from './support/eventRows';
import { inspectLooks } from './support/looks';
import { openScreen } from './support/screens';

const DAY_MS = 86_400_000;
const CAMERA = '00000000-0000-4000-8000-00000000e5e1';

test.describe('the event store', () => {
  let dataDir: string;
  let app: RunningApp;
  const fill = (count: number, everyMs: number) => {
    const now = Date.now();
    const row = (n: number) => ({
      cameraId: CAMERA,
      at: now - n * everyMs - 60_000,
      label: 'person',
      confidence: 0.8,
    });
    return fillEvents(
      dataDir,
      Array.from({ length: count }, (_, n) => row(n)),
    );
  };
  const eventFiles = async () => (await readdir(dataDir)).filter((name) => name.startsWith('events'));

  test.beforeEach(async () => {
    dataDir = await temporaryDataDir();
    // Makes the data folder.
    await (await launchApp({ dataDir })).close();
  });
  test.afterEach(async () => {
    await finish(app, test.info());
    rmSync(dataDir, { recursive: true, force: true });
  });

  test('a damaged one is said so, kept, and replaced by a new one', async () => {
    fill(200, 60_000);
    const file = path.join(dataDir, 'events.db');
    const damaged = readFileSync(file);
    damaged.fill(0x5a, 0, 4096);
    writeFileSync(file, damaged);
    app = await launchApp({ dataDir });
    app.problems.allow('the test damaged the database', /"trouble":"damaged"/);
    await openScreen(app, 'Events');
    await expect(app.page.getByText('The event store is damaged', { exact: true })).toBeVisible();
    await inspectLooks(app, 'events-store-damaged');
    await app.page.getByRole('button', { name: 'Start a new event store' }).click();
    const dialog = app.page.getByRole('alertdialog');
    await expect(dialog).toContainText(dataDir);
    await dialog.getByRole('button', { name: 'Start a new event store' }).click();
    await expect(app.page.getByText('A new event store was started')).toBeVisible();
    await expect(app.page.getByText('No events yet')).toBeVisible();
    await expect(app.page.getByText('The event store is damaged', { exact: true })).toBeHidden();
    const kept = (await eventFiles()).filter((name) => /^events-.*Z\.db$/.test(name));
    expect(kept).toHaveLength(1);
    expect(readFileSync(path.join(dataDir, kept[0] ?? '')).equals(damaged), 'untouched').toBe(true);
    expect((await app.vas.query('ai-events.list', {})).total).toBe(0);
  });

  test('a lock is said so, and ends by itself', async () => {
    const [newest] = fill(200, 60_000);
    app = await launchApp({ dataDir });
    await openScreen(app, 'Events');
    await expect(app.page.getByTestId('events-count')).toHaveText('200 events');
    app.problems.allow('the test locks the database', /locked by another program/);
    const other = new Database(path.join(dataDir, 'events.db'));
    other.exec('BEGIN IMMEDIATE');
    await app.page.locator(`[data-event-id="${newest?.id ?? ''}"]`).click();
    await app.page.keyboard.press('r');
    const banner = app.page.getByText('Another program has locked the event store', { exact: true });
    await expect(banner).toBeVisible({ timeout: 20_000 });
    // What was not stored is not told as done.
    await expect(app.page.getByText('The review was not stored')).toBeVisible();
    await expect(app.page.getByText('1 event marked as reviewed')).toHaveCount(0);
    // Reading goes on, and so does everything else.
    expect((await app.vas.query('ai-events.list', {})).total).toBe(200);
    await inspectLooks(app, 'events-store-locked');
    other.exec('ROLLBACK');
    other.close();
    await expect(banner).toBeHidden({ timeout: 20_000 });
  });

  test('old events are counted, asked about, removed and remembered', async () => {
    // A day apart.
    fill(300, DAY_MS);
    app = await launchApp({ dataDir });
    await openScreen(app, 'Settings');
    await app.page.getByRole('tab', { name: 'Events' }).click();
    await expect(app.page.getByText('No events were removed so far.')).toBeVisible();
    await inspectLooks(app, 'settings-events');
    await app.page.getByRole('button', { name: 'Remove', exact: true }).click();
    const dialog = app.page.getByRole('alertdialog');
    await expect(dialog).toContainText('Remove 210 events?');
    await app.page.screenshot({
      path: path.join('test-results', 'screenshots', 'settings-events-confirm.png'),
    });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    expect((await app.vas.query('ai-events.list', {})).total).toBe(300);
    await app.page.getByRole('button', { name: 'Remove', exact: true }).click();
    await dialog.getByRole('button', { name: 'Remove events' }).click();
    await expect(app.page.getByText(/^Last time: .*, 210 removed\.$/)).toBeVisible({ timeout: 20_000 });
    expect((await app.vas.query('ai-events.list', {})).total).toBe(90);
    // As a rule from now on, which the next start keeps.
    await app.page.getByRole('button', { name: /For ever/ }).click();
    await app.page.getByRole('option', { name: '30 days', exact: true }).click();
    await expect(dialog).toContainText('Remove 60 events?');
    await dialog.getByRole('button', { name: 'Save and remove' }).click();
    await expect(app.page.getByText(/, 60 removed\.$/)).toBeVisible({ timeout: 20_000 });
    expect((await app.vas.query('settings.get', {})).settings.event_retention_days).toBe(30);
  });
});
