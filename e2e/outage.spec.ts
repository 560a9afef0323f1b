import type { CameraServer } from '../scripts/cameras/camera';
import { startCameraServer } from '../scripts/cameras/camera';
import type { Relay } from '../scripts/cameras/faults';
import { startRelay } from '../scripts/cameras/faults';
import { h264, h265 } from '../scripts/cameras/launches';
import type { Device } from '../contract';
import type { RunningApp } from './app';
import { launchApp } from './app';
import { expect, finish, measured, test } from './fixtures';
import { addCamera, whenRunning } from './support/cameras';
import { probeFile } from './support/ffprobe';
import { incomingRuns, newestOfRun, recordedFiles } from './support/files';
import {
  expectNoOverlap,
  readEverySegment,
  segmentsOf,
  whenNewRun,
  whenRecording,
} from './support/recordings';
import { showInTile } from './support/screens';
import type { Tile } from './support/tile';
import { until } from './support/wait';

/** Bars: noticed within 5 s, recording again within 2 s + one GOP (1 s). The limits here are generous. */
const NOTICED_LIMIT_MS = 15_000;
const RECORDING_LIMIT_MS = 20_000;

/** A camera that goes away in every way a camera does, and comes back. */
test.describe.serial('a camera that is lost and returns', () => {
  const path = '/outage';
  let server: CameraServer;
  let relay: Relay;
  let app: RunningApp;
  let camera: Device;
  let tile: Tile;

  test.beforeAll(async () => {
    server = await startCameraServer();
    relay = await startRelay(server.port);
    app = await launchApp();
    camera = await addCamera(app, server, {
      path,
      launch: h264(),
      device: { name: 'Yard', rtsp_url: `rtsp://127.0.0.1:${String(relay.port)}${path}` },
    });
    await whenRunning(app, camera.id);
    tile = await showInTile(app, camera);
    await tile.whenState('live');
    await tile.whenMoreFrames(10);
    await whenRecording(app, camera.id);
  });

  test.afterAll(async () => {
    await finish(app, test.info());
    await relay.stop();
    await server.stop();
  });

  /** The tile stops saying `live`, and says why and when the next attempt is. */
  const expectNoticed = async (what: string, since: number): Promise<void> => {
    await tile.whenState(
      ['stalled', 'reconnecting', 'silent', 'offline', 'connecting'],
      NOTICED_LIMIT_MS + 5_000,
    );
    const noticed = performance.now() - since;
    measured(`${what}: tile noticed after`, noticed);
    expect(noticed).toBeLessThan(NOTICED_LIMIT_MS);
    await tile.whenState(['reconnecting', 'silent', 'offline'], 15_000);
    await expect(tile.root).toContainText(/(next attempt|retry|again|reconnect)/i);
  };

  /** Live and recording again without anybody's help; resolves with the new run. */
  const expectRecovered = async (
    what: string,
    back: number,
    known: readonly string[],
    size: { width: number; height: number },
  ): Promise<string> => {
    // Attempts that the camera refused are over at once: the next connection is the first that it answers.
    const attempt = until('an attempt', () => relay.connections() > 0, { everyMs: 5 }).then(() =>
      performance.now(),
    );
    const run = await whenNewRun(app, camera.id, known);
    const recording = performance.now();
    measured(`${what}: recording again after the camera is back`, recording - back);
    measured(`${what}: recording again after the first attempt that it answers`, recording - (await attempt));
    expect(recording - back).toBeLessThan(RECORDING_LIMIT_MS);
    await tile.whenState('live');
    measured(`${what}: live again after the camera is back`, performance.now() - back);
    await tile.whenMoreFrames(10);
    await tile.whenPixelsChange();
    await until('the picture has the size of the camera', async () => {
      const shown = await tile.videoSize();
      return shown.width === size.width && shown.height === size.height;
    });
    return run;
  };

  test('stopped and started again', async () => {
    const known = incomingRuns(app.dataDir, camera.id);
    const lost = performance.now();
    await server.unmount(path);
    await expectNoticed('camera stopped', lost);
    await server.mount({ path, launch: h264() });
    await expectRecovered('camera stopped', performance.now(), known, { width: 640, height: 360 });
  });

  test('connections cut', async () => {
    const known = incomingRuns(app.dataDir, camera.id);
    const producer = (await app.vas.streamState(camera.id))?.producer_id;
    const cut = performance.now();
    relay.cut();
    await expectRecovered('connections cut', cut, known, { width: 640, height: 360 });
    expect((await app.vas.streamState(camera.id))?.producer_id, 'same codec, same producer').toBe(producer);
  });

  test('half-open TCP: the network swallows everything', async () => {
    const known = incomingRuns(app.dataDir, camera.id);
    const frozen = performance.now();
    relay.freeze();
    await expectNoticed('half-open TCP', frozen);
    const shown = await tile.frames();
    await tile.whenState(['reconnecting', 'silent', 'offline', 'connecting'], 15_000);
    expect(await tile.frames(), 'nothing is presented meanwhile').toBe(shown);
    relay.cut();
    relay.thaw();
    await expectRecovered('half-open TCP', performance.now(), known, { width: 640, height: 360 });
  });

  test('rebooted with another resolution', async () => {
    const known = incomingRuns(app.dataDir, camera.id);
    await server.unmount(path);
    await tile.whenState(['stalled', 'reconnecting', 'silent', 'offline', 'connecting'], NOTICED_LIMIT_MS);
    await server.mount({ path, launch: h264({ width: 480, height: 270 }) });
    const run = await expectRecovered('another resolution', performance.now(), known, {
      width: 480,
      height: 270,
    });
    await until('the new segment has the new size', async () => (await probedRun(run))?.video?.width === 480);
  });

  test('rebooted with another codec', async () => {
    const known = incomingRuns(app.dataDir, camera.id);
    await server.unmount(path);
    await tile.whenState(['stalled', 'reconnecting', 'silent', 'offline', 'connecting'], NOTICED_LIMIT_MS);
    await server.mount({ path, launch: h265({ width: 480, height: 270 }) });
    const run = await expectRecovered('H.265 now', performance.now(), known, { width: 480, height: 270 });
    await until('the new segment is H.265', async () => (await probedRun(run))?.video?.codec_name === 'hevc');
    const state = await app.vas.streamState(camera.id);
    expect(state?.transcode_reasons).toEqual(['codec']);
  });

  test('everything that was recorded meanwhile reads, in order and without overlap', async () => {
    await app.vas.command('devices.stop-stream', { id: camera.id });
    const files = recordedFiles(app.dataDir, camera.id);
    const rows = await until('every file has a row', async () => {
      const segments = await segmentsOf(app, camera.id);
      return segments.length >= files.length ? segments : null;
    });
    expectNoOverlap(rows);
    expect(new Set(rows.map((row) => row.video_codec))).toEqual(new Set(['h264', 'hevc']));
    expect(new Set(rows.map((row) => row.width))).toEqual(new Set([640, 480]));
    await readEverySegment(app.dataDir, camera.id);
  });

  /** The new footage as it can be read now; null while its first fragment is not whole. */
  const probedRun = (run: string) => {
    const file = newestOfRun(app.dataDir, camera.id, run) ?? recordedFiles(app.dataDir, camera.id).at(-1);
    return file === undefined ? null : probeFile(file).catch(() => null);
  };
});
