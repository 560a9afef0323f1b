import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { discoverModels } from '../../main/containers/discovery';
import { exportedFrames } from '../../models/runtime/frames/source';
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
        exportedFrames(exportDir),
      );
      services.push(service);
      return service;
    },
    async request(picture, modelId) {
      const file = path.join(exportDir, `vas_still_${picture.name}`);
      await writeFile(file, await decodePicture(picture));
      return {
        frame_reference: file,
        frame_metadata: { frame_id: 1, width: picture.width, height: picture.height, format: 'NV12' },
        camera_id: '00000000-0000-4000-8000-000000000001',
        model_id: modelId,
        timestamp: 1_800_000_000,
      };
    },
    infer: async (service, picture, modelId) => service.answer(await bench.request(picture, modelId), 0),
    async dispose() {
      for (const service of services) await service.dispose();
      await rm(exportDir, { recursive: true, force: true });
    },
  };
  return bench;
}
