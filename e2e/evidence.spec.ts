import { spawnSync } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { h264 } from '../scripts/cameras/launches';
import { addCamera, whenRunning } from './support/cameras';
import { answerFolderDialog } from './support/dialogs';
import { graveViolations, inspectLooks } from './support/looks';
import { recordedFiles } from './support/files';
import { segmentsOf, whenRecording } from './support/recordings';
import { repositoryRoot } from './support/runtime';
import { until } from './support/wait';
import { expect, observed, test } from './fixtures';
import { openScreen } from './support/screens';

test.describe('evidence', () => {
  test('a package is made, its page says that it is unaltered, and what was done to it', async ({
    server,
    dataDir,
    launch,
  }) => {
    test.setTimeout(600_000);
    const folder = await mkdtemp(path.join(tmpdir(), 'vas-e2e-evidence-'));
    const app = await launch({ dataDir });
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

    const said = async (look?: string): Promise<string> => {
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
      for (const colorScheme of look === undefined ? [] : (['dark', 'light'] as const)) {
        await verifier.emulateMedia({ colorScheme });
        const file = `test-results/screenshots/evidence-page-${look ?? ''}-${colorScheme}.png`;
        await verifier.screenshot({ path: file });
        expect.soft(await graveViolations(verifier), file).toEqual([]);
      }
      const text = await verifier.locator('#result').innerText();
      await verifier.close();
      return text;
    };
    const { fingerprint } = await vas.query('evidence.key', {});
    const whole = await said('unaltered');
    expect(whole).toContain('The manifest is signed and unaltered.');
    expect(whole.replaceAll(' ', '')).toContain(fingerprint);
    expect(whole).toContain('Unaltered');
    const names = await readdir(at, { recursive: true });
    const video = path.join(at, names.find((name) => name.endsWith('.mp4')) ?? '');
    const bytes = await readFile(video);
    const changed = Buffer.from(bytes);
    changed[5000] = (changed[5000] ?? 0) ^ 1;
    await writeFile(video, changed);
    const line = (text: string, part: string) => text.split('\n').find((one) => one.includes(part)) ?? text;
    const byte = await said('altered');
    expect(byte).toContain('One file is not as it was.');
    expect(byte).toContain('altered: the first difference is between byte 0 and byte');
    observed(`one byte changed: ${line(byte, 'altered:')}`);
    await writeFile(video, bytes.subarray(0, bytes.length - 100));
    observed(`cut off: ${line(await said(), 'altered:')}`);
    const [segment = ''] = recordedFiles(dataDir, camera.id);
    await copyFile(segment, video);
    const swapped = await said();
    expect(swapped).toContain('altered:');
    observed(`another file in its place: ${line(swapped, 'altered:')}`);
    await rm(video);
    observed(`a file taken away: ${line(await said('missing'), 'missing')}`);
    await writeFile(video, bytes);
    const manifest = await readFile(path.join(at, 'manifest.json'), 'utf8');
    await writeFile(path.join(at, 'manifest.json'), manifest.replace('Case 7', 'Case 8'));
    const edited = await said('edited');
    expect(edited).toContain('The manifest was edited after it was signed');
    observed(`manifest edited: ${edited.split('\n').filter(Boolean).slice(0, 2).join(' | ')}`);

    await openScreen(app, 'Settings');
    await page.getByRole('tab', { name: 'About', exact: true }).click();
    await expect(page.getByText(fingerprint.slice(0, 4)).first()).toBeVisible();
    await inspectLooks(app, 'evidence-about');
    await rm(folder, { recursive: true, force: true });

    // The archive itself: segments of two runs, of which one is taken away behind the application's back.
    const stopped = async (count: number) => {
      await vas.command('devices.stop-stream', { id: camera.id });
      await until(
        `${String(count)} segments`,
        async () => (await segmentsOf(app, camera.id)).length >= count,
      );
    };
    await stopped(1);
    await vas.command('devices.start-stream', { id: camera.id });
    await whenRunning(app, camera.id);
    await whenRecording(app, camera.id);
    await stopped((await segmentsOf(app, camera.id)).length + 1);
    await app.close();
    const check = () => {
      const script = ['scripts/archive/check.mjs', '--data', dataDir];
      const { status, stdout } = spawnSync(process.execPath, script, {
        ...{ cwd: repositoryRoot, encoding: 'utf8' },
      });
      return { status, found: stdout.split('\n').filter((one) => one.startsWith('chain-')) };
    };
    expect(check()).toEqual({ status: 0, found: [] });
    const db = new Database(path.join(dataDir, 'vas.db'));
    const rows = db
      .prepare<[], { id: string; path: string; seq: number }>(
        'SELECT id, path, chain_seq AS seq FROM segments WHERE chain_seq IS NOT NULL ORDER BY chain_seq',
      )
      .all();
    const takeAway = async ({ id, path: file }: { readonly id: string; readonly path: string }) => {
      db.prepare('DELETE FROM segments WHERE id = ?').run(id);
      await rm(path.join(dataDir, 'recordings', file));
    };
    const [oldest, newest] = [rows[0], rows.at(-1)];
    if (!oldest || !newest || oldest.id === newest.id) throw new Error('no two segments');
    await takeAway(newest);
    const { chain } = db
      .prepare<[number], { chain: Buffer }>('SELECT chain FROM segments WHERE chain_seq = ?')
      .get(newest.seq - 1) ?? { chain: Buffer.alloc(32) };
    db.prepare('UPDATE segment_chain_heads SET seq = ?, chain = ?').run(newest.seq - 1, chain);
    const last = check();
    expect(last).toMatchObject({ status: 1 });
    observed(`newest segment taken away, with its row and the end on record: ${last.found.join(' | ')}`);
    expect(last.found.join()).toContain('the newest entries were taken away');
    await takeAway(oldest);
    const first = check();
    observed(`a segment taken away with its row: ${first.found.join(' | ')}`);
    expect(first.found.join()).toContain('rows were taken away without a note');
    db.close();
  });
});
