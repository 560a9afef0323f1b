import type { Device, DeviceCreate } from '../../contract';
import type { CameraServer } from '../../scripts/cameras/camera';
import type { CodedClock } from '../../scripts/cameras/codedClock';
import { startCodedClock } from '../../scripts/cameras/codedClock';
import { h265 } from '../../scripts/cameras/launches';
import type { RunningApp } from '../app';
import { launchApp } from '../app';
import { expect } from '../fixtures';
import { addCamera } from './cameras';
import { fillEvents } from './eventRows';
import { PlaybackPage } from './playbackPage';
import { openScreen } from './screens';

/** Of the camera with the clock, pictures a second; each second begins with a key frame. */
export const CLOCK_FPS = 12;

/** Adds a camera with a burnt-in clock and one that sends H.265. */
export async function addClockAndYard(
  app: RunningApp,
  server: CameraServer,
  device: Partial<DeviceCreate> = {},
): Promise<{ source: CodedClock; clock: Device; yard: Device }> {
  const source = await startCodedClock({
    ...{ width: 640, height: 352, kbps: 500 },
    fps: CLOCK_FPS,
    gop: CLOCK_FPS,
  });
  const clock = await app.vas.command('devices.create', { name: 'Clock', rtsp_url: source.url, ...device });
  const yard = await addCamera(app, server, {
    path: '/yard',
    launch: h265({ width: 640, height: 360 }),
    device: { name: 'Yard', ...device },
  });
  return { source, clock, yard };
}

/** Closes the application, puts a person seen by the first camera into its history and opens it at Playback. */
export async function reopenAtPlayback(
  app: RunningApp,
  seen: { readonly dataDir: string; readonly cameraId: string; readonly at: number },
): Promise<{ app: RunningApp; playback: PlaybackPage }> {
  await app.close();
  const { dataDir, cameraId, at } = seen;
  fillEvents(dataDir, [{ cameraId, at, label: 'person', confidence: 0.8 }]);
  const reopened = await launchApp({ dataDir });
  await reopened.resize(1280, 800);
  await openScreen(reopened, 'Playback');
  await expect(reopened.page.getByTestId('playback-tile')).toHaveCount(2);
  return { app: reopened, playback: new PlaybackPage(reopened.page) };
}
