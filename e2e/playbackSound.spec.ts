import { setTimeout as delay } from 'node:timers/promises';
import type { RunningApp } from './app';
import { expect, observed, test } from './fixtures';
import { inspectLooks } from './support/looks';
import { loudnessOf } from './support/loudness';
import { soundCameras } from './support/soundCameras';
import { openScreen } from './support/screens';
import { until } from './support/wait';

/** Of what the window plays. */
const loudness = (app: RunningApp): Promise<number> => loudnessOf(app.page.getByTestId('playback-sound'));

test('the recorded sound of the selected tile is heard at 1x, and at no other speed', async ({
  server,
  launch,
}) => {
  test.setTimeout(300_000);
  const app = await launch();
  const { page } = app;
  const { heard: cameras, silent } = await soundCameras(app, server, ['aac', 'pcma', 'opus']);
  await app.resize(1280, 800);
  // Footage to be played once for each camera, with time for a machine that is late.
  await delay(45_000);
  for (const { id } of [...cameras, silent]) await app.vas.command('devices.stop-stream', { id });
  await page.reload();
  await openScreen(app, 'Playback');
  await page.getByRole('radio', { name: /^2 × 2/ }).click();
  const tile = (id: string) => page.locator(`[data-testid="playback-tile"][data-camera-id="${id}"]`);
  const button = page.getByTestId('playback-sound-button');
  const { first } = await app.vas.query('playback.bounds', { camera_ids: cameras.map(({ id }) => id) });
  const rewind = async () => {
    const at = new Date(Date.parse(first ?? '') + 4000);
    const pad = (value: number) => String(value).padStart(2, '0');
    await page
      .getByTestId('playback-goto')
      .fill(`${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`);
    await page.getByTestId('playback-goto').press('Enter');
    await page.getByTestId('timeline').focus();
  };
  for (const camera of cameras) {
    await tile(camera.id).focus();
    await rewind();
    await expect(tile(camera.id)).toHaveAttribute('data-state', 'picture', { timeout: 20_000 });
    if (camera === cameras[0]) {
      expect(await loudness(app), 'silent until somebody asks').toBe(0);
      await page.keyboard.press('m');
    }
    await page.keyboard.press('Space');
    await until(`${camera.name} is heard`, async () => (await loudness(app)) > 0.03, { timeoutMs: 38_000 });
    observed(`${camera.name}: loudness ${(await loudness(app)).toFixed(3)}`);
    await expect(button).toHaveAttribute('data-state', 'playing');
    await until('the level shows', async () => Number(await button.getAttribute('data-level')) > 0.01);
    if (camera === cameras[0]) await inspectLooks(app, 'playback-sound');
    await page.getByTestId('timeline').focus();
    await page.keyboard.press('K');
    await until('a pause is silent', async () => (await loudness(app)) < 0.001);
  }
  await rewind();
  await page.getByTestId('playback-rate').selectOption('2');
  await page.getByTestId('timeline').focus();
  await page.keyboard.press('Space');
  await expect(button).toHaveAttribute('data-state', 'silent');
  await delay(1500);
  expect(await loudness(app), 'another speed').toBeLessThan(0.001);
  await page.keyboard.press('K');
  await page.getByTestId('playback-rate').selectOption('1');
  await tile(silent.id).focus();
  await rewind();
  await page.keyboard.press('Space');
  await expect(button).toHaveAttribute('data-state', 'none', { timeout: 20_000 });
  await page.keyboard.press('m');
  await expect(button).toHaveAttribute('data-state', 'off');
  await page.keyboard.press('K');
  await openScreen(app, 'Cameras');
});
