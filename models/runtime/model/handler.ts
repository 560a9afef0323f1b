import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { ModelFolder } from '../../../contract/inference/control';
import type { Detection, InferenceConfig } from '../../../contract/inference/messages';
import { detection } from '../../../contract/inference/messages';
import type { Frame } from '../frames/frame';
import { iou, suppress } from '../post/nms';
import { readOutputs, toDetections } from '../post/postprocess';
import type { LoadedModel } from './loadedModel';

export interface InferOptions {
  /** 0..1 */
  readonly confidence: number;
  readonly iou: number | null;
  /** `config` of the request: the assignment's parameters. */
  readonly config: InferenceConfig;
}

/** What turns a frame into detections. Stateless. */
export interface Handler {
  infer(frame: Frame, options: InferOptions): Promise<Detection[]>;
  dispose?(): void | Promise<void>;
}

/** What a model's own handler module is given (docs/models.md). */
export interface HandlerContext {
  readonly model: LoadedModel;
  /** Models named under companion_models, by id. */
  readonly companions: Readonly<Record<string, LoadedModel>>;
  readonly tools: {
    readonly iou: typeof iou;
    readonly suppress: typeof suppress;
    readonly readOutputs: typeof readOutputs;
    readonly toDetections: typeof toDetections;
  };
}

const answer = z.array(detection);

/** The handler of a model without one of its own: output_schema says everything. */
export function standardHandler(model: LoadedModel): Handler {
  return {
    infer: (frame, { confidence, iou: overlap }) => model.detect(frame, { confidence, iou: overlap }),
  };
}

/**
 * Imports the module that the model folder brings: the only code of a model, and it runs only in here (INV-66).
 * @throws Error saying what the module lacks
 */
export async function importHandler(folder: ModelFolder, context: HandlerContext): Promise<Handler> {
  const name = folder.manifest.handler ?? '';
  const module = (await import(pathToFileURL(path.join(folder.folder, name)).href)) as { default?: unknown };
  if (typeof module.default !== 'function')
    throw new Error(`${name} must export a function as default: (context) => ({ infer })`);
  const made: unknown = await (module.default as (given: HandlerContext) => unknown)(context);
  const infer = (made as Partial<Handler> | null | undefined)?.infer;
  if (typeof infer !== 'function')
    throw new Error(`the function of ${name} must return an object with a method infer(frame, options)`);
  const handler = made as Handler;
  return {
    async infer(frame, options) {
      const parsed = answer.safeParse(await handler.infer(frame, options));
      if (!parsed.success)
        throw new Error(`${name} returned something that is no detection: ${z.prettifyError(parsed.error)}`);
      return parsed.data;
    },
    dispose: () => handler.dispose?.(),
  };
}

export const handlerTools: HandlerContext['tools'] = { iou, suppress, readOutputs, toDetections };
