import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { discoverModels } from '../../main/containers/discovery';
import { ringSource } from '../../models/runtime/frames/ringSource';
import type { FrameRingWriter } from '../../native';
import { createFrameRing } from '../../native';
import type { ModelService } from '../../models/runtime/model/service';
import { createModelService } from '../../models/runtime/model/service';
import type { InferenceRequest, InferenceResponse } from '../../contract/inference/messages';
import type { LabelledPicture } from './pictures';
import { decodePicture } from './pictures';

export const modelsFolder = path.resolve(import.meta.dirname, '../../models');

/** Models run in the test's own process on pictures in a folder that plays the frame export. */
export interface Bench {
  readonly exportDir: string;
  load(modelId: string): Promise<ModelService>;
  /** Puts the picture where containers read it and gives the request for it. */
  request(picture: LabelledPicture, modelId: string): Promise<InferenceRequest>;
  infer(service: ModelService, picture: LabelledPicture, modelId: string): Promise<InferenceResponse>;
  dispose(): Promise<void>;
}

export async function openBench(): Promise<Bench> {
  const exportDir = await mkdtemp(path.join(tmpdir(), 'vas-export-'));
  const services: ModelService[] = [];
  const rings = new Map<string, FrameRingWriter>();
  const { available } = await discoverModels([{ origin: 'shipped', folder: modelsFolder }]);
  const bench: Bench = {
    exportDir,
    async load(modelId) {
      const found = available.find(({ id }) => id === modelId);
      if (!found) throw new Error(`${modelId} is not shipped`);
      const service = await createModelService(
        {
          model: found.model,
          companions: [...found.companions],
          socketPath: 'unused',
          exportDir,
          heartbeatMs: 5000,
        },
        ringSource(exportDir),
      );
      services.push(service);
      return service;
    },
    async request(picture, modelId) {
      const { width, height } = picture;
      const file = path.join(exportDir, `vas_frames_${picture.name}`);
      const data = await decodePicture(picture);
      const ring =
        rings.get(picture.name) ??
        createFrameRing(file, { cameraId: picture.name, maxPictureBytes: data.byteLength, capacity: 2 });
      rings.set(picture.name, ring);
      const frameId = ring.publish({
        ...{ data, width, height, ptsUs: 0, wallUs: 0 },
        ...({ matrix: 'bt601', range: 'limited' } as const),
      });
      return {
        frame_reference: file,
        frame_metadata: { frame_id: frameId, width, height, format: 'NV12' },
        camera_id: '00000000-0000-4000-8000-000000000001',
        model_id: modelId,
        timestamp: 1_800_000_000,
        config: { max_age_ms: 60_000 },
      };
    },
    infer: async (service, picture, modelId) => service.answer(await bench.request(picture, modelId), 0),
    async dispose() {
      for (const service of services) await service.dispose();
      for (const ring of rings.values()) ring.close();
      await rm(exportDir, { recursive: true, force: true });
    },
  };
  return bench;
}
