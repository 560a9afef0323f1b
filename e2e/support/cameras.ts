import type { CameraServer, MountOptions } from '../../scripts/cameras/camera';
import type { Device, DeviceCreate } from '../../contract';
import type { RunningApp } from '../app';

export interface CameraSetup extends MountOptions {
  /** Fields of the camera in the application beyond name, address, user and password. */
  readonly device?: Partial<DeviceCreate>;
}

/** Puts a camera on the test server and adds it to the application through its API. */
export async function addCamera(app: RunningApp, server: CameraServer, setup: CameraSetup): Promise<Device> {
  const { device, ...mount } = setup;
  await server.mount(mount);
  if (setup.password !== undefined) await app.vas.command('secrets.accept-obfuscation', {});
  return app.vas.command('devices.create', {
    name: `Camera ${setup.path}`,
    rtsp_url: server.url(setup.path),
    ...(setup.user === undefined ? {} : { username: setup.user }),
    ...(setup.password === undefined ? {} : { password: setup.password }),
    ...device,
  });
}

/** Waits until a camera runs and something of it is on disk. */
export async function whenRunning(app: RunningApp, cameraId: string, timeoutMs = 30_000): Promise<void> {
  await app.vas.whenStream(cameraId, 'running', (state) => state.phase === 'running', timeoutMs);
}
