import { startRelay } from '../scripts/cameras/faults';
import { startDemoCamera } from '../scripts/demo/camera';
import { expect, measured, test } from './fixtures';
import { whenDrawn } from './support/overlay';
import { incomingRuns } from './support/files';
import { whenNewRun } from './support/recordings';
import { repositoryRoot } from './support/runtime';
import { Tile } from './support/tile';
import { until } from './support/wait';

/** The demo is a camera like any other from its socket on: it is watched, recorded, cut and found again. */
test('the demo shows its camera at once, and survives a cut of its socket', async ({ launch }) => {
  const camera = await startDemoCamera(repositoryRoot);
  const address = new URL(camera.url);
  const relay = await startRelay(Number(address.port));
  address.port = String(relay.port);
  try {
    const started = performance.now();
    const app = await launch({ env: { VAS_DEMO_CAMERA: address.href, AI_FRAME_EXPORT_ENABLED: 'true' } });
    const [device] = (await app.vas.query('devices.list', {})).devices;
    if (!device) throw new Error('the demo camera was not added');
    expect(device).toMatchObject({ name: 'Pedestrians', rtsp_url: address.href, recording: true });
    const tile = new Tile(app.page, device.id);
    await tile.whenState('live', 60_000);
    measured('demo: live picture after the start', performance.now() - started);
    expect(await tile.videoSize()).toEqual({ width: 768, height: 576 });
    await tile.whenMoreFrames(10);
    await tile.whenPixelsChange();
    measured('demo: boxes on people after the live picture', await whenDrawn(tile));
    await until('it is recorded', () => incomingRuns(app.dataDir, device.id).length > 0);

    const known = incomingRuns(app.dataDir, device.id);
    const cut = performance.now();
    relay.cut();
    await tile.whenState(['stalled', 'connecting', 'reconnecting', 'offline'], 10_000);
    measured('demo: the cut noticed after', performance.now() - cut);
    await whenNewRun(app, device.id, known);
    measured('demo: recording again after', performance.now() - cut);
    await tile.whenState('live');
    await tile.whenMoreFrames(10);
    await tile.whenPixelsChange();
    await app.close();
  } finally {
    await relay.stop();
    await camera.stop();
  }
});
