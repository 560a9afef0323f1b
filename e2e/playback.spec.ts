import { setTimeout as delay } from 'node:timers/promises';
import type { Device } from '../contract';
import type { CodedClock } from '../scripts/cameras/codedClock';
import { startCodedClock } from '../scripts/cameras/codedClock';
import type { RunningApp } from './app';
import { launchApp } from './app';
import { expect, finish, measured, observed, test } from './fixtures';
import { whenRunning } from './support/cameras';
import { inspectLooks } from './support/looks';
import { fillSegments, readClocks, spreadOf } from './support/playback';
import type { SeenTiles } from './support/playback';
import { openScreen } from './support/screens';
import { until } from './support/wait';

const CAMERAS = 4;
const FPS = 12;
/** Footage of each camera from `from` on, seconds. */
const SECONDS = 50;
/** A camera's picture comes later than it was made, on a busy machine by several; the tiles' own bounds are narrow. */
const NEAR_MS = 700;

test.describe.serial('playback of four cameras with burnt-in clocks', () => {
  let app: RunningApp;
  const cameras: Device[] = [];
  /** Wall clock from which all four have footage, milliseconds. */
  let from = 0;
  const position = () => app.page.getByTestId('playback-position');
  const goTo = async (at: number) => {
    const date = new Date(at);
    const pad = (value: number, digits = 2) => String(value).padStart(digits, '0');
    const day = `${String(date.getFullYear())}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
    const time = `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}.${pad(date.getMilliseconds(), 3)}`;
    await app.page.getByTestId('playback-goto').fill(`${day} ${time}`);
    await app.page.getByTestId('playback-goto').press('Enter');
    await app.page.getByTestId('timeline').focus();
  };
  /** Until every tile shows a readable picture near a moment. */
  const whenShown = (what: string, near: number, within: number): Promise<SeenTiles> =>
    until(
      what,
      async () => {
        const [seen] = await readClocks(app.page, 1, 10);
        const isThere =
          seen !== undefined &&
          seen.tiles.length > 0 &&
          seen.tiles.every(({ madeAtMs }) => madeAtMs !== null && Math.abs(madeAtMs - near) <= within);
        return isThere ? seen : null;
      },
      { timeoutMs: 30_000 },
    );
  const firstNumber = async (): Promise<number | null> =>
    (await readClocks(app.page, 1, 20))[0]?.tiles[0]?.number ?? null;
  /** Number of the picture in the first tile once it has stood still for a moment. */
  const standingNumber = (): Promise<number> =>
    until('a picture that stands', async () => {
      const one = await firstNumber();
      await delay(300);
      return one !== null && (await firstNumber()) === one ? one : null;
    });
  /**
   * Presses a key once and tells the number that stands then. A camera on a busy machine may send a picture twice:
   * then the same number stands once more.
   */
  const stepped = async (key: string): Promise<number> => {
    const was = await standingNumber();
    await app.page.keyboard.press(key);
    await delay(400);
    for (let look = 0; look < 8; look++) {
      const now = await standingNumber();
      if (now !== was) return now;
    }
    return was;
  };
  const report = (what: string, seen: readonly SeenTiles[]): number => {
    const spreads = seen.map(spreadOf).filter((spread) => spread !== null);
    const sorted = [...spreads].sort((a, b) => a - b);
    const largest = sorted.at(-1) ?? Infinity;
    observed(
      `${what}: largest difference ${String(largest)} ms, median ${String(sorted[sorted.length >> 1])} ms, ` +
        `${String(spreads.length)} of ${String(seen.length)} moments readable in all tiles`,
    );
    expect(spreads.length, `${what}: readable moments`).toBeGreaterThan(seen.length * 0.7);
    return largest;
  };

  test.beforeAll(async () => {
    test.setTimeout(360_000);
    app = await launchApp();
    await app.resize(1280, 800);
    const clocks: CodedClock[] = [];
    for (let n = 0; n < CAMERAS; n++) {
      const clock = await startCodedClock({
        width: 640,
        height: 352,
        fps: FPS,
        gop: FPS,
        kbps: 500,
      });
      clocks.push(clock);
      cameras.push(
        await app.vas.command('devices.create', {
          name: `Clock ${String(n + 1)}`,
          rtsp_url: clock.url,
        }),
      );
    }
    await openScreen(app, 'Cameras');
    for (const { id } of cameras) await whenRunning(app, id);
    // A file of its own for all: the clock of a stream that has just begun is still finding its level.
    from = (Math.floor(Date.now() / 60_000) + 1) * 60_000 + 3000;
    await delay(from - Date.now() + SECONDS * 1000);
    for (const { id } of cameras) await app.vas.command('devices.stop-stream', { id });
    for (const clock of clocks) await clock.stop();
  });

  test.afterAll(async () => {
    await finish(app, test.info());
  });

  test('all tiles show the same moment, while playing and after a jump', async () => {
    test.setTimeout(180_000);
    await openScreen(app, 'Playback');
    await expect(app.page.getByTestId('playback-tile')).toHaveCount(CAMERAS);
    await goTo(from + 2000);
    const asked = performance.now();
    const first = await whenShown('the moment asked for', from + 2000, NEAR_MS);
    measured('jump to pictures in four tiles', performance.now() - asked);
    expect(spreadOf(first)).toBeLessThanOrEqual(2 * (1000 / FPS));
    await app.page.keyboard.press('Space');
    await delay(1500);
    const playing = await readClocks(app.page, 140, 220);
    const frame = 1000 / FPS;
    // A picture lasts 83 ms: two tiles in step may show neighbours.
    expect(report('half a minute of playing', playing)).toBeLessThanOrEqual(3 * frame);
    await goTo(from + 30_000);
    await delay(1500);
    const after = await readClocks(app.page, 40, 100);
    expect(report('after a jump while playing', after)).toBeLessThanOrEqual(3 * frame);
    for (const { positionMs, tiles } of after)
      for (const { madeAtMs } of tiles)
        if (madeAtMs !== null) expect(Math.abs(positionMs - madeAtMs)).toBeLessThan(700);
    await app.page.keyboard.press('K');
  });

  test('steps from picture to picture, in both directions', async () => {
    await goTo(from + 10_000);
    await whenShown('standing pictures', from + 10_000, NEAR_MS);
    const numbers: number[] = [await standingNumber()];
    for (let n = 0; n < 4; n++) numbers.push(await stepped('.'));
    // A camera under load leaves pictures out: the next one need not have the next number.
    for (const [index, number] of numbers.entries())
      if (index > 0) {
        const by = (number - (numbers[index - 1] ?? 0) + 3600) % 3600;
        expect(by, `step ${String(index)} of ${numbers.join(', ')}`).toBeLessThanOrEqual(4);
      }
    expect(new Set(numbers).size, numbers.join(', ')).toBeGreaterThan(2);
    for (const number of numbers.slice(0, -1).reverse())
      expect(await stepped(','), 'the same pictures backwards').toBe(number);
  });

  test('fast and backwards by key frames', async () => {
    await goTo(from + 5000);
    await whenShown('the beginning', from + 5000, NEAR_MS);
    await app.page.getByTestId('playback-rate').selectOption('8');
    await app.page.getByTestId('timeline').focus();
    await app.page.keyboard.press('Space');
    const fast = await whenShown('16 s on', from + 21_000, 4000);
    expect(
      fast.tiles.every(({ number }) => (number ?? 1) % FPS === 0),
      'key frames',
    ).toBe(true);
    await app.page.keyboard.press('J');
    await app.page.keyboard.press('J');
    const turned = Number(await position().getAttribute('data-at'));
    await until('it goes back', async () => Number(await position().getAttribute('data-at')) < turned - 4000);
    const [back] = await readClocks(app.page, 1, 20);
    for (const { madeAtMs } of back?.tiles ?? [])
      if (madeAtMs !== null) expect(Math.abs(madeAtMs - (back?.positionMs ?? 0))).toBeLessThan(3000);
    await app.page.keyboard.press('K');
  });

  test('a gap says why, and playing goes on behind it', async () => {
    const { first } = await app.vas.query('playback.bounds', {
      camera_ids: cameras.map(({ id }) => id),
    });
    const begin = Date.parse(first ?? '');
    await goTo(begin - 60_000);
    // A click goes to the next existing picture, a typed time too.
    await expect
      .poll(async () => Number(await position().getAttribute('data-at')))
      .toBeGreaterThan(begin - 1000);
    await app.page.keyboard.press('Shift+ArrowLeft');
    await expect(app.page.getByTestId('playback-cover').first()).toContainText('No recording');
    await app.page.getByTestId('timeline').focus();
    await app.page.getByTestId('playback-rate').selectOption('1');
    await app.page.getByTestId('timeline').focus();
    await app.page.keyboard.press('L');
    await until('it has gone over the gap', async () => {
      const [seen] = await readClocks(app.page, 1, 50);
      return seen?.tiles.some(({ madeAtMs }) => madeAtMs !== null) === true;
    });
    await app.page.keyboard.press('K');
  });

  test('looks at a minute, marks a range and saves a clip', async () => {
    await goTo(from + 20_000);
    await whenShown('the moment', from + 20_000, NEAR_MS);
    for (let n = 0; n < 3; n++) await app.page.keyboard.press('+');
    await app.page.keyboard.press('I');
    await app.page.keyboard.press('ArrowRight');
    await app.page.keyboard.press('O');
    await expect(app.page.getByTestId('playback-range')).toContainText('0:05');
    await inspectLooks(app, 'playback-minute');
    await app.page.getByRole('button', { name: /^save .*clip/i }).click();
    await expect(app.page.getByText(/clips? ha(s|ve) been saved/)).toBeVisible({
      timeout: 30_000,
    });
    const { bookmarks } = await app.vas.query('bookmarks.list', {});
    expect(bookmarks.length).toBeGreaterThan(0);
    expect(bookmarks[0]?.duration).toBeGreaterThan(3.5);
    await app.page.keyboard.press('X');
  });

  test('a day and a month of four cameras', async () => {
    const day = 86_400_000;
    const start = Math.floor((Date.now() - 30 * day) / 60_000) * 60_000;
    const spans = cameras.flatMap(({ id }, n) =>
      Array.from({ length: 29 }, (_none, index) => index)
        .filter((index) => (index + n) % 9 !== 4)
        .flatMap((index) => [
          {
            cameraId: id,
            from: start + index * day,
            to: start + index * day + (7 + n) * 3_600_000,
          },
          {
            cameraId: id,
            from: start + index * day + (8 + n) * 3_600_000,
            to: start + (index + 1) * day,
          },
        ]),
    );
    observed(`${String(fillSegments(app, spans))} rows`);
    await goTo(start + 28 * day + 6 * 3_600_000);
    for (let n = 0; n < 8; n++) await app.page.keyboard.press('-');
    await delay(1500);
    await inspectLooks(app, 'playback-day');
    for (let n = 0; n < 5; n++) await app.page.keyboard.press('-');
    const asked = performance.now();
    const request = {
      camera_ids: cameras.map(({ id }) => id),
      start: new Date(start).toISOString(),
      end: new Date().toISOString(),
      pixels: 1100,
    };
    const { cameras: lines } = await app.vas.query('playback.timeline', request);
    measured('a month of four cameras', performance.now() - asked);
    expect(lines.every(({ recorded }) => recorded.length > 10)).toBe(true);
    await delay(1500);
    await inspectLooks(app, 'playback-month');
  });
});

test('without recordings it says so, and leads to the cameras without any', async ({ launch }) => {
  const app = await launch();
  await openScreen(app, 'Playback');
  await expect(app.page.getByText('No cameras yet')).toBeVisible();
  await app.vas.command('devices.create', {
    name: 'Gate',
    rtsp_url: 'rtsp://127.0.0.1:9/x',
    start: false,
  });
  await app.page.reload();
  await openScreen(app, 'Playback');
  await expect(app.page.getByTestId('playback-none')).toContainText('Nothing has been recorded yet');
  await expect(app.page.getByTestId('playback-cover')).toContainText('No recording');
  await inspectLooks(app, 'playback-empty');
});
