import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunningApp } from '../../../e2e/app';
import { Tile } from '../../../e2e/support/tile';
import { installInPage } from '../lib/page';
import { percentile, rounded, summarise } from '../lib/result';
import type { Run } from '../measure';
import type { WatchTimer, WatchTimes } from '../page/watchTimer';

const WATCHES = 25;
/** The camera's, see codedClock.ts. */
const GOP = { pictures: 30, ms: 1000 };

interface PageGlobals {
  readonly vasBenchWatch: WatchTimer;
}

/** live.first_picture_* and live.poster_*: from the key that opens the live screen to the pictures in its tile. */
export async function firstPictures(run: Run, app: RunningApp, cameraId: string): Promise<void> {
  const { page } = app;
  const tile = new Tile(page, cameraId);
  await installInPage(page, 'watchTimer.ts');
  const watches: WatchTimes[] = [];
  for (let watch = 0; watch < WATCHES; watch++) {
    await tile.whenState('live');
    await page.keyboard.press('Control+2');
    await tile.root.waitFor({ state: 'detached' });
    // Any moment of the camera's GOP.
    await delay(200 + randomInt(GOP.ms), undefined, { signal: run.signal });
    await page.evaluate(() => (globalThis as unknown as PageGlobals).vasBenchWatch.arm());
    await page.keyboard.press('Control+1');
    watches.push(await page.evaluate(() => (globalThis as unknown as PageGlobals).vasBenchWatch.result()));
  }
  const raw = watches.map((one) => rounded(one.pictureAtMs - one.keyAtMs));
  const beyond = watches.map((one) => rounded(one.pictureAtMs - Math.max(one.keyAtMs, keyFrameMadeAt(one))));
  const posters = watches.flatMap(({ posterAtMs, keyAtMs }) =>
    posterAtMs === null ? [] : [rounded(posterAtMs - keyAtMs)],
  );
  run.note(
    `first picture: ${JSON.stringify(summarise(beyond))}, with the wait ${JSON.stringify(summarise(raw))}`,
  );
  run.note(`last picture: ${JSON.stringify(posters.length > 0 ? summarise(posters) : null)}`);
  const common =
    `${String(WATCHES)} times: the live screen is left and opened again by its key at a random moment of the GOP, ` +
    "the window's transport stays; tile, consumer and decoder are new each time. ";
  run.result({
    id: 'live.first_picture_p95_ms',
    value: percentile(beyond, 95),
    unit: 'ms',
    samples: { raw, raw_summary: summarise(raw), beyond, ...summarise(beyond) },
    method:
      `${common}From the key to the pixels of the first picture (read from its burnt-in clock), minus the wait for the ` +
      'camera to make the key frame that the picture needs, which the clock tells exactly: only the time after the key ' +
      'stroke or the making of that key frame, whichever is later, counts (so the whole way from the camera does).',
  });
  // A watch without a last picture is a miss, not a sample that may be left out.
  if (posters.length === WATCHES)
    run.result({
      id: 'live.poster_p95_ms',
      value: percentile(posters, 95),
      unit: 'ms',
      samples: { raw: posters, ...summarise(posters) },
      method: `${common}From the key to the second frame after the last picture and its time mark are in the page.`,
    });
  else run.note(`the last picture was missing in ${String(WATCHES - posters.length)} watches`);
}

/** When the camera made the key frame that begins the GOP of the first picture seen. */
function keyFrameMadeAt(one: WatchTimes): number {
  return one.madeAtMs - ((one.number % GOP.pictures) * GOP.ms) / GOP.pictures;
}
