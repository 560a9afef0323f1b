import type { CameraServer } from '../scripts/cameras/camera';
import { startCameraServer } from '../scripts/cameras/camera';
import type { FaultyServer } from '../scripts/cameras/faults';
import { freePort, startSilentServer, startTalkingServer } from '../scripts/cameras/faults';
import { audioOnly, h264 } from '../scripts/cameras/launches';
import type { RunningApp } from './app';
import { launchApp } from './app';
import { expect, finish, measured, test } from './fixtures';
import type { BlackHole } from './support/blackHole';
import { startBlackHole } from './support/blackHole';
import { CamerasScreen, showInTile } from './support/screens';

interface Fault {
  readonly name: string;
  readonly url: () => string;
  readonly user?: string;
  readonly password?: string;
  readonly code: RegExp;
  /** What the user must be able to read: what is wrong, and what to do. */
  readonly says: RegExp;
}

/** Every wrong setting is explained, nothing hangs. */
test.describe.serial('cameras that cannot be reached', () => {
  let server: CameraServer;
  let silent: FaultyServer;
  let webServer: FaultyServer;
  let closedPort: number;
  let blackHole: BlackHole;
  let app: RunningApp;

  test.beforeAll(async () => {
    server = await startCameraServer();
    await server.mount({ path: '/locked', launch: h264(), user: 'viewer', password: 'right' });
    await server.mount({ path: '/sound', launch: audioOnly('pcma') });
    silent = await startSilentServer();
    webServer = await startTalkingServer('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n');
    closedPort = await freePort();
    blackHole = await startBlackHole();
    app = await launchApp();
    await app.vas.command('secrets.accept-obfuscation', {});
  });

  test.afterAll(async () => {
    await finish(app, test.info());
    await Promise.all([server.stop(), silent.stop(), webServer.stop(), blackHole.stop()]);
  });

  const faults: readonly Fault[] = [
    {
      name: 'wrong password',
      url: () => server.url('/locked'),
      user: 'viewer',
      password: 'wrong',
      code: /^unauthorized$/,
      says: /user.*password/is,
    },
    {
      name: 'no password',
      url: () => server.url('/locked'),
      code: /^unauthorized$/,
      says: /user.*password/is,
    },
    { name: 'wrong path', url: () => server.url('/nowhere'), code: /^not_found$/, says: /(path|address)/i },
    {
      name: 'refused port',
      url: () => `rtsp://127.0.0.1:${String(closedPort)}/cam`,
      code: /^unreachable$/,
      says: /(reach|connect).*(address|port|network|power)/is,
    },
    {
      name: 'unknown host name',
      url: () => 'rtsp://camera.invalid/cam',
      code: /^unreachable$/,
      says: /(reach|connect|find).*(address|name|network|power)/is,
    },
    {
      // TEST-NET-1: nobody answers there, or the network says at once that there is no way.
      name: 'an address that nobody has',
      url: () => 'rtsp://192.0.2.1/cam',
      code: /^unreachable$/,
      says: /(reach|connect|answer).*(address|network|power|port)/is,
    },
    {
      name: 'a host that swallows everything',
      url: () => `rtsp://127.0.0.1:${String(blackHole.port)}/cam`,
      code: /^unreachable$/,
      says: /(reach|connect|answer).*(address|network|power)/is,
    },
    {
      name: 'a port that accepts and says nothing',
      url: () => `rtsp://127.0.0.1:${String(silent.port)}/cam`,
      code: /^no_answer$/,
      says: /answer.*(address|port|power|restart|check)/is,
    },
    {
      name: 'a web server',
      url: () => `rtsp://127.0.0.1:${String(webServer.port)}/cam`,
      code: /^(unsupported|no_answer|not_found|unreachable|internal)$/,
      says: /(address|port)/i,
    },
    { name: 'sound only', url: () => server.url('/sound'), code: /^unsupported$/, says: /(video|picture)/i },
  ];

  for (const fault of faults) {
    test(`${fault.name}: the connection test explains it`, async () => {
      const screen = await CamerasScreen.open(app);
      const dialog = await screen.startAdding();
      await dialog.fill({ name: fault.name, url: fault.url(), user: fault.user, password: fault.password });
      const started = performance.now();
      await dialog.testConnection();
      const verdict = await dialog.verdict();
      const elapsed = performance.now() - started;
      measured(`${fault.name}: connection test answered after`, elapsed);
      expect(elapsed, 'nothing hangs').toBeLessThan(30_000);
      expect(verdict).toMatch(fault.says);
      expect(verdict).not.toMatch(/undefined|null|\[object|NaN|wrong-password/);
      await dialog.cancel();
      // The same through the API: an answer with a stable code, not a failure.
      const { main } = await app.vas.command('devices.validate', {
        rtsp_url: fault.url(),
        ...(fault.user === undefined ? {} : { username: fault.user }),
        ...(fault.password === undefined ? {} : { password: fault.password }),
      });
      expect(main.valid).toBe(false);
      expect(main.valid ? '' : main.code).toMatch(fault.code);
      expect(main.valid ? '' : main.error).toMatch(/\w{3,}/);
    });
  }

  test('the tile says the same and goes on trying', async () => {
    for (const fault of faults.slice(0, 8)) {
      const device = await app.vas.command('devices.create', {
        name: `Bad: ${fault.name}`,
        rtsp_url: `${fault.url()}${fault.name === 'no password' ? '?2' : ''}`,
        ...(fault.user === undefined ? {} : { username: fault.user }),
        ...(fault.password === undefined ? {} : { password: fault.password }),
      });
      const state = await app.vas.whenStream(
        device.id,
        'says what is wrong',
        ({ fault: found }) => found !== null,
      );
      expect(state.fault?.code, fault.name).toMatch(fault.code);
      const tile = await showInTile(app, device);
      await tile.whenState(['offline', 'silent', 'reconnecting']);
      await expect(tile.root, fault.name).toContainText(fault.says);
      await app.vas.whenStream(device.id, 'tries again', ({ attempts }) => attempts >= 2);
      await app.vas.command('devices.delete', { id: device.id });
    }
    expect((await app.vas.query('devices.list', {})).total).toBe(0);
  });
});
