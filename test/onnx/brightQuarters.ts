import { constant, model, node, valueInfo } from './protobuf';

/** Side of the model's input, pixels. */
export const SIDE = 16;

/**
 * A detector of four quarters: [1,4,6] rows of a quarter's box, its mean brightness (0..1) and class 0. A real
 * network, small enough to be written by hand; docs/models.md uses it as its example.
 */
export function brightQuarters(): Uint8Array {
  const half = SIDE / 2;
  const boxes = [0, half].flatMap((y) => [0, half].flatMap((x) => [x, y, x + half, y + half]));
  return model({
    inputs: [valueInfo('image', 'uint8', [1, SIDE, SIDE, 3])],
    outputs: [valueInfo('dets', 'float32', [1, 4, 6])],
    constants: [
      constant('boxes', Float32Array.from(boxes), [1, 4, 4]),
      constant('classes', new Float32Array(4), [1, 4, 1]),
      constant('per_row', BigInt64Array.from([1n, 4n, 1n]), [3]),
      constant('unit', Float32Array.from([1 / 255]), [1]),
    ],
    nodes: [
      node('Cast', ['image'], 'samples', { to: 1 }),
      node('Transpose', ['samples'], 'planes', { perm: [0, 3, 1, 2] }),
      node('AveragePool', ['planes'], 'quarters', { kernel_shape: [half, half], strides: [half, half] }),
      node('ReduceMean', ['quarters'], 'grey', { axes: [1], keepdims: 1 }),
      node('Reshape', ['grey', 'per_row'], 'rows'),
      node('Mul', ['rows', 'unit'], 'scores'),
      node('Concat', ['boxes', 'scores', 'classes'], 'dets', { axis: 2 }),
    ],
  });
}
