import { setTimeout as delay } from 'node:timers/promises';
import type { RunningApp } from '../../../e2e/app';
import { film } from '../../../e2e/support/switching';
import { Tile } from '../../../e2e/support/tile';
import { until } from '../../../e2e/support/wait';
import { Wall } from '../../../e2e/support/wall';
import { startCameraServer } from '../../cameras/camera';
import { h264 } from '../../cameras/launches';
import { openCameras, reconnectsOf, startFleet } from '../lib/fleet';
import { sampleTree, total, usedBetween } from '../lib/processCpu';
import { percentile, rounded, summarise } from '../lib/result';
import type { Cleanup } from '../lib/setup';
import { launch, temporaryFolder, withCleanup } from '../lib/setup';
import type { Run } from '../measure';

const TILES = 16;
/** Of the clip, see clips.ts. */
const FPS = 15;
const SETTLE_MS = 5_000;
const HOLD_MS = 30_000;
const SWITCHES = 10;
/** Key frames of the camera that changes its stream, milliseconds apart. */
const GOP_MS = 1_000;

/** A full wall: what sixteen tiles cost, whether the main process lags, and how a tile changes its stream. */
export function wall(run: Run): Promise<void> {
  return withCleanup(run.signal, async (cleanup) => {
    await sixteenTiles(run, cleanup);
    await switches(run, cleanup);
  });
}

async function sixteenTiles(run: Run, cleanup: Cleanup): Promise<void> {
  const server = await startFleet(cleanup, TILES);
  const app = await launch(cleanup, await temporaryFolder(cleanup, 'wall'));
  const ids = await openCameras(app.vas, TILES, server.url);
  await app.resize(1920, 1080);
  await app.page.reload();
  await new Wall(app.page).choose('4 \u00d7 4');
  const tiles = ids.map((id) => new Tile(app.page, id));
  for (const tile of tiles) await tile.whenState('live', 60_000);
  await delay(SETTLE_MS);

  const reconnects = await reconnectsOf(app.vas, ids);
  const ours = sampleTree(app.pid);
  const source = sampleTree(server.pid);
  const frames = await shown(app);
  // The first call begins the measurement.
  await app.vas.query('health.get', {});
  const from = performance.now();
  await delay(HOLD_MS, undefined, { signal: run.signal });
  const health = await app.vas.query('health.get', {});
  const seconds = (performance.now() - from) / 1000;
  const counts = (await shown(app)).map((count, index) => count - (frames[index] ?? 0));
  const used = usedBetween(ours, sampleTree(app.pid));
  const cores = Object.fromEntries([...used].map(([kind, spent]) => [kind, rounded(spent / seconds)]));
  const sourceUsed = total(usedBetween(source, sampleTree(server.pid)));
  const again = await reconnectsOf(app.vas, ids);
  const samples = {
    ...{ cores, cores_source: rounded(sourceUsed / seconds), pictures: counts, seconds: rounded(seconds) },
    reconnects: again.reduce((sum, count, index) => sum + count - (reconnects[index] ?? 0), 0),
    loop_delay_ms: {
      p50: rounded(health.event_loop_delay_p50_ms),
      p99: rounded(health.event_loop_delay_p99_ms),
      max: rounded(health.event_loop_delay_max_ms),
    },
  };
  run.note(JSON.stringify(samples));
  const method =
    `The real application in 1920x1080 shows 16 cameras of 640x360, ${String(FPS)} pictures a second and 500 kb/s in a layout of 4 by 4 for ` +
    `${String(HOLD_MS / 1000)} s and records all of them; each camera is an RTSP stream of its own, and pictures are decoded and drawn without a ` +
    'graphics card. ';
  run.result({
    ...{ id: 'wall.loop_delay_p99_ms', value: samples.loop_delay_ms.p99, unit: 'ms', samples },
    method: `${method}Delay of the main process's event loop as health.get tells it.`,
  });
  run.result({
    ...{ id: 'wall.main_cores', value: cores['main'] ?? NaN, unit: 'cores', samples: cores },
    method: `${method}CPU of the main process, all its threads.`,
  });
  run.result({
    ...{ id: 'wall.cores', value: rounded(total(used) / seconds), unit: 'cores', samples },
    method: `${method}CPU of all processes of the application together; the cameras' is counted apart.`,
  });
  run.result({
    id: 'wall.shown_share',
    value: rounded(Math.min(...counts) / (FPS * seconds)),
    unit: 'x',
    samples: counts,
    method: `${method}Pictures that the tile with the fewest has presented, of those its camera sent.`,
  });
  await app.close();
}

/** Pictures that each tile has presented so far. */
const shown = (app: RunningApp): Promise<number[]> =>
  app.page.evaluate(() =>
    [...document.querySelectorAll<HTMLVideoElement>('video[data-testid="video"]')].map((video) => {
      const { totalVideoFrames, droppedVideoFrames } = video.getVideoPlaybackQuality();
      return totalVideoFrames - droppedVideoFrames;
    }),
  );

async function switches(run: Run, cleanup: Cleanup): Promise<void> {
  const server = await startCameraServer();
  cleanup.add(() => server.stop());
  const coloured = (colour: string, width: number, height: number) =>
    h264({ width, height, fps: FPS }).replace(
      'pattern=ball',
      `pattern=solid-color foreground-color=${colour}`,
    );
  await server.mount({ path: '/sub', launch: coloured('0xff0000ff', 640, 360) });
  await server.mount({ path: '/main', launch: coloured('0xff00a000', 1280, 720) });
  const app = await launch(cleanup, await temporaryFolder(cleanup, 'switch'));
  const { id } = await app.vas.command('devices.create', {
    ...{ name: 'Two colours', rtsp_url: server.url('/main'), sub_rtsp_url: server.url('/sub') },
  });
  await app.vas.whenStream(id, 'runs', ({ phase }) => phase === 'running');
  await app.resize(1280, 800);
  await app.page.reload();
  await new Wall(app.page).choose('2 \u00d7 2');
  const tile = new Tile(app.page, id);
  const width = async () => (await tile.videoSize()).width;
  await until('the sub-stream', async () => (await width()) === 640, { timeoutMs: 60_000 });
  await tile.root.focus();
  const times: number[] = [];
  const pauses: number[] = [];
  let screens = 0;
  let strange = 0;
  for (let at = 0; at < SWITCHES; at++) {
    run.signal.throwIfAborted();
    await tile.whenMoreFrames(FPS);
    const { colours, gaps } = await film(tile.root, async () => {
      const pressed = performance.now();
      await app.page.keyboard.press('+');
      await until('the main stream', async () => (await width()) === 1280, { everyMs: 10 });
      times.push(rounded(performance.now() - pressed));
      await tile.whenMoreFrames(5);
    });
    screens += colours.length;
    strange += colours.filter(([r, g, b]) => !(r < 90 && (b > 150 ? g < 90 : g > 100 && b < 90))).length;
    pauses.push(rounded(gaps[0] ?? 0));
    await app.page.keyboard.press('z');
    await until('the sub-stream again', async () => (await width()) === 640);
  }
  run.note(`switches: ${JSON.stringify({ ...summarise(times), screens, strange, pauses })}`);
  const method =
    `A tile of 2 by 2 shows the blue sub-stream of 640x360 and is zoomed by its key, so that it changes to the green main stream of 1280x720 ` +
    `(${String(FPS)} pictures and a key frame a second), ${String(SWITCHES)} times. `;
  run.result({
    id: 'wall.switch_p95_ms',
    value: percentile(times, 95),
    unit: 'ms',
    samples: { raw: times, ...summarise(times) },
    method: `${method}From the key to the first picture of the main stream; up to ${String(GOP_MS)} ms of it are the wait for the camera's key frame.`,
  });
  run.result({
    id: 'wall.switch_black',
    value: strange,
    unit: 'screens',
    samples: { screens, strange },
    method: `${method}Screens that the compositor made meanwhile whose tile is neither blue nor green in its middle, read by FFmpeg.`,
  });
  run.result({
    id: 'wall.switch_pause_ms',
    value: Math.max(...pauses),
    unit: 'ms',
    samples: pauses,
    method: `${method}Longest time without a new picture in the tile.`,
  });
}
