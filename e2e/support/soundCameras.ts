import { h264 } from '../../scripts/cameras/launches';
import type { CameraServer } from '../../scripts/cameras/camera';
import type { Device } from '../../contract';
import type { RunningApp } from '../app';
import { addCamera, whenRunning } from './cameras';

export type SoundCodec = 'aac' | 'pcma' | 'opus';

/** A running camera for each codec of sound, in this order, and one without any. */
export async function soundCameras(
  app: RunningApp,
  server: CameraServer,
  codecs: readonly SoundCodec[],
): Promise<{ heard: readonly Device[]; silent: Device }> {
  const heard: Device[] = [];
  for (const audio of codecs)
    heard.push(
      await addCamera(app, server, {
        path: `/${audio}`,
        launch: h264({ fps: 10, audio }),
        device: { name: `Sound ${audio}` },
      }),
    );
  const silent = await addCamera(app, server, {
    path: '/silent',
    launch: h264({ fps: 10 }),
    device: { name: 'No sound' },
  });
  for (const { id } of [...heard, silent]) await whenRunning(app, id);
  return { heard, silent };
}
