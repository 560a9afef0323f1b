import type { InferenceSession } from 'onnxruntime-node';
import * as ort from 'onnxruntime-node';
import type { ModelManifest } from '../../../contract/inference/manifest';
import type { Frame, Placement, Region, TensorTarget } from '../frames/frame';
import { WHOLE } from '../frames/frame';
import type { InputSize } from '../post/tensors';
import type { ToFrame } from '../post/postprocess';

/** What is fed to the model, and the way back from its pixels to the frame. */
export interface BuiltInput {
  readonly feeds: Record<string, ort.Tensor>;
  readonly toFrame: ToFrame;
}

export interface InputBuilder {
  readonly size: InputSize;
  /** @param region part of the frame to look at, 0..1 of it; the whole frame when left out */
  build(frame: Frame, region?: Region): BuiltInput;
  /** An input without a frame, for warming up. */
  blank(): Record<string, ort.Tensor>;
}

/** The model wants something else than model.yaml promises. */
class ModelInputError extends Error {
  override readonly name = 'ModelInputError';
}

/**
 * Checks the model's inputs against model.yaml and prepares for filling them.
 * @throws ModelInputError saying what differs
 */
export function createInputBuilder(session: InferenceSession, manifest: ModelManifest): InputBuilder {
  const [width, height] = manifest.expected_resolution;
  const spec = manifest.input_tensor;
  const dims = spec.layout === 'NHWC' ? [1, height, width, 3] : [1, 3, height, width];
  const image = findImage(session.inputMetadata);
  if (image.type !== spec.dtype)
    throw new ModelInputError(
      `the model's input "${image.name}" is ${image.type}, but input_tensor.dtype says ${spec.dtype}`,
    );
  const fits =
    image.shape.length === 4 &&
    image.shape.every((size, axis) => typeof size === 'string' || size === dims[axis]);
  if (!fits)
    throw new ModelInputError(
      `the model's input "${image.name}" has shape [${image.shape.join(',')}], but expected_resolution and ` +
        `input_tensor.layout give [${dims.join(',')}]`,
    );
  const extras = sizeInputs(session.inputMetadata, image.name, width, height);
  const [r, g, b] = spec.padding;
  const common = {
    width,
    height,
    layout: spec.layout === 'NHWC' ? 'nhwc' : 'nchw',
    order: spec.color_order === 'RGB' ? 'rgb' : 'bgr',
    fit: spec.fit,
    padding: { r, g, b },
  } as const;
  const normalised = { scale: spec.scale, mean: spec.mean, std: spec.std };
  const elements = width * height * 3;
  const allocate = (): { target: TensorTarget; tensor: ort.Tensor } => {
    if (spec.dtype === 'uint8') {
      const data = new Uint8Array(elements);
      return { target: { ...common, data }, tensor: new ort.Tensor('uint8', data, dims) };
    }
    const data = new Float32Array(elements);
    return { target: { ...common, ...normalised, data }, tensor: new ort.Tensor('float32', data, dims) };
  };
  return {
    size: { width, height },
    build(frame, region) {
      const { target, tensor } = allocate();
      const placement = frame.fill(region ? { ...target, crop: region } : target);
      return {
        feeds: { ...extras, [image.name]: tensor },
        toFrame: wayBack(placement, region ?? WHOLE),
      };
    },
    blank: () => ({ ...extras, [image.name]: allocate().tensor }),
  };
}

/** From pixels of the input through the placement and the region to 0..1 of the frame. */
function wayBack(placement: Placement, region: Region): ToFrame {
  return (x, y) => [
    region.x + ((x - placement.x) / placement.width) * region.width,
    region.y + ((y - placement.y) / placement.height) * region.height,
  ];
}

type Metadata = readonly InferenceSession.ValueMetadata[];

function findImage(inputs: Metadata): InferenceSession.TensorValueMetadata {
  const images = inputs.filter(
    (input): input is InferenceSession.TensorValueMetadata => input.isTensor && input.shape.length === 4,
  );
  const [image] = images;
  if (image && images.length === 1) return image;
  throw new ModelInputError(
    `the model needs exactly one picture as input; it has ${images.length} (${inputs.map(({ name }) => name).join(', ')})`,
  );
}

/** RT-DETR and D-FINE ask for the picture's size as a second input; it is the input's, so boxes come in its pixels. */
function sizeInputs(
  inputs: Metadata,
  image: string,
  width: number,
  height: number,
): Record<string, ort.Tensor> {
  const extras: Record<string, ort.Tensor> = {};
  for (const input of inputs) {
    if (input.name === image) continue;
    if (!input.isTensor || input.name !== 'orig_target_sizes' || input.type !== 'int64')
      throw new ModelInputError(
        `the model has a second input "${input.name}" that is not known; a handler module can supply it`,
      );
    extras[input.name] = new ort.Tensor('int64', BigInt64Array.from([BigInt(width), BigInt(height)]), [1, 2]);
  }
  return extras;
}
