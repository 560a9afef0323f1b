import { h264 } from '../scripts/cameras/launches';
import { expect, measured, test } from './fixtures';
import { addCamera, whenRunning } from './support/cameras';
import { whenHealth } from './support/health';
import { openScreen, tileMenu } from './support/screens';
import { Tile } from './support/tile';
import { timeUntil, until } from './support/wait';

/** The sub-stream has an RTSP session of its own, and only while a tile needs it. */
test('small tiles show the sub-stream, a large one the main stream', async ({ server, launch }) => {
  const app = await launch();
  await server.mount({ path: '/sub', launch: h264({ width: 640, height: 360 }) });
  const camera = await addCamera(app, server, {
    path: '/main',
    launch: h264({ width: 1280, height: 720, fps: 10 }),
    device: { name: 'Two streams', sub_rtsp_url: server.url('/sub') },
  });
  await whenRunning(app, camera.id);
  expect(server.plays('/sub'), 'nobody watches').toBe(0);

  const tile = new Tile(app.page, camera.id);
  const subRuns = (runs: boolean) =>
    whenHealth(
      app,
      `sub-stream runs: ${String(runs)}`,
      ({ processes }) =>
        processes.some(({ kind, stream }) => kind === 'ingest' && stream === `${camera.id}:sub`) === runs,
    );
  const whenWidth = (width: number) =>
    until(`pictures ${String(width)} wide`, async () => (await tile.videoSize()).width === width);

  await app.page.reload();
  await app.page.getByRole('radio', { name: /^2/ }).click();
  await tile.whenState('live');
  await whenWidth(640);
  await tile.whenMoreFrames(10);
  await subRuns(true);
  await expect(tile.root).toHaveAttribute('data-role', 'sub');

  await tileMenu(app.page, tile.root, /^full window/i);
  await whenWidth(1280);
  await tile.whenState('live');
  await tile.whenMoreFrames(5);

  await app.page.keyboard.press('Escape');
  await whenWidth(640);
  await tile.whenState('live');
  await subRuns(true);
  await openScreen(app, 'Cameras');
  // It lingers for ten seconds, for tiles that come right back.
  await subRuns(false);
  expect((await app.vas.streamState(camera.id))?.phase, 'the main stream went on').toBe('running');
  expect((await app.vas.streamState(camera.id))?.reconnects).toBe(0);
  expect(server.plays('/main'), 'probe and ingest only').toBeLessThanOrEqual(2);
});

test('a sub-stream that fails gives way to the main stream, and is shown again when it is back', async ({
  server,
  launch,
}) => {
  test.setTimeout(300_000);
  const app = await launch();
  const sub = { path: '/sub', launch: h264({ width: 640, height: 360 }) };
  await server.mount(sub);
  const camera = await addCamera(app, server, {
    path: '/main',
    launch: h264({ width: 1280, height: 720, fps: 10 }),
    device: { name: 'Frail', sub_rtsp_url: server.url('/sub') },
  });
  await whenRunning(app, camera.id);
  const tile = new Tile(app.page, camera.id);
  const whenShown = async (role: 'main' | 'sub', width: number) => {
    const took = await timeUntil(
      `the ${role} stream, ${String(width)} wide`,
      async () =>
        (await tile.root.getAttribute('data-role')) === role && (await tile.videoSize()).width === width,
      { timeoutMs: 120_000 },
    );
    await tile.whenState('live');
    await tile.whenMoreFrames(5);
    return took;
  };
  await app.page.reload();
  await app.page.getByRole('radio', { name: /^2/ }).click();
  await whenShown('sub', 640);

  await server.unmount('/sub');
  measured('sub-stream gone to main stream in the tile', await whenShown('main', 1280));
  expect((await app.vas.streamState(camera.id))?.reconnects, 'the main stream went on').toBe(0);
  await server.mount(sub);
  measured('sub-stream back in the tile', await whenShown('sub', 640));
  expect((await app.vas.streamState(camera.id))?.reconnects).toBe(0);
});
