import { startCodedClock } from '../scripts/cameras/codedClock';
import type { CodedClock } from '../scripts/cameras/codedClock';
import type { Device } from '../contract';
import type { RunningApp } from './app';
import { launchApp } from './app';
import { expect, finish, measured, test } from './fixtures';
import { whenRunning } from './support/cameras';
import { readClocks } from './support/playback';
import { openScreen } from './support/screens';
import { until } from './support/wait';

const FPS = 12;

/** A guard plays what happened a moment ago: no file of the camera is finished yet. */
test.describe.serial('playback of the file that is being written', () => {
  let app: RunningApp;
  let source: CodedClock;
  let camera: Device;
  /** When the camera ran, milliseconds. */
  let ranAt = 0;
  const page = () => app.page;
  const position = async () => Number(await page().getByTestId('playback-position').getAttribute('data-at'));
  /** When the picture in the tile was made, milliseconds; null while there is none. */
  const shown = async () => {
    const [seen] = await readClocks(page(), 1, 20);
    const made = seen?.tiles.find(({ cameraId }) => cameraId === camera.id)?.madeAtMs ?? null;
    return made;
  };
  const segments = () =>
    app.vas.query('recordings.segments', {
      ...{ device_id: camera.id, start: '2000-01-01T00:00:00.000Z', end: '2100-01-01T00:00:00.000Z' },
    });

  test.beforeAll(async () => {
    test.setTimeout(180_000);
    source = await startCodedClock({ width: 640, height: 352, fps: FPS, gop: FPS, kbps: 500 });
    app = await launchApp();
    await app.resize(1280, 800);
    // The file is cut at whole minutes: this one shall be long enough to be watched while it is written.
    await until('the first half of a minute', () => Date.now() % 60_000 < 25_000, { timeoutMs: 60_000 });
    camera = await app.vas.command('devices.create', { name: 'Clock', rtsp_url: source.url });
    await openScreen(app, 'Playback');
    await whenRunning(app, camera.id);
    ranAt = Date.now();
  });

  test.afterAll(async () => {
    await finish(app, test.info());
    await source.stop();
  });

  test('the screen that had nothing shows it by itself, within seconds', async () => {
    test.setTimeout(60_000);
    const made = await until('a picture', shown, { timeoutMs: 30_000 });
    measured('from a running camera to its picture in Playback', Date.now() - ranAt);
    expect((await segments()).segments, 'nothing is finished yet').toEqual([]);
    expect(Math.abs(made - (await position()))).toBeLessThan(1500);
    await expect(page().getByTestId('playback-none')).toHaveCount(0);
    expect(Date.now() - ranAt).toBeLessThan(20_000);
  });

  test('"last" goes to a few seconds ago, and it plays on from there', async () => {
    test.setTimeout(60_000);
    await page().getByTestId('timeline').focus();
    await page().keyboard.press('End');
    const made = await until(
      'a picture of a moment ago',
      async () => {
        const at = await shown();
        return at !== null && Date.now() - at < 9000 ? at : null;
      },
      { timeoutMs: 20_000 },
    );
    measured('how long ago the picture at the end was made', Date.now() - made);
    await page().keyboard.press('Space');
    await until(
      'it plays on',
      async () => {
        const at = await shown();
        return at !== null && at > made + 3000;
      },
      { timeoutMs: 20_000 },
    );
    await page().keyboard.press('K');
  });
});
