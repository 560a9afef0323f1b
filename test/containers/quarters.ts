import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { InferenceRequest } from '../../contract/inference/messages';
import type { FrameRingWriter } from '../../native';
import { SIDE, brightQuarters } from '../onnx/brightQuarters';

/** The keys that a small model needs; lines of `more` replace those with the same key. */
export function smallManifest(id: string, more = ''): string {
  const lines = [
    `model_id: ${id}`,
    'model_name: Bright quarters',
    "model_version: '1.0'",
    'model_type: onnx',
    'model_weights: quarters.onnx',
    `expected_resolution: [${SIDE}, ${SIDE}]`,
    'input_tensor: { fit: stretch }',
    'confidence_threshold: 0.5',
    'output_schema: { type: dets_xyxy_score_class, class_names: [bright] }',
  ];
  const keys = more.split('\n').map((line) => line.split(':', 1)[0]);
  return [...lines.filter((line) => !keys.includes(line.split(':', 1)[0])), more, ''].join('\n');
}

export interface WorldModel {
  readonly id: string;
  readonly more?: string;
  readonly handler?: string;
}

/** Writes a model folder as docs/models.md describes it. */
export async function writeModel(root: string, { id, more = '', handler }: WorldModel): Promise<void> {
  const at = path.join(root, id);
  await mkdir(at, { recursive: true });
  await writeFile(path.join(at, 'quarters.onnx'), brightQuarters());
  const key = handler === undefined ? '' : 'handler: handler.mjs\n';
  await writeFile(path.join(at, 'model.yaml'), smallManifest(id, `${key}${more}`));
  if (handler !== undefined) await writeFile(path.join(at, 'handler.mjs'), handler);
}

/** Size of the test frames, pixels. */
export const [WIDTH, HEIGHT] = [64, 48] as const;

/** Publishes a picture of four quarters with these luma values and gives the request for it. */
export function publishQuarters(
  ring: FrameRingWriter,
  file: string,
  camera: string,
  quarters: readonly [number, number, number, number],
): InferenceRequest {
  const [width, height] = [WIDTH, HEIGHT];
  const data = new Uint8Array(width * height * 1.5).fill(128);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      data[y * width + x] = quarters[(y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1)] ?? 16;
  const frameId = ring.publish({
    ...{ data, width, height, ptsUs: 0, wallUs: 0 },
    ...({ matrix: 'bt601', range: 'limited' } as const),
  });
  return {
    frame_reference: file,
    frame_metadata: { frame_id: frameId, width, height, format: 'NV12' },
    camera_id: camera,
    model_id: 'quarters',
    timestamp: Date.now() / 1000,
    config: { max_age_ms: 30_000 },
  };
}
