import { rmSync } from 'node:fs';
import type { Device } from '../contract';
import { LONGEST, SHORTEST } from '../renderer/features/playback/timeline/view';
import { RATES } from '../renderer/features/playback/clock/PlaybackClock';
import type { CameraServer } from '../scripts/cameras/camera';
import { startCameraServer } from '../scripts/cameras/camera';
import type { RunningApp } from './app';
import { launchApp } from './app';
import { expect, finish, observed, temporaryDataDir, test } from './fixtures';
import { whenRunning } from './support/cameras';
import { addClockAndYard, reopenAtPlayback } from './support/playbackFootage';
import type { PlaybackPage } from './support/playbackPage';
import { until } from './support/wait';

const DAY = 86_400_000;

/** Zoom, preview, click, drag and every speed of the Playback screen, driven as a user drives them. */
test.describe.serial('the Playback screen', () => {
  let server: CameraServer;
  let dataDir: string;
  let app: RunningApp;
  let clock: Device;
  let yard: Device;
  /** Of the footage of the first camera, milliseconds. */
  let first = 0;
  let playback: PlaybackPage;
  const page = () => app.page;

  test.beforeAll(async () => {
    test.setTimeout(300_000);
    server = await startCameraServer();
    dataDir = await temporaryDataDir();
    app = await launchApp({ dataDir });
    const cameras = await addClockAndYard(app, server);
    ({ clock, yard } = cameras);
    for (const { id } of [clock, yard]) await whenRunning(app, id);
    const bounds = async () => {
      const found = await app.vas.query('playback.bounds', { camera_ids: [clock.id] });
      return { first: Date.parse(found.first ?? ''), last: Date.parse(found.last ?? '') };
    };
    await until(
      'fifty seconds of footage',
      async () => (await bounds()).last - (await bounds()).first > 50_000,
      { timeoutMs: 150_000, everyMs: 500 },
    );
    for (const { id } of [clock, yard]) await app.vas.command('devices.stop-stream', { id });
    ({ first } = await until('its end', async () => {
      const one = await bounds();
      return Number.isFinite(one.first) && one.last > one.first ? one : null;
    }));
    await cameras.source.stop();
    const instant = (at: number) => new Date(at).toISOString();
    await app.vas.command('bookmarks.capture-historical', {
      ...{ device_id: clock.id, center_timestamp: instant(first + 12_000), duration: 4 },
    });
    await app.vas.command('locks.create', {
      target: {
        kind: 'range',
        device_ids: [clock.id],
        start: instant(first + 30_000),
        end: instant(first + 40_000),
      },
      ...{ reason: 'theft', until: null },
    });
    ({ app, playback } = await reopenAtPlayback(app, { dataDir, cameraId: clock.id, at: first + 22_000 }));
  });

  test.afterAll(async () => {
    await finish(app, test.info());
    rmSync(dataDir, { recursive: true, force: true });
    await server.stop();
  });

  test('the wheel zooms from more than a month to a second, around the pointer', async () => {
    await playback.goTo(first + 20_000);
    const at = first + 20_000;
    for (const length of [40 * DAY, DAY, 3_600_000, 60_000, SHORTEST]) {
      await playback.zoomTo(length, at);
      const { from, to } = await playback.view();
      const { x } = await playback.pointAt(at);
      observed(`${String(Math.round((to - from) / 1000))} s shown, the moment at x = ${x.toFixed(1)}`);
    }
    const { from, to } = await playback.view();
    expect(to - from).toBeLessThanOrEqual(SHORTEST * 1.25);
    expect(from).toBeLessThanOrEqual(at + SHORTEST);
    expect(to).toBeGreaterThanOrEqual(at - SHORTEST);
    expect(LONGEST).toBeGreaterThan(31 * DAY);
  });

  test('pointing shows a small picture of about that time', async () => {
    await playback.goTo(first + 20_000);
    await playback.zoomTo(70_000, first + 25_000);
    const { x, y } = await playback.pointAt(first + 15_000, 0.1);
    await page().mouse.move(x, y);
    const picture = page().getByTestId('timeline-preview');
    await expect(picture).toBeVisible({ timeout: 30_000 });
    await expect
      .poll(async () => Math.abs(Number(await picture.getAttribute('data-at')) - (first + 15_000)))
      .toBeLessThan(12_000);
  });

  test('a click goes to the moment, in a gap to the next picture there is', async () => {
    const there = await playback.pointAt(first + 18_000);
    await page().mouse.click(there.x, there.y);
    await expect.poll(async () => Math.abs((await playback.position()) - (first + 18_000))).toBeLessThan(400);
    await playback.shows(clock, first + 18_000, 1500);
    const before = await playback.pointAt(first - 6_000);
    await page().mouse.click(before.x, before.y);
    await expect.poll(async () => Math.abs((await playback.position()) - first)).toBeLessThan(1500);
  });

  test('dragging scrubs: the pictures follow the hand, and stay where it lets go', async () => {
    const start = await playback.pointAt(first + 8_000);
    await page().mouse.move(start.x, start.y);
    await page().mouse.down();
    for (const seconds of [10, 14, 19, 24]) {
      const to = await playback.pointAt(first + seconds * 1000);
      await page().mouse.move(to.x, to.y, { steps: 4 });
      await expect
        .poll(async () => Math.abs((await playback.position()) - (first + seconds * 1000)))
        .toBeLessThan(600);
    }
    await expect(playback.tile(clock).getByTestId('playback-keys')).toBeVisible();
    await playback.shows(clock, first + 24_000, 3000);
    await page().mouse.up();
    await expect(playback.tile(clock).getByTestId('playback-keys')).toBeHidden({ timeout: 30_000 });
    await playback.shows(clock, first + 24_000, 1500);
  });

  for (const rate of RATES)
    test(`plays at ${String(rate)} times the speed`, async () => {
      await playback.goTo(first + 3_000);
      await playback.shows(clock, first + 3_000, 1500);
      await playback.rate.selectOption(String(rate));
      await playback.timeline.focus();
      await page().keyboard.press('Space');
      const from = await playback.position();
      const began = performance.now();
      await expect
        .poll(async () => (await playback.position()) - from, { timeout: 30_000 })
        .toBeGreaterThan(Math.min(20_000, 1500 * rate));
      const factor = ((await playback.position()) - from) / (performance.now() - began);
      await page().keyboard.press('K');
      observed(`${String(rate)} times: ${factor.toFixed(2)} of the time that passed`);
      // A tile that is not ready yet holds the clock.
      expect(factor).toBeLessThan(rate * 1.3 + 0.1);
      await playback.shows(clock, await playback.position(), 2500);
    });

  test('a tile is zoomed for itself; a key shows it alone', async () => {
    await playback.goTo(first + 10_000);
    await playback.tile(clock).hover();
    await page().mouse.wheel(0, -400);
    await expect(playback.tile(clock)).toHaveAttribute('data-zoomed', 'true');
    await expect(playback.tile(yard)).not.toHaveAttribute('data-zoomed', 'true');
    await page().mouse.wheel(0, 4000);
    await expect(playback.tile(clock)).not.toHaveAttribute('data-zoomed', 'true');
    await playback.tile(clock).focus();
    const width = async () => (await playback.tile(clock).boundingBox())?.width ?? 0;
    const small = await width();
    await page().keyboard.press('f');
    await expect.poll(width).toBeGreaterThan(small * 1.4);
    await page().keyboard.press('f');
    await expect.poll(width).toBeLessThan(small * 1.1);
  });
});
