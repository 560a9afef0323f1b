import type { Locator } from '@playwright/test';
import { ffmpegPixels } from './pixels';

/** What was seen on the screen while a tile changed its stream. */
export interface SwitchReport {
  /** Red, green and blue of the middle of the tile in every picture the compositor made, in order. */
  readonly colours: (readonly [number, number, number])[];
  /** Milliseconds between pictures of the video that was on top, the longest first. */
  readonly gaps: number[];
}

/** Films the tile as the compositor shows it, and counts the pictures of whichever element is on top. */
export async function film(tile: Locator, action: () => Promise<void>): Promise<SwitchReport> {
  const page = tile.page();
  const area = await tile.locator('.tile-picture').boundingBox();
  if (area === null) throw new Error('The tile has no picture.');
  const cdp = await page.context().newCDPSession(page);
  const jpegs: Buffer[] = [];
  cdp.on('Page.screencastFrame', ({ data, sessionId }) => {
    jpegs.push(Buffer.from(data, 'base64'));
    // One that came while the film was ended wants no answer.
    cdp.send('Page.screencastFrameAck', { sessionId }).catch(() => undefined);
  });
  await tile.evaluate((root) => {
    const gaps: number[] = [];
    let key = '';
    let since = performance.now();
    const look = () => {
      const top =
        root.querySelector<HTMLVideoElement>('video.tile-staging[data-shown]') ??
        root.querySelector<HTMLVideoElement>('video[data-testid="video"]');
      const now = `${top?.className ?? ''} ${String(top?.getVideoPlaybackQuality().totalVideoFrames)}`;
      if (now !== key) {
        if (key !== '') gaps.push(performance.now() - since);
        since = performance.now();
        key = now;
      }
      if (root.dataset['filming'] === 'true') requestAnimationFrame(look);
      else root.dataset['gaps'] = JSON.stringify(gaps);
    };
    root.dataset['filming'] = 'true';
    look();
  });
  await cdp.send('Page.startScreencast', { format: 'jpeg', quality: 80, everyNthFrame: 1 });
  await action();
  await cdp.send('Page.stopScreencast');
  await cdp.detach();
  await tile.evaluate((root) => (root.dataset['filming'] = 'false'));
  await page.waitForFunction((root) => root?.getAttribute('data-gaps') !== null, await tile.elementHandle());
  const gaps = JSON.parse((await tile.getAttribute('data-gaps')) ?? '[]') as number[];
  await tile.evaluate((root) => delete root.dataset['gaps']);
  const size =
    page.viewportSize() ?? (await page.evaluate(() => ({ width: innerWidth, height: innerHeight })));
  const middle = { x: (area.x + area.width / 2) / size.width, y: (area.y + area.height / 2) / size.height };
  return { colours: await ffmpegPixels(jpegs, middle), gaps: gaps.sort((a, b) => b - a) };
}
