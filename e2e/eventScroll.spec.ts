import { existsSync, linkSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { h264 } from '../scripts/cameras/launches';
import { expect, observed, test } from './fixtures';
import { addCamera, whenRunning } from './support/cameras';
import { seedCaptures } from './support/captureRows';
import { fillEvents } from './support/eventRows';
import { filesBelow } from './support/files';
import { openScreen } from './support/screens';
import { until } from './support/wait';

const COUNT = 600;

const thumbnailsIn = (dataDir: string): string[] =>
  filesBelow(path.join(dataDir, 'thumbnails')).filter((file) => file.endsWith('.jpg'));

/** Gives events the snapshots that are there, and each snapshot the one thumbnail that was made. */
function linkPictures(dataDir: string, ids: readonly string[]): void {
  const vas = new Database(path.join(dataDir, 'vas.db'), { readonly: true });
  const snapshots = vas.prepare<[], string>('SELECT id FROM snapshots').pluck().all();
  vas.close();
  const folder = path.join(dataDir, 'thumbnails');
  const [made = ''] = thumbnailsIn(dataDir);
  for (const id of snapshots) {
    if (made.endsWith(`${id}.jpg`)) continue;
    mkdirSync(path.join(folder, id.slice(0, 2)), { recursive: true });
    linkSync(made, path.join(folder, id.slice(0, 2), `${id}.jpg`));
  }
  const events = new Database(path.join(dataDir, 'events.db'));
  const seqOf = events.prepare<[Buffer], number>('SELECT seq FROM event_rows WHERE id = ?').pluck();
  const link = events.prepare('INSERT INTO event_triggers (seq, claimed_us, snapshot_id) VALUES (?, 1, ?)');
  events.transaction(() => {
    for (const [index, id] of ids.entries())
      link.run(
        seqOf.get(Buffer.from(id.replaceAll('-', ''), 'hex')),
        snapshots[index % snapshots.length] ?? null,
      );
  })();
  events.close();
}

test('hundreds of thumbnails scroll without holding the page up', async ({ server, dataDir, launch }) => {
  test.setTimeout(180_000);
  const first = await launch({ dataDir });
  const camera = await addCamera(first, server, {
    path: '/gate',
    launch: h264({ width: 640, height: 360 }),
    device: { name: 'Gate' },
  });
  await whenRunning(first, camera.id);
  await first.vas.command('snapshots.capture-live', { device_id: camera.id });
  await first.vas.command('devices.stop-stream', { id: camera.id });
  await openScreen(first, 'Gallery');
  await until(
    'its thumbnail is made',
    () => existsSync(path.join(dataDir, 'thumbnails')) && thumbnailsIn(dataDir).length > 0,
  );
  await first.close();
  await seedCaptures(dataDir, camera.id, COUNT - 1);
  const now = Date.now();
  const events = fillEvents(
    dataDir,
    Array.from({ length: COUNT }, (_, n) => ({
      ...{ cameraId: camera.id, at: now - n * 30_000 - 60_000, label: 'person', confidence: 0.7 },
    })),
  );
  linkPictures(
    dataDir,
    events.map(({ id }) => id),
  );

  const app = await launch({ dataDir });
  const { page } = app;
  await app.resize(1280, 800);
  await openScreen(app, 'Events');
  await page.getByRole('radio', { name: 'Thumbnails' }).click({ force: true });
  const feed = page.getByRole('feed');
  await expect(feed.locator('img').first()).toBeVisible();
  await until('pictures are shown', () =>
    feed.locator('img').evaluateAll((all) => all.some((one) => (one as HTMLImageElement).naturalWidth > 0)),
  );
  const seen = await page.evaluate(async () => {
    const feedElement = document.querySelector('[role="feed"]');
    let scroller: Element | null = feedElement;
    while (scroller !== null && scroller.scrollHeight <= scroller.clientHeight + 10)
      scroller = scroller.parentElement;
    if (scroller === null) throw new Error('nothing scrolls');
    const tasks: number[] = [];
    const observer = new PerformanceObserver((list) =>
      tasks.push(...list.getEntries().map(({ duration }) => duration)),
    );
    observer.observe({ entryTypes: ['longtask'] });
    const frames: number[] = [];
    let last = performance.now();
    const end = last + 6_000;
    await new Promise<void>((resolve) => {
      const step = (at: number) => {
        frames.push(at - last);
        last = at;
        scroller.scrollTop += 24;
        if (at < end) requestAnimationFrame(step);
        else resolve();
      };
      requestAnimationFrame(step);
    });
    observer.disconnect();
    const slow = frames.filter((ms) => ms > 34).length;
    return {
      frames: frames.length,
      slow,
      longestFrame: Math.max(...frames),
      longestTask: Math.max(0, ...tasks),
      tasks: tasks.length,
      scrolled: scroller.scrollTop,
    };
  });
  observed(
    `${String(seen.frames)} frames while scrolling ${seen.scrolled.toFixed(0)} pixels of thumbnails, ${String(seen.slow)} later than 34 ms, ` +
      `longest ${seen.longestFrame.toFixed(0)} ms; ${String(seen.tasks)} tasks over 50 ms, longest ${seen.longestTask.toFixed(0)} ms`,
  );
  expect(seen.scrolled).toBeGreaterThan(1_000);
  // Half a second would be felt as a stop, on any machine.
  expect(seen.longestTask).toBeLessThan(500);
  // Only what is near is in the page, however far one has scrolled.
  expect(await feed.getByRole('article').count()).toBeLessThan(120);
});
