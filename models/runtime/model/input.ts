import type { InferenceSession } from 'onnxruntime-node';
import * as ort from 'onnxruntime-node';
import type { InputTensor, ModelManifest } from '../../../contract/inference/manifest';
import type { Frame, Placement, Region } from '../frames/frame';
import type { InputSize } from '../post/tensors';
import type { ToFrame } from '../post/postprocess';

/** What is fed to the model, and the way back from its pixels to the frame. */
export interface BuiltInput {
  readonly feeds: Record<string, ort.Tensor>;
  readonly toFrame: ToFrame;
}

export interface InputBuilder {
  readonly size: InputSize;
  /** @param region part of the frame to look at; the whole frame when left out */
  build(frame: Frame, region?: Region): BuiltInput;
  /** An input without a frame, for warming up. */
  blank(): Record<string, ort.Tensor>;
}

/** The model wants something else than model.yaml promises. */
export class ModelInputError extends Error {
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
  const tensorOf = (pixels: Uint8Array): ort.Tensor =>
    spec.dtype === 'uint8'
      ? new ort.Tensor('uint8', arrange(pixels, new Uint8Array(pixels.length), spec), dims)
      : new ort.Tensor('float32', arrange(pixels, new Float32Array(pixels.length), spec), dims);
  return {
    size: { width, height },
    build(frame, region) {
      const data = new Uint8Array(width * height * 3);
      const target = { data, width, height, fit: spec.fit, padding: spec.padding };
      const placement = frame.fill(region ? { ...target, region } : target);
      return {
        feeds: { ...extras, [image.name]: tensorOf(data) },
        toFrame: wayBack(
          placement,
          region ?? { x: 0, y: 0, width: frame.width, height: frame.height },
          frame,
        ),
      };
    },
    blank: () => ({ ...extras, [image.name]: tensorOf(new Uint8Array(width * height * 3)) }),
  };
}

/** From pixels of the input through the placement and the region to 0..1 of the frame. */
export function wayBack(
  placement: Placement,
  region: Region,
  frame: { readonly width: number; readonly height: number },
): ToFrame {
  const [scaleX, scaleY] = [region.width / placement.width, region.height / placement.height];
  return (x, y) => [
    (region.x + (x - placement.x) * scaleX) / frame.width,
    (region.y + (y - placement.y) * scaleY) / frame.height,
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

/** R, G, B bytes in rows become the layout, order and range that the model was trained with. */
export function arrange<T extends Uint8Array | Float32Array>(
  pixels: Uint8Array,
  out: T,
  spec: InputTensor,
): T {
  const plain = spec.scale === 1 && spec.mean.every((one) => one === 0) && spec.std.every((one) => one === 1);
  if (plain && spec.layout === 'NHWC' && spec.color_order === 'RGB') {
    out.set(pixels);
    return out;
  }
  const count = pixels.length / 3;
  for (let channel = 0; channel < 3; channel++) {
    const from = spec.color_order === 'RGB' ? channel : 2 - channel;
    const factor = spec.scale / (spec.std[channel] ?? 1);
    const shift = (spec.mean[channel] ?? 0) / (spec.std[channel] ?? 1);
    const [start, step] = spec.layout === 'NHWC' ? [channel, 3] : [channel * count, 1];
    for (let pixel = 0; pixel < count; pixel++)
      out[start + pixel * step] = (pixels[pixel * 3 + from] ?? 0) * factor - shift;
  }
  return out;
}
