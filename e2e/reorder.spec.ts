import { startCodedClock } from '../scripts/cameras/codedClock';
import { expect, measured, test } from './fixtures';
import { whenRunning } from './support/cameras';
import { readEverySegment, whenRecording } from './support/recordings';
import { showInTile, stopWatching } from './support/screens';
import { until } from './support/wait';

test('a camera that is told to use B-frames while it runs: noticed, live view goes on converted and says so', async ({
  launch,
}) => {
  test.setTimeout(180_000);
  const clock = await startCodedClock({ width: 640, height: 352, fps: 25, gop: 25, kbps: 1000, turns: true });
  try {
    const app = await launch();
    app.problems.allow(
      'until it is noticed, the page gets pictures in an order that its decoder was not made for',
      /:ERROR:h264_decoder_impl\.cc\(\d+\)\] avcodec_receive_frame error: -11$/,
    );
    const camera = await app.vas.command('devices.create', {
      ...{ name: 'Turning', rtsp_url: clock.url, transport: 'tcp' },
    });
    await whenRunning(app, camera.id);
    await whenRecording(app, camera.id);
    expect((await app.vas.streamState(camera.id))?.transcode_reasons).toEqual([]);
    const tile = await showInTile(app, camera);
    await tile.whenState('live');
    await tile.whenMoreFrames(25);
    await expect(tile.convertedBadge).toHaveCount(0);

    // Nothing else changes: the same session, size, profile and rate.
    const from = performance.now();
    await clock.reorder(2);
    await until(
      'it is noticed',
      async () => (await app.vas.streamState(camera.id))?.transcode_reasons?.includes('b_frames') === true,
      { timeoutMs: 60_000 },
    );
    measured('B-frames noticed after', performance.now() - from);
    await expect(tile.convertedBadge).toBeVisible({ timeout: 60_000 });
    await tile.whenState('live', 60_000);
    await tile.whenMoreFrames(25);
    await tile.whenPixelsChange();
    measured('live again, converted, after', performance.now() - from);
    expect(await tile.whyConverted()).toMatch(/B-frames/i);

    await until('it runs again', async () => (await app.vas.streamState(camera.id))?.phase === 'running');
    await stopWatching(app);
    await app.vas.command('devices.stop-stream', { id: camera.id });
    const kinds = [...(await readEverySegment(app.dataDir, camera.id)).values()].map(
      ({ video }) => (video?.has_b_frames ?? 0) > 0,
    );
    expect(kinds, 'what was recorded is what the camera sent, before and after').toEqual(
      expect.arrayContaining([false, true]),
    );
  } finally {
    await clock.stop();
  }
});
