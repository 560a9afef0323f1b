/** A tensor as onnxruntime gives it. */
export interface Tensor {
  readonly type: string;
  readonly dims: readonly number[];
  readonly data: ArrayLike<unknown>;
}

export type Outputs = Readonly<Record<string, Tensor>>;

/** The model's outputs do not look as its output_schema says. */
export class OutputShapeError extends Error {
  override readonly name = 'OutputShapeError';
}

/** Size of the model's input, pixels. */
export interface InputSize {
  readonly width: number;
  readonly height: number;
}

const NUMERIC = new Set(['float32', 'float64', 'int32', 'uint8', 'int8', 'int16', 'uint16', 'uint32']);

/** The values as numbers. @throws OutputShapeError for a type that holds none (float16, strings) */
export function numbers(tensor: Tensor): ArrayLike<number> {
  if (NUMERIC.has(tensor.type)) return tensor.data as ArrayLike<number>;
  if (tensor.type === 'int64' || tensor.type === 'uint64')
    return Float64Array.from(tensor.data as ArrayLike<bigint>, Number);
  throw new OutputShapeError(
    `an output is of type ${tensor.type}; export the model with float32 outputs instead`,
  );
}

/**
 * The tensor that plays a part: by the name that output_schema gives it, else by its usual names.
 * @throws OutputShapeError naming what the model has
 */
export function pick(outputs: Outputs, part: string, chosen: string | undefined, usual: string[]): Tensor {
  const found = optional(outputs, chosen, usual);
  if (found) return found;
  throw new OutputShapeError(
    `the model has no output "${chosen ?? usual.join('" or "')}" for ${part}; it has ${Object.keys(outputs).join(', ')}. ` +
      'Name it under output_schema.outputs',
  );
}

export function optional(outputs: Outputs, chosen: string | undefined, usual: string[]): Tensor | null {
  for (const name of chosen === undefined ? usual : [chosen]) {
    const tensor = outputs[name];
    if (tensor) return tensor;
  }
  return null;
}

/** The only output, or the first. @throws OutputShapeError when there is none */
export function first(outputs: Outputs): Tensor {
  const [tensor] = Object.values(outputs);
  if (!tensor) throw new OutputShapeError('the model has no output');
  return tensor;
}

/**
 * Checks a shape; null stands for any size.
 * @returns the sizes where null was asked
 * @throws OutputShapeError with both shapes
 */
export function expectShape(tensor: Tensor, what: string, shape: readonly (number | null)[]): number[] {
  const fits =
    tensor.dims.length === shape.length &&
    shape.every((size, axis) => size === null || size === tensor.dims[axis]);
  if (!fits)
    throw new OutputShapeError(
      `${what} has shape [${tensor.dims.join(',')}]; expected [${shape.map((size) => size ?? 'any').join(',')}]`,
    );
  return tensor.dims.filter((_, axis) => shape[axis] === null);
}

export const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));
