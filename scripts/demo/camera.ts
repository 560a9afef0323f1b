import path from 'node:path';
import { startCameraServer } from '../cameras/camera';
import { footageCamera } from '../cameras/senders';

export interface DemoCamera {
  readonly url: string;
  stop(): Promise<void>;
}

/** The camera of the demo: the shipped footage in an endless loop, from an RTSP server that is not ours. */
export async function startDemoCamera(root: string): Promise<DemoCamera> {
  const server = await startCameraServer();
  try {
    const footage = await footageCamera(path.join(root, 'assets/footage/pedestrians-768x576.mp4'));
    await server.mount({ path: '/pedestrians', launch: footage.launch, protocols: ['tcp'] });
    return {
      url: server.url('/pedestrians'),
      async stop() {
        await footage.stop();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
