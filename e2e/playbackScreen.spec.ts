import { rmSync } from 'node:fs';
import type { Device } from '../contract';
import { LONGEST, SHORTEST } from '../renderer/features/playback/timeline/view';
import { NAMES, RULER } from '../renderer/features/playback/timeline/paint';
import { RATES } from '../renderer/features/playback/clock/PlaybackClock';
import type { CameraServer } from '../scripts/cameras/camera';
import { startCameraServer } from '../scripts/cameras/camera';
import { startCodedClock } from '../scripts/cameras/codedClock';
import { h265 } from '../scripts/cameras/launches';
import type { RunningApp } from './app';
import { launchApp } from './app';
import { expect, finish, observed, temporaryDataDir, test } from './fixtures';
import { addCamera, whenRunning } from './support/cameras';
import { fillEvents } from './support/eventRows';
import { readClocks } from './support/playback';
import { openScreen } from './support/screens';
import { until } from './support/wait';

const DAY = 86_400_000;
const FPS = 12;

/** Zoom, preview, click, drag and every speed of the Playback screen, driven as a user drives them. */
test.describe.serial('the Playback screen', () => {
  let server: CameraServer;
  let dataDir: string;
  let app: RunningApp;
  let clock: Device;
  let yard: Device;
  /** Of the footage of the first camera, milliseconds. */
  let first = 0;
  const page = () => app.page;
  const timeline = () => page().getByTestId('timeline');
  const position = async () => Number(await page().getByTestId('playback-position').getAttribute('data-at'));
  const tile = ({ id }: Device) => page().locator(`[data-testid="playback-tile"][data-camera-id="${id}"]`);
  const view = async () => {
    const at = async (name: string) => Number(await timeline().getAttribute(name));
    return { from: await at('aria-valuemin'), to: await at('aria-valuemax') };
  };
  /** Where a moment is on the time line, or a part of its height. */
  const pointAt = async (at: number, part = 0.5) => {
    const box = await timeline().boundingBox();
    if (box === null) throw new Error('no time line');
    const { from, to } = await view();
    const x = box.x + NAMES + ((at - from) / (to - from)) * (box.width - NAMES);
    return { x, y: box.y + RULER + (box.height - RULER) * part };
  };
  const goTo = async (at: number) => {
    const date = new Date(at);
    const pad = (value: number, digits = 2) => String(value).padStart(digits, '0');
    const day = `${String(date.getFullYear())}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
    const time = `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}.${pad(date.getMilliseconds(), 3)}`;
    await page().getByTestId('playback-goto').fill(`${day} ${time}`);
    await page().getByTestId('playback-goto').press('Enter');
    await timeline().focus();
    await expect.poll(async () => Math.abs((await position()) - at)).toBeLessThan(200);
  };
  const zoomTo = async (length: number, at: number) => {
    const before = await view();
    const isShown = at > before.from && at < before.to;
    const { x, y } = await pointAt(isShown ? at : (before.from + before.to) / 2);
    await page().mouse.move(x, y);
    await until(`a view of ${String(length)} ms`, async () => {
      const now = await view();
      const ratio = length / (now.to - now.from);
      if (ratio > 0.8 && ratio < 1.25) return true;
      // As the wheel goes: 1.25 for each notch of 100.
      const notches = Math.max(-300, Math.min(300, (100 * Math.log(ratio)) / Math.log(1.25)));
      await page().mouse.wheel(0, notches);
      return false;
    });
  };
  /** Until the first tile shows a readable picture near a moment. */
  const shows = (at: number, within: number) =>
    until(`the picture of ${new Date(at).toISOString()}`, async () => {
      const [seen] = await readClocks(page(), 1, 30);
      const made = seen?.tiles.find(({ cameraId }) => cameraId === clock.id)?.madeAtMs ?? null;
      return made !== null && Math.abs(made - at) <= within;
    });

  test.beforeAll(async () => {
    test.setTimeout(300_000);
    server = await startCameraServer();
    dataDir = await temporaryDataDir();
    app = await launchApp({ dataDir });
    const source = await startCodedClock({ width: 640, height: 352, fps: FPS, gop: FPS, kbps: 500 });
    clock = await app.vas.command('devices.create', { name: 'Clock', rtsp_url: source.url });
    yard = await addCamera(app, server, {
      path: '/yard',
      launch: h265({ width: 640, height: 360 }),
      device: { name: 'Yard' },
    });
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
    await source.stop();
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
    await app.close();
    fillEvents(dataDir, [{ cameraId: clock.id, at: first + 22_000, label: 'person', confidence: 0.8 }]);
    app = await launchApp({ dataDir });
    await app.resize(1280, 800);
    await openScreen(app, 'Playback');
    await expect(page().getByTestId('playback-tile')).toHaveCount(2);
  });

  test.afterAll(async () => {
    await finish(app, test.info());
    rmSync(dataDir, { recursive: true, force: true });
    await server.stop();
  });

  test('the wheel zooms from more than a month to a second, around the pointer', async () => {
    await goTo(first + 20_000);
    const at = first + 20_000;
    for (const length of [40 * DAY, DAY, 3_600_000, 60_000, SHORTEST]) {
      await zoomTo(length, at);
      const { from, to } = await view();
      const { x } = await pointAt(at);
      observed(`${String(Math.round((to - from) / 1000))} s shown, the moment at x = ${x.toFixed(1)}`);
    }
    const { from, to } = await view();
    expect(to - from).toBeLessThanOrEqual(SHORTEST * 1.25);
    expect(from).toBeLessThanOrEqual(at + SHORTEST);
    expect(to).toBeGreaterThanOrEqual(at - SHORTEST);
    expect(LONGEST).toBeGreaterThan(31 * DAY);
  });

  test('pointing shows a small picture of about that time', async () => {
    await goTo(first + 20_000);
    await zoomTo(70_000, first + 25_000);
    const { x, y } = await pointAt(first + 15_000, 0.1);
    await page().mouse.move(x, y);
    const picture = page().getByTestId('timeline-preview');
    await expect(picture).toBeVisible({ timeout: 30_000 });
    await expect
      .poll(async () => Math.abs(Number(await picture.getAttribute('data-at')) - (first + 15_000)))
      .toBeLessThan(12_000);
  });

  test('a click goes to the moment, in a gap to the next picture there is', async () => {
    const there = await pointAt(first + 18_000);
    await page().mouse.click(there.x, there.y);
    await expect.poll(async () => Math.abs((await position()) - (first + 18_000))).toBeLessThan(400);
    await shows(first + 18_000, 1500);
    const before = await pointAt(first - 6_000);
    await page().mouse.click(before.x, before.y);
    await expect.poll(async () => Math.abs((await position()) - first)).toBeLessThan(1500);
  });

  test('dragging scrubs: the pictures follow the hand, and stay where it lets go', async () => {
    const start = await pointAt(first + 8_000);
    await page().mouse.move(start.x, start.y);
    await page().mouse.down();
    for (const seconds of [10, 14, 19, 24]) {
      const to = await pointAt(first + seconds * 1000);
      await page().mouse.move(to.x, to.y, { steps: 4 });
      await expect
        .poll(async () => Math.abs((await position()) - (first + seconds * 1000)))
        .toBeLessThan(600);
    }
    await expect(tile(clock).getByTestId('playback-keys')).toBeVisible();
    await shows(first + 24_000, 3000);
    await page().mouse.up();
    await expect(tile(clock).getByTestId('playback-keys')).toBeHidden({ timeout: 30_000 });
    await shows(first + 24_000, 1500);
  });

  for (const rate of RATES)
    test(`plays at ${String(rate)} times the speed`, async () => {
      await goTo(first + 3_000);
      await shows(first + 3_000, 1500);
      await page().getByTestId('playback-rate').selectOption(String(rate));
      await timeline().focus();
      await page().keyboard.press('Space');
      const from = await position();
      const began = performance.now();
      await expect
        .poll(async () => (await position()) - from, { timeout: 30_000 })
        .toBeGreaterThan(Math.min(20_000, 1500 * rate));
      const factor = ((await position()) - from) / (performance.now() - began);
      await page().keyboard.press('K');
      observed(`${String(rate)} times: ${factor.toFixed(2)} of the time that passed`);
      // A tile that is not ready yet holds the clock.
      expect(factor).toBeLessThan(rate * 1.3 + 0.1);
      await shows(await position(), 2500);
    });

  test('a tile is zoomed for itself; a key shows it alone', async () => {
    await goTo(first + 10_000);
    await tile(clock).hover();
    await page().mouse.wheel(0, -400);
    await expect(tile(clock)).toHaveAttribute('data-zoomed', 'true');
    await expect(tile(yard)).not.toHaveAttribute('data-zoomed', 'true');
    await page().mouse.wheel(0, 4000);
    await expect(tile(clock)).not.toHaveAttribute('data-zoomed', 'true');
    await tile(clock).focus();
    const width = async () => (await tile(clock).boundingBox())?.width ?? 0;
    const small = await width();
    await page().keyboard.press('f');
    await expect.poll(width).toBeGreaterThan(small * 1.4);
    await page().keyboard.press('f');
    await expect.poll(width).toBeLessThan(small * 1.1);
  });
});
