import path from 'node:path';
import type { CameraServer } from '../../scripts/cameras/camera';
import { startCameraServer } from '../../scripts/cameras/camera';
import type { Relay } from '../../scripts/cameras/faults';
import { startRelay } from '../../scripts/cameras/faults';
import { h264 } from '../../scripts/cameras/launches';
import type { Device } from '../../contract';
import type { RunningApp } from '../app';
import { launchApp } from '../app';
import { expect, finish, test } from '../fixtures';
import { whenRunning } from '../support/cameras';
import { COLOURS, inColours } from '../support/looks';
import { openScreen } from '../support/screens';
import { Tile } from '../support/tile';
import { Wall } from '../support/wall';

/** Folder for the pictures, and the sizes of the window; from scripts/looks/looks.mjs. */
const folder = process.env['VAS_LOOKS_OUT'] ?? 'test-results/looks';
const SIZES = (process.env['VAS_LOOKS_SIZES'] ?? '1280x800')
  .split(',')
  .map((size) => size.split('x').map(Number) as [number, number]);
const LAYOUTS = ['Single', '2 × 2', '3 × 3', '4 × 4', '1 + 5', '1 + 7', 'Free'] as const;
const PLACES = [
  ...['Main gate', 'Loading dock 1', 'Reception', 'Car park west', 'Server room', 'Stairwell B'],
  ...['Roof', 'Goods lift', 'Canteen', 'Workshop', 'North fence', 'South fence', 'Archive', 'Cashier'],
  ...['Bicycle shed and the back entrance of building C', 'Lobby'],
] as const;
const AREAS = ['Outside', 'Building A, ground floor', 'Building B'] as const;

/** Pictures of every layout and of the main screens, to look at: `npm run looks -- --out FOLDER`. */
test.describe.serial('looks', () => {
  test.setTimeout(1_800_000);
  let server: CameraServer;
  let relay: Relay;
  let app: RunningApp;

  test.beforeAll(async () => {
    server = await startCameraServer();
    relay = await startRelay(server.port);
    const small = h264({ width: 480, height: 270, fps: 6, kbps: 200 });
    await server.mount({ path: '/ball', launch: small });
    await server.mount({ path: '/bars', launch: small.replace('pattern=ball', 'pattern=smpte') });
    await server.mount({ path: '/rings', launch: small.replace('pattern=ball', 'pattern=circular') });
    await server.mount({ path: '/leaves', launch: small.replace('pattern=ball', 'pattern=pinwheel') });
    app = await launchApp();
    await app.page.emulateMedia({ reducedMotion: 'reduce' });
  });

  test.afterAll(async () => {
    await finish(app, test.info());
    await relay.stop();
    await server.stop();
  });

  /** Each picture in each size and colour; `show` brings it up and may tell how to take it away. */
  const look = async (pictures: Readonly<Record<string, () => Promise<unknown>>>): Promise<void> => {
    for (const [width, height] of SIZES) {
      await app.resize(width, height);
      for (const theme of COLOURS) {
        await inColours(app, theme);
        for (const [name, show] of Object.entries(pictures)) {
          const hide = await show();
          await app.page.waitForTimeout(600);
          const file = `${name}-${theme}-${String(width)}x${String(height)}.png`;
          await app.page.screenshot({ path: path.join(folder, file) });
          if (typeof hide === 'function') await (hide as () => Promise<void>)();
        }
      }
    }
  };
  const to = (screen: Parameters<typeof openScreen>[1]) => () => openScreen(app, screen);
  const escape = () => app.page.keyboard.press('Escape');

  test('empty first start', async () => {
    await look({
      'empty-live': to('Live'),
      'empty-cameras': to('Cameras'),
      'empty-alerts': to('Alerts'),
      'empty-settings': to('Settings'),
    });
  });

  test('every layout, one camera offline, one without data', async () => {
    const paths = ['/ball', '/bars', '/rings'];
    const devices: Device[] = [];
    for (const [index, name] of PLACES.entries()) {
      const url =
        index === 1
          ? `rtsp://127.0.0.1:${String(relay.port)}/ball`
          : `${server.url(index === 2 ? '/leaves' : (paths[index % 3] ?? ''))}?camera=${String(index)}`;
      devices.push(
        await app.vas.command('devices.create', {
          ...{ name, rtsp_url: url, location: AREAS[index % 3] ?? null, recording: index % 4 !== 3 },
        }),
      );
    }
    for (const { id } of devices) await whenRunning(app, id);
    await app.page.reload();
    const wall = new Wall(app.page);
    await openScreen(app, 'Live');
    await wall.choose('4 × 4');
    for (const { id } of devices) await new Tile(app.page, id).whenState('live', 60_000);
    await app.page.waitForTimeout(6_000);
    await server.unmount('/leaves');
    relay.freeze();
    await new Tile(app.page, devices[1]?.id ?? '').whenState('silent', 90_000);
    await new Tile(app.page, devices[2]?.id ?? '').whenState('offline', 90_000);
    await expect(app.page.getByTestId('alert-banner')).toBeVisible({ timeout: 90_000 });
    const choose = (layout: string) => async () => {
      await openScreen(app, 'Live');
      await wall.choose(layout);
    };
    await look({
      ...Object.fromEntries(
        LAYOUTS.map((layout) => [`wall-${layout.replace(/ × | \+ /, '-')}`, choose(layout)]),
      ),
      'wall-tools': async () => {
        await choose('2 × 2')();
        const first = new Tile(app.page, devices[0]?.id ?? '').root;
        await first.focus();
        await first.hover();
        await app.page.keyboard.press('i');
        return () => app.page.keyboard.press('i');
      },
      'alert-panel': async () => {
        await app.page.keyboard.press('F8');
        return () => app.page.keyboard.press('F8');
      },
      'key-sheet': async () => {
        await app.page.keyboard.press('F1');
        return escape;
      },
      cameras: to('Cameras'),
      'camera-dialog': async () => {
        await openScreen(app, 'Cameras');
        await app.page.getByRole('button', { name: `Edit ${PLACES[0]}` }).click();
        return escape;
      },
      alerts: to('Alerts'),
    });
  });

  test('every section of the settings', async () => {
    await openScreen(app, 'Settings');
    const tabs = app.page.locator('.settings-tab');
    const names = await tabs.allInnerTexts();
    await look(
      Object.fromEntries(
        names.map((name, index) => [
          `settings-${name.toLowerCase().replaceAll(/\W+/g, '-')}`,
          () => tabs.nth(index).click(),
        ]),
      ),
    );
  });
});
