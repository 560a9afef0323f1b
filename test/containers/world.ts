import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { InferenceRequest } from '../../contract/inference/messages';
import { systemClock } from '../../main/base/clock';
import { silentLogger } from '../../main/base/logger';
import type { ModelContainers } from '../../main/containers/containers';
import { createModelContainers } from '../../main/containers/containers';
import { createNodeLauncher } from '../../main/containers/nodeLauncher';
import type { FrameRingWriter } from '../../native';
import { createFrameRing } from '../../native';
import type { WorldModel } from './quarters';
import { HEIGHT, WIDTH, publishQuarters, writeModel } from './quarters';

export const entry = path.resolve(import.meta.dirname, '../../dist/workers/container.worker.cjs');
export const cameraId = '11111111-2222-4333-8444-555555555555';

/** Real containers as Node children, with models and frames of the test's own. */
export interface World {
  readonly folder: string;
  readonly containers: ModelContainers;
  /** Publishes a picture whose quarters have these luma values (limited range, 16..235). */
  frame(quarters: readonly [number, number, number, number], camera?: string): InferenceRequest;
  rings: Map<string, FrameRingWriter>;
  dispose(): Promise<void>;
}

export async function openWorld(
  models: readonly WorldModel[],
  execArgv: readonly string[] = [],
): Promise<World> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vas-c-'));
  const exportDir = path.join(folder, 'shm');
  await mkdir(exportDir);
  for (const model of models) await writeModel(path.join(folder, 'models'), model);
  const containers = await createModelContainers({
    roots: [{ origin: 'imported', folder: path.join(folder, 'models') }],
    dataDir: folder,
    exportDir,
    launcher: createNodeLauncher(entry, execArgv),
    clock: systemClock,
    log: silentLogger(),
  });
  const rings = new Map<string, FrameRingWriter>();
  return {
    folder,
    containers,
    rings,
    frame(quarters, camera = cameraId) {
      const file = path.join(exportDir, `vas_frames_${camera}`);
      const ring =
        rings.get(camera) ??
        createFrameRing(file, { cameraId: camera, maxPictureBytes: WIDTH * HEIGHT * 1.5 });
      rings.set(camera, ring);
      return publishQuarters(ring, file, camera, quarters);
    },
    async dispose() {
      await containers.dispose();
      for (const ring of rings.values()) ring.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
