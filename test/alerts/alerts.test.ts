import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Alert, ResponseOf } from '../../contract';
import { createApplication } from '../../main/application';
import type { Application } from '../../main/application';
import { VasError } from '../../main/base/errors';
import { silentLogger } from '../../main/base/logger';
import { runtime } from '../../main/kernel/live/testing/runtime';
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
  readonly app: Application;
  readonly dataDir: string;
  readonly lock: { locked: boolean };
  /** The newest value of the subscription. */
  alerts(): readonly Alert[];
  call<T = unknown>(kind: 'query' | 'command', name: string, request: unknown): Promise<T>;
}

/** The main process without its shell, on a data folder that goes with the test. */
async function start(given?: string): Promise<Workstation> {
  const dataDir = given ?? (await dataFolder());
  const { workerBin, ffmpegPath } = runtime();
  const keys = vault();
  const app = await createApplication({
    dataDir,
    programs: { ffmpeg: ffmpegPath, ffprobe: 'ffprobe', mediasoupWorker: workerBin },
    workersDir: path.resolve('dist/workers'),
    vault: keys,
    // Nobody sits here.
    dialogs: {
      chooseFolder: () => Promise.resolve(null),
      saveFile: () => Promise.resolve(null),
      openFile: () => Promise.resolve(null),
      showFolder: () => Promise.resolve(),
    },
    desktop: {
      state: () => Promise.reject(new Error('there is no desktop')),
      update: () => Promise.reject(new Error('there is no desktop')),
      quit: () => undefined,
      subscribeQuestion: () => () => undefined,
      answer: () => undefined,
    },
    windows: {
      subscribe: () => () => undefined,
      subscribeRequests: () => () => undefined,
      openWall: () => ({ id: 'none' }),
      closeWall: () => undefined,
      setFullScreen: () => undefined,
      showMain: () => undefined,
    },
    versions: { app: '0', electron: '0', chrome: '0' },
    demoCamera: null,
    log: silentLogger(),
  });
  onTestFinished(() => app.dispose());
  let alerts: readonly Alert[] = [];
  app.api.subscribe('alerts.active', {}, (value) => {
    ({ alerts } = value as ResponseOf<'alerts.active'>);
  });
  const call = async <T>(kind: string, name: string, request: unknown) => {
    const reply = await app.api.call('test', kind, name, request);
    if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`);
    return reply.data as T;
  };
  await call('command', 'settings.update', { alert_offline_seconds: 3 });
  return { app, dataDir, lock: keys.state, alerts: () => alerts, call };
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
  const { id } = await at.call<{ id: string }>('command', 'devices.create', {
    name: 'Gate',
    rtsp_url: server.url('/gate'),
    ...more,
  });
  await whenRunning(at, id);
  return { id, server, mount };
}

const whenRunning = async (at: Workstation, id: string) => {
  let isRunning = false;
  const stop = at.app.api.subscribe('streams.states', {}, (value) => {
    const { streams } = value as ResponseOf<'streams.states'>;
    isRunning = streams.some(({ camera_id, phase }) => camera_id === id && phase === 'running');
  });
  await until('the camera runs', () => isRunning, 60_000);
  stop();
};
const history = async (at: Workstation) =>
  (await at.call<ResponseOf<'alerts.history'>>('query', 'alerts.history', {})).alerts;

describe('alerts of a real workstation', () => {
  it('a camera that stops, returns, and what is left of it after a restart', async () => {
    const at = await start();
    const { id, server, mount } = await camera(at);
    // Cut connections: back within a second, so nobody is called.
    await server.kick();
    await whenRunning(at, id);
    expect(at.alerts()).toEqual([]);

    const stoppedMs = Date.now();
    await server.unmount('/gate');
    await until('the alert', () => at.alerts().length === 1, 60_000);
    const [alert] = at.alerts();
    expect(alert).toMatchObject({
      ...{ kind: 'camera-offline', severity: 'urgent', camera_id: id, camera_name: 'Gate' },
      ...{ is_active: true, cleared_at: null, acknowledged_at: null },
    });
    expect(Date.parse(alert?.raised_at ?? '')).toBeGreaterThanOrEqual(stoppedMs - 1000);
    await until('why', () => at.alerts()[0]?.detail.fault === 'not_found', 60_000);

    expect(await at.call('command', 'alerts.acknowledge', { ids: [alert?.id] })).toEqual({ acknowledged: 1 });
    await until('it is acknowledged', () => at.alerts()[0]?.acknowledged_at != null);
    expect(at.alerts()[0]?.acknowledged_by).toBeTruthy();
    await mount();
    await until('it is over', () => at.alerts().length === 0, 60_000);
    await at.app.dispose();

    const again = await start(at.dataDir);
    expect(await history(again)).toMatchObject([
      { id: alert?.id, camera_name: 'Gate', is_active: false, acknowledged_by: expect.any(String) as string },
    ]);
    expect(again.alerts(), 'the end was clean').toEqual([]);
  }, 180_000);

  it('passwords that cannot be opened are one alert with the names of their cameras', async () => {
    const at = await start();
    const { server } = await camera(at, { username: 'op', password: 'secret-word' });
    at.lock.locked = true;
    await server.kick();
    await until('the alert', () => at.alerts().some(({ kind }) => kind === 'keystore-locked'), 60_000);
    expect(at.alerts()).toMatchObject([
      { kind: 'keystore-locked', camera_id: null, detail: { cameras: ['Gate'], camera_count: 1 } },
    ]);
    expect(JSON.stringify(await history(at))).not.toContain('secret-word');
    at.lock.locked = false;
    await until('it is over', () => at.alerts()[0]?.cleared_at != null, 60_000);
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
      const of = (kind: string) => at.alerts().find((one) => one.kind === kind);

      await remount('size=64m');
      await until('the disk is told', () => of('disk-nearly-full') !== undefined, 60_000);
      expect(of('disk-nearly-full')).toMatchObject({ subject: 'recordings', severity: 'urgent' });
      expect(of('disk-nearly-full')?.detail.free_bytes).toBeLessThan(64 * 1024 ** 2);
      await remount('size=3g');
      await until('there is space', () => of('disk-nearly-full')?.cleared_at != null, 60_000);

      await remount('size=1m');
      await at.call('command', 'devices.stop-stream', { id });
      await at.call('command', 'devices.start-stream', { id });
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
