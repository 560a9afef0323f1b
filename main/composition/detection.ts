import path from 'node:path';
import type { AiPath } from '../ai/aiPath';
import { createAiPath } from '../ai/aiPath';
import { Trials } from '../ai/trials';
import { RING_FOLDER } from '../kernel/frames/sharedMemory';
import type { Kernel } from '../kernel/kernel';
import type { Ground } from './ground';

export interface Detection {
  readonly ai: AiPath;
  readonly trials: Trials;
}

/** Frames, core and containers put together, and trials of models; it looks at no camera before it is started. */
export async function createDetection(
  { options, store, clock, owned }: Ground,
  kernel: Kernel,
): Promise<Detection> {
  const { dataDir, log } = options;
  const ai = owned.add(
    await createAiPath({
      ...{ store, frames: kernel.frames, dataDir, log, clock },
      modelRoots: [
        { origin: 'shipped', folder: options.models.folder },
        { origin: 'imported', folder: path.join(dataDir, 'models') },
      ],
      launcher: options.models.launcher,
    }),
  );
  const trials = new Trials({
    containers: ai.containers,
    isWanted: (modelId) => ai.isWanted(modelId),
    livePicture: (cameraId) => kernel.snapshots.livePicture(cameraId),
    exportDir: RING_FOLDER,
    ffmpeg: options.programs.ffmpeg,
    ...{ dialogs: options.dialogs, clock, log },
  });
  return { ai, trials };
}
