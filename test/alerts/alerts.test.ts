import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, uptime } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Alert } from '../../contract';
import { createAlertFeed } from '../../main/api/alertFeed';
import { systemClock } from '../../main/base/clock';
import { DisposableStore } from '../../main/base/disposable';
import { VasError } from '../../main/base/errors';
import { silentLogger } from '../../main/base/logger';
import { openAliveNote } from '../../main/health/alerts/aliveNote';
import type { Alerts } from '../../main/health/alerts/alerts';
import { createAlerts } from '../../main/health/alerts/alerts';
import type { Kernel } from '../../main/kernel/kernel';
import { createKernel } from '../../main/kernel/kernel';
import { runtime } from '../../main/kernel/live/testing/runtime';
import { openStore } from '../../main/store/store';
import { startCameraServer } from '../../scripts/cameras/camera';
import { h264 } from '../../scripts/cameras/launches';
import { until } from '../ingest/support';

const execute = promisify(execFile);
const isRoot = process.getuid?.() === 0;
if (!isRoot) process.stderr.write('skipped: alerts of a real disk mount a tmpfs, which only root may do\n');

/** A key store that can be locked. */
function vault() {
  const state = { locked: false };
  return {
    state,
    protection: () => 'strong' as const,
    backend: () => 'test',
    encrypt: (plain: string) => Promise.resolve(new TextEncoder().encode(`sealed:${plain}`)),
    decrypt: (sealed: Uint8Array) =>
      state.locked
        ? Promise.reject(new VasError('unavailable', 'The key store is locked.'))
        : Promise.resolve(new TextDecoder().decode(sealed).slice('sealed:'.length)),
  };
}

interface Workstation {
  readonly kernel: Kernel;
  readonly alerts: Alerts;
  readonly dataDir: string;
  readonly lock: { locked: boolean };
  /** The newest value of the subscription. */
  shown(): readonly Alert[];
  /** Ends as the application does: the note of being alive last. */
  end(): Promise<void>;
}

/** Store, kernel and alerts as the application wires them, on a data folder that goes with the test. */
async function start(given?: string): Promise<Workstation> {
  const dataDir = given ?? (await dataFolder());
  const { workerBin, ffmpegPath } = runtime();
  const keys = vault();
  const owned = new DisposableStore();
  onTestFinished(() => owned.dispose());
  const log = silentLogger();
  const workersDir = path.resolve('dist/workers');
  await mkdir(path.join(dataDir, 'run'), { recursive: true });
  const store = owned.add(
    await openStore({
      ...{ dataDir, log, userName: 'alex', now: () => systemClock.wallUs() },
      workerPath: path.join(workersDir, 'store.worker.cjs'),
    }),
  );
  const note = owned.add(await openAliveNote(path.join(dataDir, 'run', 'alive'), systemClock, log));
  const kernel = owned.add(
    await createKernel({
      ...{ dataDir, workersDir, store, vault: keys, clock: systemClock, cores: 1, log },
      programs: { ffmpeg: ffmpegPath, ffprobe: 'ffprobe', mediasoupWorker: workerBin },
    }),
  );
  const alerts = owned.add(
    await createAlerts({
      sources: {
        statuses: () => kernel.ingest.statuses(),
        shallRecord: (cameraId) => kernel.recording.isRecording(cameraId),
        onStatus: (listener) => kernel.ingest.onStatus(listener),
        onCamerasChanged: (listener) => kernel.cameras.onChanged(listener),
        refusedSweep: () => null,
        recordingsSpace: () => kernel.recording.space(),
      },
      ...{ store, clock: systemClock, log, dataDir, bootSeconds: () => uptime() },
      uncleanEndUs: note.uncleanEndUs,
      settings: () => ({ offlineAfterMs: 3_000, historyDays: 30 }),
    }),
  );
  const feed = owned.add(createAlertFeed(alerts, systemClock));
  let shown: readonly Alert[] = [];
  feed.subscribe((value) => (shown = value.alerts));
  await kernel.start();
  return { kernel, alerts, dataDir, lock: keys.state, shown: () => shown, end: () => owned.dispose() };
}

async function dataFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vas-alerts-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function camera(at: Workstation, more: Record<string, unknown> = {}) {
  const server = await startCameraServer();
  onTestFinished(() => server.stop());
  const launch = h264({ width: 320, height: 180, fps: 10 });
  const { username, password } = more as { username?: string; password?: string };
  const mount = () =>
    server.mount({
      path: '/gate',
      launch,
      ...(username && password ? { user: username, password } : {}),
    });
  await mount();
  const { id } = await at.kernel.cameras.create({ name: 'Gate', rtsp_url: server.url('/gate'), ...more });
  await whenRunning(at, id);
  return { id, server, mount };
}

const whenRunning = (at: Workstation, id: string) =>
  until('the camera runs', () => at.kernel.ingest.status(id)?.phase === 'running', 60_000);
const history = (at: Workstation) => at.alerts.history({ limit: 9 });

describe('alerts of a real workstation', () => {
  it('a camera that stops, returns, and what is left of it after a restart', async () => {
    const at = await start();
    const { id, server, mount } = await camera(at);
    // Cut connections: back within a second, so nobody is called.
    await server.kick();
    await whenRunning(at, id);
    expect(at.shown()).toEqual([]);

    const stoppedMs = Date.now();
    await server.unmount('/gate');
    await until('the alert', () => at.shown().length === 1, 60_000);
    const [alert] = at.shown();
    expect(alert).toMatchObject({
      ...{ kind: 'camera-offline', severity: 'urgent', camera_id: id, camera_name: 'Gate' },
      ...{ is_active: true, cleared_at: null, acknowledged_at: null },
    });
    expect(Date.parse(alert?.raised_at ?? '')).toBeGreaterThanOrEqual(stoppedMs - 1000);
    await until('why', () => at.shown()[0]?.detail.fault === 'not_found', 60_000);

    expect(await at.alerts.acknowledge([alert?.id ?? ''])).toBe(1);
    await until('it is acknowledged', () => at.shown()[0]?.acknowledged_at != null);
    expect(at.shown()[0]?.acknowledged_by).toBe('alex');
    await mount();
    await until('it is over', () => at.shown().length === 0, 60_000);
    await at.end();

    const again = await start(at.dataDir);
    expect(await history(again)).toMatchObject([
      { id: alert?.id, cameraName: 'Gate', acknowledgedBy: { name: 'alex' } },
    ]);
    expect(again.shown(), 'the end was clean').toEqual([]);
  }, 180_000);

  it('passwords that cannot be opened are one alert with the names of their cameras', async () => {
    const at = await start();
    const { server } = await camera(at, { username: 'op', password: 'secret-word' });
    at.lock.locked = true;
    await server.kick();
    await until('the alert', () => at.shown().some(({ kind }) => kind === 'keystore-locked'), 60_000);
    expect(at.shown()).toMatchObject([
      { kind: 'keystore-locked', camera_id: null, detail: { cameras: ['Gate'], camera_count: 1 } },
    ]);
    expect(JSON.stringify(await history(at))).not.toContain('secret-word');
    at.lock.locked = false;
    await until('it is over', () => at.shown()[0]?.cleared_at != null, 60_000);
  }, 180_000);

  it.runIf(isRoot)(
    'a disk that runs full, and one that cannot be written',
    async () => {
      const dataDir = await dataFolder();
      const disk = path.join(dataDir, 'recordings');
      await mkdir(disk);
      const remount = (options: string) => execute('mount', ['-o', `remount,${options}`, disk]);
      await execute('mount', ['-t', 'tmpfs', '-o', 'size=3g', 'tmpfs', disk]);
      onTestFinished(async () => void (await execute('umount', ['-l', disk])));
      const at = await start(dataDir);
      const { id } = await camera(at);
      const of = (kind: string) => at.shown().find((one) => one.kind === kind);

      await remount('size=64m');
      await until('the disk is told', () => of('disk-nearly-full') !== undefined, 60_000);
      expect(of('disk-nearly-full')).toMatchObject({ subject: 'recordings', severity: 'urgent' });
      expect(of('disk-nearly-full')?.detail.free_bytes).toBeLessThan(64 * 1024 ** 2);
      await remount('size=3g');
      await until('there is space', () => of('disk-nearly-full')?.cleared_at != null, 60_000);

      await remount('size=1m');
      await at.kernel.cameras.stopStream(id);
      await at.kernel.cameras.startStream(id);
      await until('recording is told', () => of('recording-stopped') !== undefined, 60_000);
      expect(of('recording-stopped')).toMatchObject({
        ...{ camera_id: id, camera_name: 'Gate', detail: { reason: 'storage' }, is_active: true },
      });
      expect(of('camera-offline'), 'the camera is fine').toBeUndefined();
      await remount('size=3g');
      await until('it records again', () => of('recording-stopped')?.cleared_at != null, 90_000);
    },
    300_000,
  );
});
