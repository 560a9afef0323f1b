// Just enough of the ONNX file format (protobuf) to write small models by hand.

type Field = readonly [number: number, value: number | string | Uint8Array];

/** A protobuf message of the given fields: integers as varints, text and bytes with their length. */
export function message(...fields: readonly Field[]): Uint8Array {
  return Buffer.concat(
    fields.map(([number, value]) => {
      if (typeof value === 'number') return Buffer.concat([varint(number * 8), varint(value)]);
      const bytes = typeof value === 'string' ? Buffer.from(value) : value;
      return Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes]);
    }),
  );
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  do {
    bytes.push((rest % 128) + (rest >= 128 ? 128 : 0));
    rest = Math.floor(rest / 128);
  } while (rest > 0);
  return Buffer.from(bytes);
}

const TYPES = { float32: 1, uint8: 2, int64: 7 } as const;
type ElementType = keyof typeof TYPES;

export const valueInfo = (name: string, type: ElementType, dims: readonly number[]): Uint8Array =>
  message(
    [1, name],
    [
      2,
      message([
        1,
        message([1, TYPES[type]], [2, message(...dims.map((size): Field => [1, message([1, size])]))]),
      ]),
    ],
  );

export function constant(
  name: string,
  data: Float32Array | BigInt64Array,
  dims: readonly number[],
): Uint8Array {
  return message(
    ...dims.map((size): Field => [1, size]),
    [2, data instanceof Float32Array ? TYPES.float32 : TYPES.int64],
    [8, name],
    [9, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)],
  );
}

export function node(
  operator: string,
  inputs: readonly string[],
  output: string,
  attributes: Readonly<Record<string, number | readonly number[]>> = {},
): Uint8Array {
  return message(
    ...inputs.map((name): Field => [1, name]),
    [2, output],
    [3, output],
    [4, operator],
    ...Object.entries(attributes).map(([name, value]): Field => [
      5,
      typeof value === 'number'
        ? message([1, name], [3, value], [20, 2])
        : message([1, name], ...value.map((one): Field => [8, one]), [20, 7]),
    ]),
  );
}

/** A whole file: opset 17. */
export function model(graph: {
  nodes: readonly Uint8Array[];
  constants: readonly Uint8Array[];
  inputs: readonly Uint8Array[];
  outputs: readonly Uint8Array[];
}): Uint8Array {
  const body = message(
    ...graph.nodes.map((one): Field => [1, one]),
    [2, 'g'],
    ...graph.constants.map((one): Field => [5, one]),
    ...graph.inputs.map((one): Field => [11, one]),
    ...graph.outputs.map((one): Field => [12, one]),
  );
  return message([1, 8], [8, message([2, 17])], [7, body]);
}
