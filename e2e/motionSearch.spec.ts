import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Device } from '../contract';
import type { CameraServer } from '../scripts/cameras/camera';
import { startCameraServer } from '../scripts/cameras/camera';
import { runProgram } from '../scripts/cameras/process';
import type { SenderCamera } from '../scripts/cameras/senders';
import { footageCamera } from '../scripts/cameras/senders';
import type { RunningApp } from './app';
import { launchApp } from './app';
import { expect, finish, observed, test } from './fixtures';
import { addCamera, whenRunning } from './support/cameras';
import { Keyboard } from './support/keyboard';
import { inspectLooks } from './support/looks';
import { openScreen } from './support/screens';
import { until } from './support/wait';

/** The clip is played over and over; in it a box moves in the lower left from here to there, seconds. */
const [LOOP, BEGINS, ENDS] = [20, 10, 16];
const SECONDS = 70;

test.describe.serial('motion search in recordings of a camera with a moving object', () => {
  let server: CameraServer;
  let sender: SenderCamera;
  let folder: string;
  let app: RunningApp;
  let camera: Device;
  const panel = () => app.page.getByTestId('motion-panel');
  const results = () => app.page.getByTestId('motion-result');
  const state = () => app.page.getByTestId('motion-progress');
  const position = () => app.page.getByTestId('playback-position');
  /** The search that the panel tells of; null before the first one. */
  const searchShown = async (): Promise<string | null> =>
    (await state().count()) === 0 ? null : state().getAttribute('data-search');
  /** Begins a search and waits for its end: what the one before has left does not count. */
  const searched = async (
    begin = () => panel().getByRole('button', { name: 'Search', exact: true }).click(),
  ) => {
    const before = await searchShown();
    await begin();
    await until('a search of its own', async () => (await searchShown()) !== before, { timeoutMs: 60_000 });
    await expect(state()).toHaveAttribute('data-state', 'done', { timeout: 60_000 });
  };
  const shows = (at: number) =>
    expect
      .poll(async () => Math.abs(Number(await position().getAttribute('data-at')) - at), { timeout: 30_000 })
      .toBeLessThan(200);
  /** Seconds of footage that a search says it took from what is kept, and that it looked through. */
  const sources = async (): Promise<{ kept: number; scanned: number }> => {
    const found = /From motion data: (\d+):(\d+)\. Recordings looked through: (\d+):(\d+)/.exec(
      await state().innerText(),
    );
    const seconds = (minute: number) => 60 * Number(found?.[minute]) + Number(found?.[minute + 1]);
    return { kept: seconds(1), scanned: seconds(3) };
  };
  /** Seconds of footage there are. */
  const recorded = async (): Promise<number> => {
    const { first, last } = await app.vas.query('playback.bounds', { camera_ids: [camera.id] });
    return first === null || last === null ? 0 : (Date.parse(last) - Date.parse(first)) / 1000;
  };
  /** Draws a rectangle over the picture, in shares of it. */
  const draw = async (from: readonly [number, number], to: readonly [number, number]) => {
    const box = await app.page.locator('.motion-frame').boundingBox();
    if (box === null) throw new Error('no picture');
    const at = ([x, y]: readonly [number, number]) =>
      [box.x + x * box.width, box.y + y * box.height] as const;
    await app.page.mouse.move(...at(from));
    await app.page.mouse.down();
    await app.page.mouse.move(...at([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]));
    await app.page.mouse.move(...at(to));
    await app.page.mouse.up();
  };

  test.beforeAll(async () => {
    test.setTimeout(240_000);
    folder = mkdtempSync(path.join(tmpdir(), 'vas-motion-e2e-'));
    const clip = path.join(folder, 'box.mp4');
    const box = `overlay=x='20+mod(t*67\\,200)':y=240:enable='between(t,${String(BEGINS)},${String(ENDS)})'`;
    await runProgram('ffmpeg', [
      ...['-v', 'error', '-f', 'lavfi', '-i', `smptehdbars=s=640x360:r=15:d=${String(LOOP)}`],
      ...['-f', 'lavfi', '-i', 'color=white:s=60x80:r=15', '-filter_complex', `[0][1]${box}:shortest=1`],
      ...['-c:v', 'libx264', '-preset', 'veryfast', '-g', '15', '-keyint_min', '15', '-sc_threshold', '0'],
      ...['-bf', '0', '-pix_fmt', 'yuv420p', '-y', clip],
    ]);
    server = await startCameraServer();
    sender = await footageCamera(clip);
    app = await launchApp();
    await app.resize(1280, 800);
    camera = await addCamera(app, server, {
      path: '/box',
      launch: sender.launch,
      device: { name: 'Loading bay' },
    });
    await whenRunning(app, camera.id);
    await until('enough footage', async () => (await recorded()) >= SECONDS, { timeoutMs: 150_000 });
    await app.vas.command('devices.stop-stream', { id: camera.id });
    await app.page.reload();
    await openScreen(app, 'Playback');
    await app.page.getByRole('radio', { name: /^single/i }).click();
    await expect(app.page.getByTestId('playback-tile')).toHaveAttribute('data-state', 'picture', {
      timeout: 30_000,
    });
  });

  test.afterAll(async () => {
    await finish(app, test.info());
    await sender.stop();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('outside of where it moves nothing is found; it is said that recordings were looked through', async () => {
    await app.page.getByRole('button', { name: 'Search for motion' }).click();
    await expect(panel()).toContainText('Loading bay');
    await inspectLooks(app, 'motion-search-begin');
    await draw([0.6, 0.05], [0.97, 0.95]);
    await searched();
    await expect(state()).toContainText('Nothing moved in this region.');
    const { kept, scanned } = await sources();
    expect(kept).toBe(0);
    expect(scanned).toBeGreaterThan((await recorded()) - 12);
    await expect(results()).toHaveCount(0);
  });

  test('inside it is found each time, and kept data answers what was looked through before', async () => {
    await draw([0.02, 0.62], [0.48, 0.95]);
    await searched();
    expect((await sources()).kept).toBeGreaterThan((await recorded()) - 12);
    const found = await results().evaluateAll((all) =>
      all.map((one) => ({
        at: Number(one.getAttribute('data-start')),
        source: one.getAttribute('data-source'),
        text: one.textContent,
      })),
    );
    observed(`${String(found.length)} results: ${found.map(({ text }) => text).join(' | ')}`);
    expect(found.length).toBeGreaterThanOrEqual(2);
    expect(found.length).toBeLessThanOrEqual(Math.ceil((await recorded()) / LOOP) + 1);
    for (const [index, { at }] of found.slice(1).entries())
      expect(Math.abs(at - (found[index]?.at ?? 0) - LOOP * 1000), `result ${String(index)}`).toBeLessThan(
        3000,
      );
    for (const { source } of found) expect(source).toBe('kept');
    await expect(app.page.locator('.motion-thumb[data-loaded]').nth(1)).toBeVisible({ timeout: 20_000 });
    await inspectLooks(app, 'motion-search-found');
  });

  test('a result leads to its moment: the object is in the picture there', async () => {
    await results().nth(1).click();
    const at = Number(await results().nth(1).getAttribute('data-start'));
    await shows(at);
    // Whole seconds: the object is there a little later at the latest.
    await app.page.getByTestId('timeline').focus();
    await app.page.keyboard.press('Space');
    const white = await until('the box is seen', () =>
      app.page.evaluate(() => {
        const video = document.querySelector('video');
        if (video === null || video.videoWidth === 0) return null;
        const canvas = new OffscreenCanvas(64, 36);
        const pen = canvas.getContext('2d');
        pen?.drawImage(video, 0, 0, 64, 36);
        const { data } = pen?.getImageData(0, 20, 32, 14) ?? { data: [] };
        let count = 0;
        for (let i = 0; i < data.length; i += 4)
          if ((data[i] ?? 0) > 225 && (data[i + 1] ?? 0) > 225 && (data[i + 2] ?? 0) > 225) count++;
        return count > 15 ? count : null;
      }),
    );
    const seenAt = Number(await position().getAttribute('data-at'));
    observed(
      `${String(white)} white points of 448, ${String(Math.round(seenAt - at))} ms after the result began`,
    );
    expect(seenAt - at).toBeLessThan((ENDS - BEGINS) * 1000);
    await app.page.keyboard.press('K');
  });

  test('by keyboard alone: opened, moved, searched, jumped', async () => {
    const keys = new Keyboard(app.page);
    await app.page.getByRole('button', { name: 'Close motion search' }).click();
    await app.page.getByTestId('playback-tile').focus();
    await keys.press('Shift+M');
    await expect(panel()).toBeVisible();
    await keys.tabTo('button', /^Region; move it/);
    for (let n = 0; n < 12; n++) await keys.press('Shift+ArrowLeft');
    for (let n = 0; n < 12; n++) await keys.press('Shift+ArrowDown');
    await keys.tabTo('button', /^Corner 2 of the region/);
    for (let n = 0; n < 3; n++) await keys.press('Shift+ArrowRight');
    await keys.tabTo('radio', /^Rectangle/);
    await keys.tabTo('button', /^Search$/);
    await searched(() => keys.press('Enter'));
    await expect(results().first()).toBeVisible();
    await keys.tabTo('button', /\d+ % of region/);
    await keys.press('ArrowDown');
    await keys.press('Enter');
    await expect(results().nth(1)).toHaveAttribute('aria-current', 'true');
    await shows(Number(await results().nth(1).getAttribute('data-start')));
  });

  test('a polygon takes more corners, the whole picture none; a marked range is searched alone', async () => {
    test.setTimeout(240_000);
    await panel().getByText('Polygon').click();
    await expect(app.page.getByTestId('motion-corner')).toHaveCount(4);
    await app.page.getByTestId('motion-corner').first().focus();
    await app.page.keyboard.press('Insert');
    await expect(app.page.getByTestId('motion-corner')).toHaveCount(5);
    await app.page.getByTestId('motion-corner').nth(1).press('Delete');
    await expect(app.page.getByTestId('motion-corner')).toHaveCount(4);
    await inspectLooks(app, 'motion-search-polygon');
    await panel().getByText('Whole', { exact: true }).click();
    await expect(app.page.getByTestId('motion-layer')).toHaveCount(0);
    // Five seconds from where something begins to move.
    const at = Number(await results().nth(1).getAttribute('data-start'));
    await results().nth(1).click();
    await shows(at);
    await app.page.getByTestId('timeline').focus();
    await app.page.keyboard.press('I');
    await app.page.keyboard.press('ArrowRight');
    await shows(at + 5000);
    await app.page.keyboard.press('O');
    await expect(panel().getByText('Marked range')).toBeVisible();
    await searched();
    expect((await sources()).kept).toBeLessThanOrEqual(6);
    await expect(results()).toHaveCount(1);
    const { entries } = await app.vas.query('audit.list', { filter: {}, limit: 20 });
    expect(entries.some(({ action }) => action === 'motion.start-search')).toBe(true);
    // The player asks for more of the recording until it is left.
    await openScreen(app, 'Cameras');
  });
});
