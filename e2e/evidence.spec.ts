import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { h264 } from '../scripts/cameras/launches';
import { addCamera, whenRunning } from './support/cameras';
import { answerFolderDialog } from './support/dialogs';
import { inspectLooks } from './support/looks';
import { whenRecording } from './support/recordings';
import { until } from './support/wait';
import { expect, observed, test } from './fixtures';
import { openScreen } from './support/screens';

test.describe('evidence', () => {
  test('a package is made, its page says that it is unaltered, and what was done to it', async ({
    server,
    launch,
  }) => {
    test.setTimeout(240_000);
    const folder = await mkdtemp(path.join(tmpdir(), 'vas-e2e-evidence-'));
    const app = await launch();
    const { vas, page } = app;
    const camera = await addCamera(app, server, { path: '/gate', launch: h264(), device: { name: 'Gate' } });
    await whenRunning(app, camera.id);
    await whenRecording(app, camera.id);
    const start = new Date(Date.now() - 2_000);
    await new Promise((resolve) => setTimeout(resolve, 12_000));
    await answerFolderDialog(app, folder);
    const { chosen } = await vas.command('evidence.choose-folder', {});
    await vas.command('evidence.export', {
      ...{ camera_ids: [camera.id], start: start.toISOString(), end: new Date().toISOString() },
      ...{ token: chosen?.token ?? '', reason: 'Case 7' },
    });
    const at = await until('the package is complete', async () => {
      const [name] = await readdir(folder);
      const files = name === undefined ? [] : await readdir(path.join(folder, name));
      return files.includes('verify.html') && files.includes('README.txt') && path.join(folder, name ?? '');
    });

    const said = async (): Promise<string> => {
      const opened = app.electronApp.waitForEvent('window');
      await app.electronApp.evaluate(
        ({ BrowserWindow }, file) => {
          // A session of its own, as a browser: the application's reads no files.
          const webPreferences = { partition: 'verifier', sandbox: true };
          void new BrowserWindow({ width: 1000, height: 700, webPreferences }).loadFile(file);
        },
        path.join(at, 'verify.html'),
      );
      const verifier = await opened;
      await verifier.waitForLoadState('load');
      await verifier.locator('#files').setInputFiles(at);
      await expect(verifier.locator('h2')).toBeVisible();
      await verifier.screenshot({ path: 'test-results/screenshots/evidence-page.png' });
      const text = await verifier.locator('#result').innerText();
      await verifier.close();
      return text;
    };
    const { fingerprint } = await vas.query('evidence.key', {});
    const whole = await said();
    expect(whole).toContain('The manifest is signed and unaltered.');
    expect(whole.replaceAll(' ', '')).toContain(fingerprint);
    expect(whole).toContain('Unaltered');
    const names = await readdir(at, { recursive: true });
    const video = path.join(at, names.find((name) => name.endsWith('.mp4')) ?? '');
    const bytes = await readFile(video);
    const changed = Buffer.from(bytes);
    changed[5000] = (changed[5000] ?? 0) ^ 1;
    await writeFile(video, changed);
    expect(await said()).toContain('altered: the first difference is between byte 0 and byte');
    await writeFile(video, bytes);
    const manifest = await readFile(path.join(at, 'manifest.json'), 'utf8');
    await writeFile(path.join(at, 'manifest.json'), manifest.replace('Case 7', 'Case 8'));
    const edited = await said();
    expect(edited).toContain('The manifest was edited after it was signed');
    observed(edited.split('\n').slice(0, 2).join(' | '));

    await openScreen(app, 'Settings');
    await page.getByRole('tab', { name: 'About', exact: true }).click();
    await expect(page.getByText(fingerprint.slice(0, 4)).first()).toBeVisible();
    await inspectLooks(app, 'evidence-about');
    await rm(folder, { recursive: true, force: true });
  });
});
