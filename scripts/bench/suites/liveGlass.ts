import { setTimeout as delay } from 'node:timers/promises';
import type { RunningApp } from '../../../e2e/app';
import { Tile } from '../../../e2e/support/tile';
import type { CodedClock } from '../../cameras/codedClock';
import { installInPage } from '../lib/page';
import { percentile, rounded, summarise } from '../lib/result';
import type { Run } from '../measure';
import type { ClockReader, SeenPicture } from '../page/clockReader';

const SECONDS = 40;
/** After the first picture: the receiver's jitter buffer finds its level. */
const SETTLE_S = 5;

interface PageGlobals {
  readonly vasBenchClock: ClockReader;
}

/** What a tile showed of a camera with a burnt-in clock. */
export interface SeenClock {
  readonly seen: readonly SeenPicture[];
  readonly unreadable: number;
  /** Of the same pictures, milliseconds. */
  readonly encode: readonly number[];
}

/** Reads the clock from a tile of the live screen for a while, after the receiver has found its level. */
export async function readClock(
  { app, clock, cameraId }: { app: RunningApp; clock: CodedClock; cameraId: string },
  seconds: number,
  signal: AbortSignal,
): Promise<SeenClock> {
  const { page } = app;
  await page.keyboard.press('Control+1');
  const tile = new Tile(page, cameraId);
  await tile.whenState('live');
  await installInPage(page, 'clockReader.ts');
  const video = tile.root.locator('video');
  await video.evaluate((element: HTMLVideoElement) =>
    (globalThis as unknown as PageGlobals).vasBenchClock.follow(element),
  );
  const take = () => page.evaluate(() => (globalThis as unknown as PageGlobals).vasBenchClock.take());
  await delay(SETTLE_S * 1000, undefined, { signal });
  await take();
  await clock.encodeDelays();
  await delay(seconds * 1000, undefined, { signal });
  const { seen, unreadable } = await take();
  const encode = await clock.encodeDelays();
  await page.evaluate(() => (globalThis as unknown as PageGlobals).vasBenchClock.stop());
  return { seen, unreadable, encode };
}

/** live.glass_*: the painted clock against the time at which its pixels are read in the page. */
export async function glassToGlass(
  run: Run,
  app: RunningApp,
  clock: CodedClock,
  cameraId: string,
): Promise<void> {
  const { seen, unreadable, encode } = await readClock({ app, clock, cameraId }, SECONDS, run.signal);
  const glass = seen.map((picture) => picture.readAtMs - picture.madeAtMs);
  const parts = {
    source_encode_ms: summarise(encode),
    made_to_received_ms: summarisePart(seen, (one) => one.receivedAtMs && one.receivedAtMs - one.madeAtMs),
    received_to_presented_ms: summarisePart(
      seen,
      (one) => one.receivedAtMs && one.presentedAtMs - one.receivedAtMs,
    ),
    presented_to_read_ms: summarisePart(seen, (one) => one.readAtMs - one.presentedAtMs),
  };
  run.note(`glass to glass: ${JSON.stringify(summarise(glass))}`);
  run.note(`of which ${JSON.stringify(parts)}`);
  const samples = {
    ...summarise(glass),
    ...parts,
    pictures_sent: encode.length,
    pictures_read: seen.length,
    pictures_unreadable: unreadable,
  };
  const method =
    `${String(SECONDS)} s of a 720p30 RTSP/TCP camera (x264 zerolatency, encoder on the same cores) in a tile of the ` +
    'real application, recording on. The system clock is painted into each picture before it is encoded; the page ' +
    'reads it back from the pixels with requestVideoFrameCallback and a canvas; from painting to having read. The ' +
    "camera's own encoding is part of the figure and stated apart (source_encode_ms), as are the way to the page's " +
    'network thread, jitter buffer with decoding, and the page.';
  for (const p of [50, 95])
    run.result({
      id: `live.glass_p${String(p)}_ms`,
      value: rounded(percentile(glass, p)),
      unit: 'ms',
      samples,
      method,
    });
}

function summarisePart(seen: readonly SeenPicture[], part: (one: SeenPicture) => number | null | 0) {
  const values = seen.map(part).filter((value) => value !== null);
  return values.length === 0 ? null : summarise(values);
}
