import type { Relay } from '../scripts/cameras/faults';
import { startRelay } from '../scripts/cameras/faults';
import { h264 } from '../scripts/cameras/launches';
import { expect, measured, test } from './fixtures';
import { addCamera, whenRunning } from './support/cameras';
import { graveViolations } from './support/looks';
import { Tile } from './support/tile';
import { Wall } from './support/wall';

const shots = process.env['VAS_SHOTS'];

/** A camera that holds the connection and sends nothing is another fault than one that is gone. */
test('a tile that gets nothing is frozen at once, then without data; one whose camera is gone is offline', async ({
  server,
  launch,
}) => {
  test.setTimeout(240_000);
  const relay: Relay = await startRelay(server.port);
  const app = await launch();
  const shot = async (name: string) => {
    if (shots !== undefined) await app.page.screenshot({ path: `${shots}/${name}.png` });
  };
  const launchLine = h264({ width: 320, height: 180, fps: 10 });
  const held = await addCamera(app, server, {
    path: '/held',
    launch: launchLine,
    device: { name: 'Held', rtsp_url: `rtsp://127.0.0.1:${String(relay.port)}/held` },
  });
  const gone = await addCamera(app, server, { path: '/gone', launch: launchLine, device: { name: 'Gone' } });
  for (const { id } of [held, gone]) await whenRunning(app, id);
  await app.page.reload();
  await app.resize(1280, 800);
  await new Wall(app.page).choose('2 × 2');
  const [frozen, offline] = [new Tile(app.page, held.id), new Tile(app.page, gone.id)];
  for (const tile of [frozen, offline]) await tile.whenState('live');

  const from = performance.now();
  relay.freeze();
  await server.unmount('/gone');
  await frozen.whenState('stalled', 15_000);
  measured('frozen picture noticed after', performance.now() - from);
  await expect(frozen.root.locator('.tile-mark')).toHaveText('Frozen');
  await expect(frozen.root.getByTestId('tile-status')).toContainText(/^Picture frozen since \d\d:\d\d:\d\d/);
  await shot('stalled-frozen');
  await frozen.whenState('silent', 120_000);
  measured('without data after', performance.now() - from);
  await offline.whenState('offline', 60_000);
  await expect(frozen.root.locator('.tile-mark')).toHaveText('No data');
  await expect(frozen.root.getByTestId('tile-status')).toContainText(
    'accepts the connection but sends nothing',
  );
  await expect(frozen.root.getByTestId('poster'), 'the last picture, marked as such').toBeVisible();
  await expect(frozen.root).toContainText('Last picture');
  await expect(offline.root.locator('.tile-mark')).toHaveText('Offline');
  // Told apart without reading: another frame.
  const frame = (tile: Tile) =>
    tile.root.locator('.tile-picture').evaluate((picture) => getComputedStyle(picture).outlineStyle);
  expect(await frame(frozen)).toBe('dashed');
  expect(await frame(offline)).not.toBe('dashed');
  const row = (name: string) => app.page.getByTestId('camera-list').getByRole('option', { name });
  await expect(row('Held')).toContainText('No data');
  await expect(row('Gone')).toContainText('Offline');
  await shot('stalled-no-data');
  expect(await graveViolations(app.page)).toEqual([]);

  // Both messages and the time of the last picture fit on the tiles of a wall of sixteen.
  await new Wall(app.page).choose('4 × 4');
  await shot('stalled-4x4');
  for (const tile of [frozen, offline]) {
    const [status, time, picture] = await Promise.all(
      ['.tile-status', '.tile-poster-time', '.tile-picture'].map((part) =>
        tile.root.locator(part).first().boundingBox(),
      ),
    );
    if (!status || !time || !picture) throw new Error('a part of the message is missing');
    expect(status.y + status.height, 'the time stands below the message').toBeLessThanOrEqual(time.y + 1);
    expect(status.y, 'the message is whole').toBeGreaterThanOrEqual(picture.y);
    expect(time.y + time.height).toBeLessThanOrEqual(picture.y + picture.height + 1);
  }

  relay.cut();
  relay.thaw();
  await server.mount({ path: '/gone', launch: launchLine });
  for (const tile of [frozen, offline]) await tile.whenState('live', 60_000);
  await app.close();
  await relay.stop();
});
