import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { DeviceReport, ModelFolder } from '../../../contract/inference/control';
import type { Detection } from '../../../contract/inference/messages';
import type { ModelManifest } from '../../../contract/inference/manifest';
import type { Frame, Region } from '../frames/frame';
import { readOutputs, toDetections } from '../post/postprocess';
import type { ToFrame } from '../post/postprocess';
import type { InputSize, Outputs } from '../post/tensors';
import { createInputBuilder } from './input';
import { openSession } from './onnx';
import type { Stopwatch } from './stopwatch';

export interface DetectOptions {
  /** 0..1; model.yaml's when left out. */
  readonly confidence?: number;
  /** 0..1, null for no suppression; model.yaml's when left out. */
  readonly iou?: number | null;
  readonly region?: Region;
}

/** Weights in memory, ready to run; keeps nothing between calls (INV-56, INV-63). */
export interface LoadedModel {
  readonly manifest: ModelManifest;
  readonly classNames: readonly string[];
  readonly device: DeviceReport;
  readonly weightsSha256: string;
  readonly inputSize: InputSize;
  /** The model's raw outputs, and the way back from its pixels to 0..1 of the frame. */
  run(frame: Frame, region?: Region): Promise<{ outputs: Outputs; toFrame: ToFrame }>;
  /** Runs and reads the outputs as output_schema says. */
  detect(frame: Frame, options?: DetectOptions): Promise<Detection[]>;
  dispose(): Promise<void>;
}

/**
 * Reads, checks, opens and warms up.
 * @param stopwatch where time in the model and around it is counted
 * @throws Error saying what is wrong with weights, input or device
 */
export async function loadModel(folder: ModelFolder, stopwatch: Stopwatch): Promise<LoadedModel> {
  const { manifest, classNames } = folder;
  const weights = await readFile(path.join(folder.folder, manifest.model_weights));
  // The same bytes are hashed and loaded: nothing can be exchanged in between.
  const weightsSha256 = createHash('sha256').update(weights).digest('hex');
  if (manifest.weights_sha256 !== undefined && manifest.weights_sha256 !== weightsSha256)
    throw new Error(
      `the weights ${manifest.model_weights} are not those that model.yaml describes (checksum ${weightsSha256})`,
    );
  const { session, device } = await openSession(weights, manifest);
  const builder = createInputBuilder(session, manifest);
  await session.run(builder.blank());

  const run: LoadedModel['run'] = async (frame, region) => {
    const { feeds, toFrame } = stopwatch.around('preprocess', () => builder.build(frame, region));
    const outputs = await stopwatch.aroundAsync('model', () => session.run(feeds));
    return { outputs, toFrame };
  };
  return {
    manifest,
    classNames,
    device,
    weightsSha256,
    inputSize: builder.size,
    run,
    async detect(frame, options = {}) {
      const { outputs, toFrame } = await run(frame, options.region);
      return stopwatch.around('postprocess', () => {
        const threshold = options.confidence ?? manifest.confidence_threshold;
        const iou = options.iou === undefined ? manifest.nms_iou_threshold : options.iou;
        const found = readOutputs(manifest.output_schema, outputs, builder.size, threshold);
        return toDetections(found, iou, toFrame, classNames);
      });
    },
    dispose: () => session.release(),
  };
}
