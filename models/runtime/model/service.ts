import type { ContainerConfig, DeviceReport } from '../../../contract/inference/control';
import type { InferenceRequest, InferenceResponse } from '../../../contract/inference/messages';
import type { FrameSource } from '../frames/frame';
import { errorAnswer } from '../server/answers';
import type { Handler } from './handler';
import { handlerTools, importHandler, standardHandler } from './handler';
import type { LoadedModel } from './loadedModel';
import { loadModel } from './loadedModel';
import { Stopwatch } from './stopwatch';

/** Older frames are not worth an answer, milliseconds (W-48). */
const DEFAULT_MAX_AGE_MS = 500;

/** A loaded model that answers requests, one at a time. */
export interface ModelService {
  readonly device: DeviceReport;
  readonly weightsSha256: string;
  /** Never rejects: failures are answers with `error` set (INV-55, INV-60). */
  answer(request: InferenceRequest, waitMs: number): Promise<InferenceResponse>;
  dispose(): Promise<void>;
}

/** @throws Error when the model cannot run; the container must not start */
export async function createModelService(
  config: ContainerConfig,
  frames: FrameSource,
): Promise<ModelService> {
  const stopwatch = new Stopwatch();
  const model = await loadModel(config.model, stopwatch);
  const companions: Record<string, LoadedModel> = {};
  for (const folder of config.companions)
    companions[folder.manifest.model_id] = await loadModel(folder, stopwatch);
  const handler: Handler =
    model.manifest.handler === undefined
      ? standardHandler(model)
      : await importHandler(config.model, { model, companions, tools: handlerTools });
  const { manifest, device } = model;

  async function answer(request: InferenceRequest, waitMs: number): Promise<InferenceResponse> {
    const settings = request.config ?? {};
    const metadata = request.frame_metadata;
    stopwatch.reset();
    let frame;
    try {
      frame = frames.open({
        reference: request.frame_reference,
        maxAgeMs: settings.max_age_ms ?? DEFAULT_MAX_AGE_MS,
        frameId: metadata.frame_id ?? null,
      });
    } catch (error) {
      return errorAnswer(manifest.model_id, request, error, device.actual);
    }
    try {
      const detections = await handler.infer(frame, {
        confidence: settings.confidence_threshold ?? manifest.confidence_threshold,
        iou: settings.nms_iou ?? manifest.nms_iou_threshold,
        config: settings,
      });
      const { preprocess, model: inModel, postprocess } = stopwatch.spent;
      return {
        model_id: manifest.model_id,
        camera_id: request.camera_id,
        frame_id: metadata.frame_id ?? frame.frameId,
        detections,
        metadata: {
          inference_time_ms: inModel,
          model_type: manifest.model_type,
          device: device.actual,
          frame_width: frame.width,
          frame_height: frame.height,
          wait_ms: waitMs,
          preprocess_ms: preprocess,
          postprocess_ms: postprocess,
        },
        error: null,
      };
    } catch (error) {
      return errorAnswer(manifest.model_id, request, error, device.actual);
    } finally {
      frame.close();
    }
  }

  return {
    device,
    weightsSha256: model.weightsSha256,
    answer,
    async dispose() {
      await handler.dispose?.();
      for (const one of [model, ...Object.values(companions)]) await one.dispose();
    },
  };
}
