import { SIDE } from './brightQuarters';
import { constant, model, node, valueInfo } from './protobuf';

/** Anchors of the output: four quarters, and four that never find anything. */
const ANCHORS = 8;

/**
 * The detector of brightQuarters with the output of the YOLOv8 family: [1,5,8], columns of cx, cy, w, h in pixels and
 * the score of the one class.
 */
export function brightQuartersV8(): Uint8Array {
  const half = SIDE / 2;
  const centres = [0, half].flatMap((y) => [0, half].map((x) => [x + half / 2, y + half / 2] as const));
  const padded = (values: readonly number[]) => [...values, ...values];
  const boxes = [
    ...padded(centres.map(([x]) => x)),
    ...padded(centres.map(([, y]) => y)),
    ...new Array<number>(2 * ANCHORS).fill(half),
  ];
  return model({
    inputs: [valueInfo('images', 'uint8', [1, SIDE, SIDE, 3])],
    outputs: [valueInfo('output0', 'float32', [1, 5, ANCHORS])],
    constants: [
      constant('boxes', Float32Array.from(boxes), [1, 4, ANCHORS]),
      constant('nothing', new Float32Array(ANCHORS / 2), [1, 1, ANCHORS / 2]),
      constant('in_a_row', BigInt64Array.from([1n, 1n, 4n]), [3]),
      constant('unit', Float32Array.from([1 / 255]), [1]),
    ],
    nodes: [
      node('Cast', ['images'], 'samples', { to: 1 }),
      node('Transpose', ['samples'], 'planes', { perm: [0, 3, 1, 2] }),
      node('AveragePool', ['planes'], 'quarters', { kernel_shape: [half, half], strides: [half, half] }),
      node('ReduceMean', ['quarters'], 'grey', { axes: [1], keepdims: 1 }),
      node('Reshape', ['grey', 'in_a_row'], 'row'),
      node('Mul', ['row', 'unit'], 'found'),
      node('Concat', ['found', 'nothing'], 'scores', { axis: 2 }),
      node('Concat', ['boxes', 'scores'], 'output0', { axis: 1 }),
    ],
  });
}
