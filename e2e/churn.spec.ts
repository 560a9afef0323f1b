import { h264 } from '../scripts/cameras/launches';
import { expect, measured, test } from './fixtures';
import { addCamera, whenRunning } from './support/cameras';
import { healthOf, whenHealth } from './support/health';
import { whenRecording } from './support/recordings';
import { showInTile } from './support/screens';
import { until } from './support/wait';
import { PageViewers } from './viewer/install';

const JOINS = 50;
const AT_MOST = 8;

/** Joining and leaving is the viewers' affair: the stream does not notice. */
test('INV-09: 50 viewers join and leave', async ({ server, launch }) => {
  const app = await launch();
  const camera = await addCamera(app, server, {
    path: '/churn',
    launch: h264({ width: 320, height: 180, gopSeconds: 0.25 }),
  });
  await whenRunning(app, camera.id);
  const tile = await showInTile(app, camera);
  await tile.whenState('live');
  await tile.whenMoreFrames(10);
  const ingest = await until('the ingest has a pid', () => app.vas.pidOf('ingest', camera.id));
  const producer = (await app.vas.streamState(camera.id))?.producer_id;
  expect(producer).toBeTruthy();
  const before = (await healthOf(app)).sfu;

  const viewers = await PageViewers.install(app.page);
  const present: number[] = [];
  const firstPictures: number[] = [];
  for (let joined = 0; joined < JOINS; joined++) {
    // Newest first on odd turns: not always the one that has watched longest leaves.
    if (present.length >= AT_MOST) await viewers.leave((joined % 2 ? present.pop() : present.shift()) ?? 0);
    const { viewer, producerId, firstPictureMs } = await viewers.join(camera.id);
    expect(producerId).toBe(producer);
    firstPictures.push(firstPictureMs);
    present.push(viewer);
  }
  const during = (await healthOf(app)).sfu;
  expect(during.producers).toBe(before.producers);
  expect(during.consumers).toBe(before.consumers + AT_MOST);
  await viewers.close();
  await whenHealth(
    app,
    'consumers and transports are back to what they were',
    ({ sfu }) => sfu.consumers === before.consumers && sfu.transports === before.transports,
  );

  firstPictures.sort((a, b) => a - b);
  measured(`first picture of ${String(JOINS)} joins, median`, firstPictures[JOINS / 2] ?? Number.NaN);
  measured(`first picture of ${String(JOINS)} joins, slowest`, firstPictures.at(-1) ?? Number.NaN);
  expect(await app.vas.pidOf('ingest', camera.id), 'the same FFmpeg').toBe(ingest);
  const state = await app.vas.streamState(camera.id);
  expect(state?.producer_id, 'the same producer').toBe(producer);
  expect(state?.reconnects).toBe(0);
  expect(server.plays('/churn'), 'probe and ingest, no session for a viewer').toBeLessThanOrEqual(2);
  // The tile that was there all the time still plays, and the recording went on.
  await tile.whenMoreFrames(15);
  expect(await tile.state()).toBe('live');
  await whenRecording(app, camera.id);
});
