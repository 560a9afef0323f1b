import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { h264 } from '../scripts/cameras/launches';
import type { EvidenceExport } from '../contract';
import type { RunningApp } from './app';
import { expect, observed, test } from './fixtures';
import { addCamera, whenRunning } from './support/cameras';
import { answerFolderDialog } from './support/dialogs';
import { fillEvents } from './support/eventRows';
import { inspectLooks } from './support/looks';
import { whenRecording } from './support/recordings';
import { repositoryRoot } from './support/runtime';
import { openScreen } from './support/screens';
import { until } from './support/wait';

const PASSPHRASE = 'correct horse battery';
const SLOW = { timeout: 180_000 };

/** What the command says of a package; the passphrase goes through standard input. */
function verify(at: string, line = ''): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, ['scripts/verify.mjs', at], { cwd: repositoryRoot, stdio: 'pipe' });
  let said = '';
  child.stdout.on('data', (text: Buffer) => (said += text.toString()));
  child.stdin.end(`${line}\n`);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, said })));
}

const dialog = (app: RunningApp) => app.page.getByRole('dialog', { name: 'Export evidence' });

async function fill(app: RunningApp, reason: string): Promise<void> {
  await dialog(app).getByRole('textbox', { name: 'Reason' }).fill(reason);
  await dialog(app).getByRole('button', { name: 'Choose the folder...' }).click();
  await expect(dialog(app).getByText(/free\)$/)).toBeVisible();
}

test.describe('the export of evidence', () => {
  test('from a marked range, a clip and an event; cancelled, resumed, interrupted by the end of the application, encrypted', async ({
    server,
    dataDir,
    launch,
  }) => {
    test.setTimeout(900_000);
    const folder = await mkdtemp(path.join(tmpdir(), 'vas-e2e-evidence-'));
    let app = await launch({ dataDir });
    const camera = await addCamera(app, server, { path: '/gate', launch: h264(), device: { name: 'Gate' } });
    await whenRunning(app, camera.id);
    await whenRecording(app, camera.id, 60_000);
    const begin = Date.now();
    await until('twenty seconds', () => Date.now() > begin + 20_000, { timeoutMs: 40_000 });
    await app.vas.command('bookmarks.capture-live', { device_id: camera.id, label: 'Van', duration: 6 });
    await app.vas.command('devices.stop-stream', { id: camera.id });
    await app.close();
    fillEvents(dataDir, [{ cameraId: camera.id, at: begin + 8_000, label: 'person', confidence: 0.9 }]);
    app = await launch({ dataDir });
    await answerFolderDialog(app, folder);
    await app.resize(1280, 800);

    // A marked range.
    await openScreen(app, 'Playback');
    const goto = app.page.getByTestId('playback-goto');
    const local = (at: number) => {
      const time = new Date(at);
      const two = (value: number) => String(value).padStart(2, '0');
      return `${String(time.getFullYear())}-${two(time.getMonth() + 1)}-${two(time.getDate())} ${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`;
    };
    await goto.fill(local(begin + 3_000));
    await goto.press('Enter');
    await app.page.getByTestId('timeline').focus();
    await app.page.keyboard.press('I');
    await app.page.keyboard.press('ArrowRight');
    await app.page.keyboard.press('ArrowRight');
    await app.page.keyboard.press('O');
    await app.page.getByRole('button', { name: 'Export evidence...' }).click();
    await expect(dialog(app).getByText('Space needed')).toBeVisible(SLOW);
    await expect(dialog(app).getByText(/^about /)).toBeVisible();
    await dialog(app).getByRole('button', { name: 'Export', exact: true }).click();
    await expect(dialog(app).getByText('Say why the package is made.')).toBeVisible();
    await inspectLooks(app, 'evidence-form-errors');
    await fill(app, 'Case 7, theft at the gate');
    await inspectLooks(app, 'evidence-form');
    await dialog(app).getByRole('button', { name: 'Export', exact: true }).click();
    await expect(dialog(app).getByText('The package is complete')).toBeVisible(SLOW);
    await inspectLooks(app, 'evidence-done');
    const [plain = ''] = await readdir(folder);
    expect(await verify(path.join(folder, plain))).toMatchObject({ code: 0 });
    await dialog(app).getByRole('button', { name: 'Close' }).click();
    await app.page.keyboard.press('X');

    // A clip of the gallery, encrypted.
    await openScreen(app, 'Gallery');
    await app.page.getByRole('feed').getByRole('article').first().click();
    await app.page.getByRole('button', { name: 'Export evidence...' }).click();
    // By key: the form still moves while the size is found out.
    await dialog(app).getByRole('checkbox', { name: 'Encrypt with a passphrase' }).press('Space');
    await dialog(app).getByRole('textbox', { name: 'Passphrase' }).fill(PASSPHRASE);
    await fill(app, 'Case 8');
    await inspectLooks(app, 'evidence-encrypt');
    await dialog(app).getByRole('button', { name: 'Export', exact: true }).click();
    await expect(dialog(app).getByText('Encrypting')).toBeVisible(SLOW);
    await app.page.screenshot({ path: 'test-results/screenshots/evidence-encrypting.png' });
    await expect(dialog(app).getByText('The package is complete')).toBeVisible(SLOW);
    const sealed = (await readdir(folder)).find((name) => name.endsWith('.tar.age')) ?? '';
    const right = await verify(path.join(folder, sealed), PASSPHRASE);
    observed(`encrypted: ${right.said.split('\n').join(' | ')}`);
    expect(right.code).toBe(0);
    expect((await verify(path.join(folder, sealed), 'another passphrase')).code).toBe(2);
    await dialog(app).getByRole('button', { name: 'Close' }).click();

    // An event, with the time in the picture; cancelled, resumed, and killed while it is made.
    await openScreen(app, 'Events');
    await app.page.getByRole('feed').getByRole('article').first().click();
    await app.page.getByRole('button', { name: 'Export evidence...' }).click();
    await dialog(app).getByText('With camera and time in the picture').click();
    await fill(app, 'Case 9');
    await dialog(app).getByRole('button', { name: 'Export', exact: true }).click();
    await dialog(app).getByRole('button', { name: 'Cancel export' }).click();
    await expect(dialog(app).getByText('Cancelled', { exact: true })).toBeVisible(SLOW);
    await inspectLooks(app, 'evidence-cancelled');
    await dialog(app).getByRole('button', { name: 'Resume' }).click();
    await expect(dialog(app).getByRole('progressbar')).toBeVisible(SLOW);
    await app.page.screenshot({ path: 'test-results/screenshots/evidence-running.png' });
    await app.kill();

    app = await launch({ dataDir });
    await expect(app.page.getByText('An evidence package was not finished')).toBeVisible(SLOW);
    const half =
      (await readdir(folder)).find((name) => existsSync(path.join(folder, name, 'INCOMPLETE.txt'))) ?? '';
    const unfinished = await verify(path.join(folder, half));
    observed(`interrupted: ${unfinished.said.split('\n').join(' | ')}`);
    expect(unfinished.said).toContain('has not finished this package');
    await app.page.getByRole('button', { name: 'Show', exact: true }).click();
    await expect(dialog(app).getByText('An evidence package was not finished')).toBeVisible();
    await inspectLooks(app, 'evidence-interrupted');
    await dialog(app).getByRole('button', { name: 'Resume' }).click();
    await expect(dialog(app).getByText('The package is complete')).toBeVisible(SLOW);
    expect(await verify(path.join(folder, half))).toMatchObject({ code: 0 });
    await dialog(app).getByRole('button', { name: 'Close' }).click();

    const { entries } = await app.vas.query('audit.list', {
      filter: { actions: ['evidence.export', 'playback.watch'] },
      limit: 100,
    });
    const states = entries.map(({ detail }) => (detail as Partial<EvidenceExport>).state);
    expect(states.filter((state) => state === 'done').length).toBeGreaterThanOrEqual(3);
    expect(states).toContain('cancelled');
    await openScreen(app, 'Settings');
    await app.page.getByRole('tab', { name: 'Audit log', exact: true }).click();
    await expect(app.page.getByTestId('audit-row').first()).toBeVisible();
    await inspectLooks(app, 'evidence-audit');
    await rm(folder, { recursive: true, force: true });
  });
});
