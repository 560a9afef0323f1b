import { SIDE } from './brightQuarters';
import { model, node, valueInfo } from './protobuf';

/** A network that gives back the picture that it got. */
export function identity(): Uint8Array {
  const shape = [1, SIDE, SIDE, 3];
  return model({
    inputs: [valueInfo('image', 'uint8', shape)],
    outputs: [valueInfo('same', 'uint8', shape)],
    constants: [],
    nodes: [node('Identity', ['image'], 'same')],
  });
}
