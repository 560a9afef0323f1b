import path from 'node:path';
import type { Device } from '../../contract';
import type { CameraServer } from '../../scripts/cameras/camera';
import { footageCamera } from '../../scripts/cameras/senders';
import type { LaunchOptions, RunningApp } from '../app';
import { addCamera, whenRunning } from './cameras';
import { EVENT_MODEL } from './eventRows';
import { repositoryRoot } from './runtime';

/** The demo's footage: people who walk by, 10 pictures a second. */
const FOOTAGE = path.join(repositoryRoot, 'assets/footage/pedestrians-768x576.mp4');
export const FOOTAGE_FPS = 10;

export interface People {
  readonly app: RunningApp;
  /** Runs; nothing looks at it yet. */
  readonly camera: Device;
  /** Lets a model look at it. @returns the assignment's id */
  readonly watch: () => Promise<string>;
}

/**
 * The application and a camera of people who walk by, for as long as `use` takes.
 * @param exportsFrames whether the frame export is on
 */
export async function withPeople(
  { server, launch }: { server: CameraServer; launch: (options?: LaunchOptions) => Promise<RunningApp> },
  use: (people: People) => Promise<void>,
  exportsFrames = true,
): Promise<void> {
  const footage = await footageCamera(FOOTAGE);
  try {
    const app = await launch(exportsFrames ? { env: { AI_FRAME_EXPORT_ENABLED: 'true' } } : {});
    const camera = await addCamera(app, server, {
      path: '/people',
      launch: footage.launch,
      device: { name: 'People' },
    });
    await whenRunning(app, camera.id);
    const watch = async () =>
      (
        await app.vas.command('ai-model-assignments.create', {
          ...{ camera_id: camera.id, model_id: EVENT_MODEL },
        })
      ).id;
    await use({ app, camera, watch });
  } finally {
    await footage.stop();
  }
}
