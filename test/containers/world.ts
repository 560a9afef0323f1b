import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
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
import { SIDE, brightQuarters } from '../onnx/brightQuarters';

export const entry = path.resolve(import.meta.dirname, '../../dist/workers/container.worker.cjs');
export const cameraId = '11111111-2222-4333-8444-555555555555';

/** The keys that a small model needs; lines of `more` replace those with the same key. */
export function smallManifest(id: string, more = ''): string {
  const lines = [
    `model_id: ${id}`,
    'model_name: Bright quarters',
    "model_version: '1.0'",
    'model_type: onnx',
    'model_weights: quarters.onnx',
    `expected_resolution: [${SIDE}, ${SIDE}]`,
    'input_tensor: { fit: stretch }',
    'confidence_threshold: 0.5',
    'output_schema: { type: dets_xyxy_score_class, class_names: [bright] }',
  ];
  const keys = more.split('\n').map((line) => line.split(':', 1)[0]);
  return [...lines.filter((line) => !keys.includes(line.split(':', 1)[0])), more, ''].join('\n');
}

/** Real containers as Node children, with models and frames of the test's own. */
export interface World {
  readonly folder: string;
  readonly containers: ModelContainers;
  /** Publishes a picture whose quarters have these luma values (limited range, 16..235). */
  frame(quarters: readonly [number, number, number, number], camera?: string): InferenceRequest;
  rings: Map<string, FrameRingWriter>;
  dispose(): Promise<void>;
}

export interface WorldModel {
  readonly id: string;
  readonly more?: string;
  readonly handler?: string;
}

export async function openWorld(
  models: readonly WorldModel[],
  execArgv: readonly string[] = [],
): Promise<World> {
  const folder = await mkdtemp(path.join(tmpdir(), 'vas-c-'));
  const exportDir = path.join(folder, 'shm');
  await mkdir(exportDir);
  for (const { id, more = '', handler } of models) {
    const at = path.join(folder, 'models', id);
    await mkdir(at, { recursive: true });
    await writeFile(path.join(at, 'quarters.onnx'), brightQuarters());
    const key = handler === undefined ? '' : 'handler: handler.mjs\n';
    await writeFile(path.join(at, 'model.yaml'), smallManifest(id, `${key}${more}`));
    if (handler !== undefined) await writeFile(path.join(at, 'handler.mjs'), handler);
  }
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
      const [width, height] = [64, 48];
      const ring =
        rings.get(camera) ??
        createFrameRing(file, { cameraId: camera, maxPictureBytes: width * height * 1.5 });
      rings.set(camera, ring);
      const data = new Uint8Array(width * height * 1.5).fill(128);
      for (let y = 0; y < height; y++)
        for (let x = 0; x < width; x++)
          data[y * width + x] = quarters[(y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1)] ?? 16;
      const frameId = ring.publish({
        ...{ data, width, height, ptsUs: 0, wallUs: 0 },
        ...({ matrix: 'bt601', range: 'limited' } as const),
      });
      return {
        frame_reference: file,
        frame_metadata: { frame_id: frameId, width, height, format: 'NV12' },
        camera_id: camera,
        model_id: models[0]?.id ?? '',
        timestamp: Date.now() / 1000,
        config: { max_age_ms: 30_000 },
      };
    },
    async dispose() {
      await containers.dispose();
      for (const ring of rings.values()) ring.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
