import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { constant, model, node, valueInfo } from '../../test/onnx/protobuf';
import { CODE_COLUMNS, CODE_ROWS } from '../../scripts/cameras/codedPicture';

export const COUNTER_MODEL = 'picture-number';

/** Pictures after which the box is where it was; a divisor of the 3600 that the camera counts to. */
const PERIOD = 720;
const HALF = PERIOD / 2;
/** The box moves between these shares of the picture's width; its own width and height are shares as well. */
const [FIRST, LAST, WIDTH] = [0.1, 0.7, 0.2] as const;

/** Shares of the picture's width that the box moves from one picture to the next. */
export const STEP = (LAST - FIRST) / HALF;

/** Where the middle of the box is in a picture of this number, share of the picture's width. */
export function middleOf(number: number): number {
  const phase = number % PERIOD;
  return FIRST + WIDTH / 2 + STEP * (phase < HALF ? phase : PERIOD - phase);
}

/** Pictures since the box turned round. */
export const sinceTurn = (number: number): number => number % HALF;

/**
 * Writes a model whose box says which picture it looked at: it reads the number that scripts/cameras/coded_clock.py
 * burns into each picture, and puts its box where `middleOf` says. Its network hands the squares of the code through.
 * @param root folder of models, `<data folder>/models`
 */
export function writeCounterModel(root: string): void {
  const folder = path.join(root, COUNTER_MODEL);
  mkdirSync(folder, { recursive: true });
  const shape = [1, CODE_ROWS, CODE_COLUMNS, 3];
  writeFileSync(
    path.join(folder, 'same.onnx'),
    model({
      inputs: [valueInfo('image', 'uint8', shape)],
      outputs: [valueInfo('same', 'uint8', shape)],
      constants: [constant('nothing', new Float32Array(1), [1])],
      nodes: [node('Identity', ['image'], 'same')],
    }),
  );
  writeFileSync(
    path.join(folder, 'model.yaml'),
    [
      `model_id: ${COUNTER_MODEL}`,
      'model_name: Picture number',
      "model_version: '1.0'",
      'model_type: onnx',
      'model_weights: same.onnx',
      `expected_resolution: [${String(CODE_COLUMNS)}, ${String(CODE_ROWS)}]`,
      'input_tensor: { fit: stretch }',
      'output_schema: { type: handler, class_names: [picture] }',
      'handler: handler.mjs',
      '',
    ].join('\n'),
  );
  writeFileSync(path.join(folder, 'handler.mjs'), HANDLER);
}

const HANDLER = `
const crc8 = (bytes) => bytes.reduce((value, byte) => {
  value ^= byte;
  for (let bit = 0; bit < 8; bit++) value = value & 128 ? ((value << 1) ^ 7) & 255 : (value << 1) & 255;
  return value;
}, 0);

export default ({ model }) => ({
  async infer(frame) {
    const region = { x: 0, y: 0, width: 1, height: frame.width / ${String(CODE_COLUMNS / CODE_ROWS)} / frame.height };
    const { outputs } = await model.run(frame, region);
    const { data } = Object.values(outputs)[0];
    const bytes = Array.from({ length: 8 }, (_, index) =>
      Array.from({ length: 8 }, (_, bit) => (data[(index * 8 + bit) * 3 + 1] > 127 ? 1 : 0))
        .reduce((byte, bit) => byte * 2 + bit, 0));
    if (crc8(bytes.slice(0, 7)) !== bytes[7]) return [];
    const phase = (((bytes[5] & 15) << 8) | bytes[6]) % ${String(PERIOD)};
    const x = ${String(FIRST)} + ${String(STEP)} * (phase < ${String(HALF)} ? phase : ${String(PERIOD)} - phase);
    const bbox = [x, 0.4, x + ${String(WIDTH)}, 0.8];
    return [{ class_id: 0, class_name: 'picture', confidence: 0.9, bbox, track_id: null }];
  },
});
`;
