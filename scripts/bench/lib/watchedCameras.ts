import { systemClock } from '../../../main/base/clock';
import { silentLogger } from '../../../main/base/logger';
import { createIngest } from '../../../main/kernel/ingest/ingest';
import type { Ingest } from '../../../main/kernel/ingest/ingest';
import { startCameraServer } from '../../cameras/camera';
import { h264 } from '../../cameras/launches';
import { LossRecorder } from './lossRecorder';
import { RtpCounter } from './rtpCounter';
import type { Cleanup } from './setup';
import { ffmpegPath, temporaryFolder } from './setup';

/** A real camera that is recorded and watched, and what was lost of it. */
export interface WatchedCamera {
  readonly id: string;
  readonly live: RtpCounter;
  readonly recorder: LossRecorder;
  readonly ingest: Ingest;
}

/** Cameras through the product's ingest, each with a viewer that counts and a recording. */
export async function watchedCameras(cleanup: Cleanup, count: number, fps: number): Promise<WatchedCamera[]> {
  const server = await startCameraServer();
  cleanup.add(() => server.stop());
  await server.mount({
    path: '/camera',
    launch: h264({ width: 1280, height: 720, fps, kbps: 2000 }),
    protocols: ['tcp'],
  });
  const cameras: WatchedCamera[] = [];
  for (let n = 0; n < count; n++) {
    const id = `00000000-0000-4000-8000-${(0xfa00 + n).toString(16).padStart(12, '0')}`;
    const live = new RtpCounter();
    const recorder = new LossRecorder(await temporaryFolder(cleanup, 'watched'));
    const ingest = createIngest({
      ...{ ffmpegPath: ffmpegPath(), clock: systemClock, log: silentLogger(), live, recording: recorder },
      onInfo: () => undefined,
    });
    cleanup.add(async () => ingest.dispose());
    ingest.start({
      ...{ streamId: id, cameraId: id, info: null },
      endpoint: () => Promise.resolve({ url: server.url('/camera'), transport: 'tcp', credentials: null }),
    });
    cameras.push({ id, live, recorder, ingest });
  }
  return cameras;
}
