import { rmSync } from 'node:fs';
import type { CameraServer } from '../scripts/cameras/camera';
import { startCameraServer } from '../scripts/cameras/camera';
import { h264 } from '../scripts/cameras/launches';
import type { Device, StreamState } from '../contract';
import type { RunningApp } from './app';
import { launchApp } from './app';
import { expect, finish, measured, observed, temporaryDataDir, test } from './fixtures';
import { addCamera, whenRunning } from './support/cameras';
import { incomingRuns, recordedFiles } from './support/files';
import {
  expectNoOverlap,
  readEverySegment,
  segmentsOf,
  whenNewRun,
  whenRecording,
} from './support/recordings';
import { showInTile } from './support/screens';
import type { Tile } from './support/tile';
import { timeUntil, until } from './support/wait';

/** SIGKILL while recording, one part after the other: what recovers, how fast, and that every segment reads. */
test.describe.serial('parts that die while recording', () => {
  let server: CameraServer;
  let dataDir: string;
  let app: RunningApp;
  let camera: Device;
  let tile: Tile;

  test.beforeAll(async () => {
    server = await startCameraServer();
    dataDir = await temporaryDataDir();
    app = await launchApp({ dataDir });
    camera = await addCamera(app, server, { path: '/crash', launch: h264() });
    await whenRunning(app, camera.id);
    tile = await showInTile(app, camera);
    await tile.whenState('live');
    await whenRecording(app, camera.id);
  });

  test.afterAll(async () => {
    await finish(app, test.info());
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const stream = async (): Promise<StreamState> => {
    const state = await app.vas.streamState(camera.id);
    if (!state) throw new Error('the stream has no state');
    return state;
  };
  const ingestPid = () => app.vas.pidOf('ingest', camera.id);

  test('ingest FFmpeg', async () => {
    const before = await stream();
    const pid = await until('the ingest has a pid', ingestPid);
    const known = incomingRuns(app.dataDir, camera.id);
    process.kill(pid, 'SIGKILL');
    const killed = performance.now();
    const noticed = await timeUntil(
      'the stream is not running',
      async () => (await stream()).phase !== 'running',
      {
        everyMs: 10,
        timeoutMs: 10_000,
      },
    );
    measured('FFmpeg killed: noticed after', noticed);
    await whenNewRun(app, camera.id, known);
    measured('FFmpeg killed: recording again after', performance.now() - killed);
    expect(performance.now() - killed).toBeLessThan(25_000);
    await whenRunning(app, camera.id);
    const after = await stream();
    expect(await ingestPid()).not.toBe(pid);
    expect(after.reconnects).toBe(before.reconnects + 1);
    expect(after.producer_id, 'the same codec keeps the producer').toBe(before.producer_id);
    await tile.whenState('live');
    await tile.whenMoreFrames(15);
    await tile.whenPixelsChange();
  });

  test('mediasoup-worker', async () => {
    const { processes, sfu } = await app.vas.query('health.get', {});
    const workers = app.family().filter((one) => /mediasoup-worker/.test(one.commandLine));
    expect(workers.length).toBe(sfu.workers);
    const filesBefore = recordedFiles(app.dataDir, camera.id).length;
    app.problems.allow('the test kills the worker', /mediasoup-worker died/);
    for (const worker of workers) process.kill(worker.pid, 'SIGKILL');
    const killed = performance.now();
    await tile.whenState(['stalled', 'connecting', 'reconnecting', 'offline'], 10_000);
    measured('mediasoup-worker killed: tile noticed after', performance.now() - killed);
    await tile.whenState('live');
    await tile.whenMoreFrames(15);
    measured('mediasoup-worker killed: live again after', performance.now() - killed);
    expect(performance.now() - killed).toBeLessThan(40_000);
    await whenRecording(app, camera.id);
    const after = await app.vas.query('health.get', {});
    expect(after.sfu.workers).toBe(sfu.workers);
    expect(after.sfu.producers).toBe(sfu.producers);
    const restarted = processes.find((one) => one.kind === 'ingest')?.pid !== (await ingestPid());
    const added = recordedFiles(app.dataDir, camera.id).length - filesBefore;
    observed(`mediasoup-worker killed: ingest restarted ${String(restarted)}, files added ${String(added)}`);
  });

  test('page process', async () => {
    const before = await stream();
    const pid = await ingestPid();
    app.problems.allow('the test kills the page', /page process ended/);
    const rendererPid = await app.electronApp.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
    );
    expect(rendererPid).toBeGreaterThan(0);
    process.kill(rendererPid ?? 0, 'SIGKILL');
    const killed = performance.now();
    // The inspector's page died with the process: from here on the test asks through the main process.
    const inPage = <T>(code: string): Promise<T | null> =>
      app.electronApp.evaluate(({ BrowserWindow }, source) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        if (!contents || contents.isCrashed() || contents.isLoading()) return null;
        // A script that was begun in the dying page never ends.
        const never = new Promise<null>((resolve) => setTimeout(() => resolve(null), 2_000));
        return Promise.race([contents.executeJavaScript(source) as Promise<T>, never]);
      }, code);
    const liveFrames = () =>
      inPage<number>(
        `Number(document.querySelector('[data-camera-id="${camera.id}"][data-state="live"] [data-testid="video"]')?.dataset.frames ?? 0)`,
      );
    await until('the page is back with a live picture', async () => ((await liveFrames()) ?? 0) > 15, {
      timeoutMs: 30_000,
    });
    measured('page killed: live again after', performance.now() - killed);
    const health = await inPage<{
      ok: true;
      data: { processes: { kind: string; pid: number }[]; sfu: { consumers: number; transports: number } };
    }>(`window.vas.query('health.get', {})`);
    expect(health?.data.processes.find((one) => one.kind === 'ingest')?.pid, 'recording went on').toBe(pid);
    expect(health?.data.sfu.consumers, "the dead page's consumers are closed").toBe(1);
    const states = await inPage<StreamState>(
      `new Promise((done) => { const stop = window.vas.subscribe('streams.states', {}, (v) => { stop(); done(v.streams[0]); }); })`,
    );
    expect(states?.producer_id).toBe(before.producer_id);
    expect(states?.reconnects).toBe(before.reconnects);
  });

  test('the whole application', async () => {
    await whenRecording(app, camera.id);
    const killedAt = Date.now();
    const elapsed = await app.kill();
    measured('application killed: last child gone after', elapsed);
    const files = await readEverySegment(app.dataDir, camera.id);
    // Of the runs before and after the end of FFmpeg above, at least.
    expect(files.size).toBeGreaterThanOrEqual(2);

    const known = incomingRuns(dataDir, camera.id);
    const restartedAt = performance.now();
    app = await launchApp({ dataDir });
    app.problems.allow(
      'the log of the killed application is in the same folder',
      /mediasoup-worker died|page process ended/,
    );
    await whenRunning(app, camera.id);
    await whenNewRun(app, camera.id, known);
    measured(
      'application killed: recording again after a restart that took',
      performance.now() - restartedAt,
    );
    const segments = await until('the interrupted segment is registered', async () => {
      const rows = await segmentsOf(app, camera.id);
      return rows.filter((row) => Date.parse(row.start) < killedAt).length >= files.size ? rows : null;
    });
    expectNoOverlap(segments);
    const last = segments.filter((row) => Date.parse(row.start) < killedAt).at(-1);
    const lostMs = killedAt - Date.parse(last?.end ?? '');
    measured('application killed: footage lost before the kill', lostMs);
    // Bar: 1 s beyond one GOP of 1 s; the limit leaves room for the clocks of a busy machine.
    expect(lostMs).toBeLessThan(4_000);
    await app.close();
    await readEverySegment(app.dataDir, camera.id);
  });
});
