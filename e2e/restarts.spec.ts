import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { h264 } from '../scripts/cameras/launches';
import { expect, measured, observed, test } from './fixtures';
import { startBare } from './support/bareProcess';
import { addCamera, whenRunning } from './support/cameras';
import { filesBelow } from './support/files';
import { familyOf, stillRuns } from './support/processes';
import { readEverySegment, segmentsOf, whenRecording } from './support/recordings';
import { windowTitles } from './support/screen';
import { showInTile } from './support/screens';
import { timeUntil, until } from './support/wait';

const small = { width: 320, height: 180 } as const;

test('quitting while everything runs ends in order', async ({ dataDir, server, launch }) => {
  const app = await launch({ dataDir });
  const camera = await addCamera(app, server, { path: '/quit', launch: h264(small) });
  await whenRunning(app, camera.id);
  const tile = await showInTile(app, camera);
  await tile.whenState('live');
  await whenRecording(app, camera.id);
  const report = await app.close();
  measured('application quit while recording', report.elapsedMs);
  expect(report.exitCode).toBe(0);
  await readEverySegment(dataDir, camera.id);
});

test('a second start on the same data brings the first window forward', async ({
  dataDir,
  server,
  launch,
}) => {
  const app = await launch({ dataDir });
  const camera = await addCamera(app, server, { path: '/second', launch: h264(small) });
  await whenRunning(app, camera.id);
  await app.electronApp.evaluate(({ app: shell, BrowserWindow }) => {
    const globals = globalThis as unknown as { vasTestSecond: number };
    globals.vasTestSecond = 0;
    shell.on('second-instance', () => globals.vasTestSecond++);
    BrowserWindow.getAllWindows()[0]?.minimize();
  });
  app.problems.allow('Chromium on minimising without a window manager', /atom_cache\.cc.*WM_CHANGE_STATE/);
  const pid = await app.vas.pidOf('ingest', camera.id);
  const second = startBare(dataDir);
  try {
    const code = await Promise.race([
      second.ended,
      app.page.waitForTimeout(20_000).then(() => 'still running'),
    ]);
    expect(code, 'the second one ends by itself').toBe(0);
  } finally {
    await second.kill();
  }
  const notified = () =>
    app.electronApp.evaluate(() => (globalThis as unknown as { vasTestSecond: number }).vasTestSecond);
  await until('the first one hears of it', async () => (await notified()) === 1);
  await until('its window is on the screen again', () =>
    app.electronApp.evaluate(
      ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMinimized() === false,
    ),
  );
  await until(
    'nothing of the second one is left',
    () => !familyOf(second.child.pid ?? 0, 'no such marker').some(stillRuns),
  );
  expect(await app.vas.pidOf('ingest', camera.id), 'the first one was not disturbed').toBe(pid);
  await whenRecording(app, camera.id);
});

test('cameras, passwords and recordings survive a restart', async ({ dataDir, server, launch }) => {
  const first = await launch({ dataDir });
  const camera = await addCamera(first, server, {
    path: '/again',
    launch: h264(small),
    user: 'viewer',
    password: 'se cret',
    device: { name: 'Door', location: 'North side' },
  });
  await whenRunning(first, camera.id);
  await whenRecording(first, camera.id);
  await first.close();

  const started = performance.now();
  const second = await launch({ dataDir });
  await whenRunning(second, camera.id);
  measured('restart: the camera runs by itself after', performance.now() - started);
  const { devices } = await second.vas.query('devices.list', {});
  expect(devices).toHaveLength(1);
  expect(devices[0]).toMatchObject({
    id: camera.id,
    name: 'Door',
    location: 'North side',
    has_password: true,
    is_active: true,
  });
  const rows = await segmentsOf(second, camera.id);
  expect(rows.length).toBeGreaterThan(0);
  await whenRecording(second, camera.id);
  expect(await second.vas.query('secrets.status', {})).toMatchObject({ accepted: true });

  // A deleted camera stays deleted; its recordings stay.
  await second.vas.command('devices.delete', { id: camera.id });
  await second.close();
  const third = await launch({ dataDir });
  expect((await third.vas.query('devices.list', {})).total).toBe(0);
  expect((await segmentsOf(third, camera.id)).length).toBeGreaterThanOrEqual(rows.length);
});

test('a database of a newer version is refused and left alone', async ({ dataDir, launch }) => {
  const app = await launch({ dataDir });
  await app.vas.query('devices.list', {});
  await app.close();
  const file = path.join(dataDir, 'vas.db');
  const database = new Database(file);
  const version = database.pragma('user_version', { simple: true }) as number;
  expect(version).toBeGreaterThan(0);
  database.pragma(`user_version = ${String(version + 1_000)}`);
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
  const hash = () => createHash('sha256').update(readFileSync(file)).digest('hex');
  const before = hash();

  const refused = startBare(dataDir);
  try {
    const logged = await until('the log says why', () =>
      filesBelow(path.join(dataDir, 'logs'))
        .flatMap((one) => readFileSync(one, 'utf8').split('\n'))
        .find((line) => line.includes('could not start')),
    );
    expect(logged).toMatch(/newer/i);
    observed(`newer database: ${(JSON.parse(logged) as { err: { message: string } }).err.message}`);
    await until('the terminal tells it', () => /cannot start: .*newer/i.test(refused.output()));
    // A person sees it too; GTK calls the window of an error box `Error`.
    await until('the dialog is on the screen', async () =>
      (await windowTitles()).some((title) => /^Error$|cannot start/.test(title)),
    );
  } finally {
    await refused.kill();
  }
  expect(hash(), 'the database is untouched').toBe(before);
});

test('a damaged event database costs the history, not video', async ({ dataDir, server, launch }) => {
  const first = await launch({ dataDir });
  const camera = await addCamera(first, server, { path: '/events', launch: h264(small) });
  await whenRunning(first, camera.id);
  await first.close();
  writeFileSync(path.join(dataDir, 'events.db'), 'not a database'.repeat(1_000));
  for (const suffix of ['-wal', '-shm']) rmSync(path.join(dataDir, `events.db${suffix}`), { force: true });
  const second = await launch({ dataDir });
  second.problems.allow('the test damaged it', /events are not stored|not a database/);
  await whenRunning(second, camera.id);
  await whenRecording(second, camera.id);
  expect(await second.vas.call('query', 'ai-events.list', {})).toMatchObject({
    ok: false,
    error: { status: 503 },
  });
});

test('an application without cameras starts and quits quickly', async ({ dataDir, launch }) => {
  const elapsed = await timeUntil('the first query is answered', async () => {
    const app = await launch({ dataDir });
    return (await app.vas.query('devices.list', {})).total === 0;
  });
  measured('start to the first answer, test driver included', elapsed);
});
