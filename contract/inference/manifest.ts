import { z } from 'zod';
import { outputSchema } from './outputSchema';

/** Safe in a file name and in a socket's path (W-50). */
export const modelId = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{0,47}$/,
    'must be 1 to 48 of a-z, 0-9, dot, dash and underscore, beginning with a letter or digit',
  );

/** A file in the model's own folder: no path. */
const fileName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^/\\]+$/, 'must be the name of a file in the model folder, without a path')
  .refine((name) => name !== '.' && name !== '..', 'must be the name of a file');

const fraction = z.number().min(0).max(1);
const three = z.tuple([z.number(), z.number(), z.number()]);

export const deviceName = z.enum(['cpu', 'cuda', 'tensorrt', 'directml', 'coreml', 'webgpu']);
export type DeviceName = z.infer<typeof deviceName>;

/** `auto` or a device, with a number for the second and further graphics cards: `cuda:1`. */
export const deviceWish = z
  .string()
  .regex(
    /^(auto|cpu|coreml|webgpu|(cuda|tensorrt|directml)(:\d{1,2})?)$/,
    'must be auto, cpu, cuda, tensorrt, directml, coreml or webgpu (cuda:1 for the second card)',
  );

const resources = z
  .strictObject({
    gpu_required: z.boolean().default(false),
    /** A hint for people, mebibytes. */
    gpu_memory_mb: z.number().int().positive().nullable().default(null),
    cpu_fallback_allowed: z.boolean().default(true),
  })
  .refine((value) => !(value.gpu_required && value.cpu_fallback_allowed), {
    message: 'gpu_required and cpu_fallback_allowed exclude each other: set cpu_fallback_allowed to false',
    path: ['cpu_fallback_allowed'],
  });

/**
 * How the picture becomes the model's input: value = (sample * scale - mean) / std, sample 0..255; mean and std in
 * the order of color_order.
 */
const inputTensor = z
  .strictObject({
    layout: z.enum(['NHWC', 'NCHW']).default('NHWC'),
    dtype: z.enum(['uint8', 'float32']).default('uint8'),
    color_order: z.enum(['RGB', 'BGR']).default('RGB'),
    scale: z.number().positive().default(1),
    mean: three.default([0, 0, 0]),
    std: three.refine((value) => value.every((one) => one !== 0), 'must not be 0').default([1, 1, 1]),
    /** letterbox keeps the aspect ratio and pads; stretch does not. */
    fit: z.enum(['letterbox', 'stretch']).default('letterbox'),
    /** Colour of the borders, samples 0..255 in R, G, B. */
    padding: z.tuple([byte(), byte(), byte()]).default([0, 0, 0]),
  })
  .refine(
    ({ dtype, scale, mean, std }) => dtype === 'float32' || isPlain(scale, mean, std),
    'scale, mean and std need dtype float32',
  );

function isPlain(scale: number, mean: readonly number[], std: readonly number[]): boolean {
  return scale === 1 && mean.every((one) => one === 0) && std.every((one) => one === 1);
}

function byte() {
  return z.number().int().min(0).max(255);
}

/**
 * model.yaml: the only place where facts about a model stand (INV-66). The reference's keys (4.5) with its
 * defaults; keys of ours are marked.
 */
export const modelManifest = z.strictObject({
  model_id: modelId,
  model_name: z.string().min(1).max(256),
  model_version: z.string({ error: 'must be text: put it in quotation marks, "1.0"' }).min(1).max(64),
  model_type: z.literal('onnx', {
    error: 'must be onnx. PyTorch files are programs, not data, and are never loaded here: export to ONNX',
  }),
  model_weights: fileName,
  /** Ours: the weights must have this checksum. */
  weights_sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits, lower case')
    .optional(),
  supported_tasks: z.array(z.string().min(1).max(64)).max(32).default([]),
  input_format: z.literal('NV12').default('NV12'),
  /** Width and height of the model's input, pixels. */
  expected_resolution: z
    .tuple([z.number().int().min(1).max(8192), z.number().int().min(1).max(8192)])
    .default([640, 640]),
  /** Ours. */
  input_tensor: inputTensor.prefault({}),
  resource_requirements: resources.prefault({}),
  /** Ours (the reference has it in its runtime configuration). */
  device: deviceWish.default('auto'),
  /** Ours: threads of one inference on the CPU. */
  threads: z.number().int().min(1).max(2).default(2),
  /** Ours: requests accepted at the same time; more are refused at once. */
  max_in_flight: z.number().int().min(1).max(64).default(8),
  confidence_threshold: fraction.default(0.5),
  nms_iou_threshold: fraction.nullable().default(null),
  output_schema: outputSchema,
  /** Ours: an ES module in the folder that does the model's own pre- or post-processing. */
  handler: fileName.regex(/\.mjs$/, 'must be an ES module: a file that ends in .mjs').optional(),
  /** Ours: other models that the handler uses, loaded into the same container. */
  companion_models: z.array(modelId).max(4).default([]),
  /** Ours: JSON Schema of the assignment's `parameters`. */
  config_schema: z.record(z.string(), z.unknown()).nullable().default(null),
  description: z.string().max(4000).nullable().default(null),
  author: z.string().max(256).nullable().default(null),
  license: z.string().max(256).nullable().default(null),
  /** Ours: where the weights come from. */
  source: z.string().max(1000).nullable().default(null),
});
export type ModelManifest = z.infer<typeof modelManifest>;
