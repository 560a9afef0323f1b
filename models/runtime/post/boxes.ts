import type { OutputSchema } from '../../../contract/inference/outputSchema';
import type { Candidate } from './candidate';
import { bestOf, fromCentre } from './candidate';
import type { InputSize, Outputs } from './tensors';
import { OutputShapeError, expectShape, first, numbers, optional, pick, sigmoid } from './tensors';

type Schema<T extends OutputSchema['type']> = Extract<OutputSchema, { type: T }>;

/** [1,K,6]: x1, y1, x2, y2, score, class. Rows of padding have score 0. */
export function detsXyxyScoreClass(
  outputs: Outputs,
  input: InputSize,
  threshold: number,
  schema: Schema<'dets_xyxy_score_class'>,
): Candidate[] {
  const tensor = first(outputs);
  const [rows = 0] = expectShape(tensor, 'the output', [1, null, 6]);
  const values = numbers(tensor);
  const [scaleX, scaleY] = schema.box_units === 'pixels' ? [1, 1] : [input.width, input.height];
  const at = (row: number, column: number) => values[row * 6 + column] ?? NaN;
  const found: Candidate[] = [];
  for (let row = 0; row < rows; row++) {
    const score = at(row, 4);
    if (!(score >= threshold)) continue;
    found.push({
      box: [at(row, 0) * scaleX, at(row, 1) * scaleY, at(row, 2) * scaleX, at(row, 3) * scaleY],
      score,
      classId: Math.round(at(row, 5)),
    });
  }
  return found;
}

/** Decoded SSD: unverified on real weights with separate outputs (the shipped SSDLite decodes by itself). */
export function ssd(
  outputs: Outputs,
  input: InputSize,
  threshold: number,
  schema: Schema<'ssd'>,
): Candidate[] {
  const chosen = schema.outputs ?? {};
  const boxes = pick(outputs, 'boxes', chosen.boxes, ['boxes', 'detection_boxes', 'bboxes']);
  const scores = pick(outputs, 'scores', chosen.scores, ['scores', 'detection_scores']);
  const classes = optional(outputs, chosen.classes, ['classes', 'labels', 'detection_classes']);
  const [count = 0] = expectShape(boxes, 'boxes', [1, null, 4]);
  const coordinates = numbers(boxes);
  const [scaleX, scaleY] = schema.box_units === 'pixels' ? [1, 1] : [input.width, input.height];
  const boxAt = (row: number): [number, number, number, number] => {
    const [a = NaN, b = NaN, c = NaN, d = NaN] = [0, 1, 2, 3].map((side) => coordinates[row * 4 + side]);
    const [x1, y1, x2, y2] = schema.box_order === 'yxyx' ? [b, a, d, c] : [a, b, c, d];
    return [x1 * scaleX, y1 * scaleY, x2 * scaleX, y2 * scaleY];
  };
  const found: Candidate[] = [];
  const values = numbers(scores);
  if (classes) {
    expectShape(scores, 'scores', [1, count]);
    expectShape(classes, 'classes', [1, count]);
    const labels = numbers(classes);
    for (let row = 0; row < count; row++) {
      const classId = withoutBackground(Math.round(labels[row] ?? NaN), schema.background_class);
      const score = values[row] ?? NaN;
      if (score >= threshold && classId !== null) found.push({ box: boxAt(row), score, classId });
    }
    return found;
  }
  const [perBox = 0] = expectShape(scores, 'scores', [1, count, null]);
  for (let row = 0; row < count; row++) {
    for (let label = 0; label < perBox; label++) {
      const score = values[row * perBox + label] ?? NaN;
      if (!(score >= threshold)) continue;
      const classId = withoutBackground(label, schema.background_class);
      if (classId !== null) found.push({ box: boxAt(row), score, classId });
    }
  }
  return found;
}

function withoutBackground(label: number, background: number | null): number | null {
  if (background === null || label < background) return label;
  return label === background ? null : label - 1;
}

/** RT-DETR and D-FINE: unverified on real weights. Their queries are distinct by training: no suppression needed. */
export function detr(
  outputs: Outputs,
  input: InputSize,
  threshold: number,
  schema: Schema<'rtdetr' | 'dfine'>,
): Candidate[] {
  const chosen = schema.outputs ?? {};
  const boxes = pick(outputs, 'boxes', chosen.boxes, ['boxes', 'pred_boxes']);
  const [queries = 0] = expectShape(boxes, 'boxes', [1, null, 4]);
  const corners = numbers(boxes);
  const side = (query: number, index: number) => corners[query * 4 + index] ?? NaN;
  const found: Candidate[] = [];
  const labels = optional(outputs, chosen.labels, ['labels']);
  if (labels) {
    // The export's own post-processor: corners in pixels of the size it was told, which is the input's.
    const scores = pick(outputs, 'scores', chosen.scores, ['scores']);
    expectShape(labels, 'labels', [1, queries]);
    expectShape(scores, 'scores', [1, queries]);
    const [classes, values] = [numbers(labels), numbers(scores)];
    for (let query = 0; query < queries; query++) {
      const score = values[query] ?? NaN;
      if (!(score >= threshold)) continue;
      const box = [side(query, 0), side(query, 1), side(query, 2), side(query, 3)] as const;
      found.push({ box, score, classId: Math.round(classes[query] ?? NaN) });
    }
    return found;
  }
  const logits = pick(outputs, 'logits', chosen.logits, ['logits', 'pred_logits']);
  const [classes = 0] = expectShape(logits, 'logits', [1, queries, null]);
  const values = numbers(logits);
  for (let query = 0; query < queries; query++) {
    // As the authors do: every class of a query stands for itself.
    for (let classId = 0; classId < classes; classId++) {
      const score = sigmoid(values[query * classes + classId] ?? -Infinity);
      if (score < threshold) continue;
      const box = fromCentre(side(query, 0), side(query, 1), side(query, 2), side(query, 3));
      found.push({
        box: [box[0] * input.width, box[1] * input.height, box[2] * input.width, box[3] * input.height],
        score,
        classId,
      });
    }
  }
  return found;
}

/** YOLOv5: unverified on real weights. Rows of cx, cy, w, h, objectness, class scores. */
export function yolov5(outputs: Outputs, _input: InputSize, threshold: number): Candidate[] {
  const tensor = first(outputs);
  const [rows = 0, columns = 0] = expectShape(tensor, 'the output', [1, null, null]);
  if (columns < 6) throw new OutputShapeError(`the output has ${columns} columns; at least 6 are expected`);
  const values = numbers(tensor);
  const found: Candidate[] = [];
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    const objectness = values[start + 4] ?? NaN;
    if (!(objectness >= threshold)) continue;
    const best = bestOf(values, start + 5, columns - 5);
    const score = objectness * best.score;
    if (score < threshold) continue;
    const [x = NaN, y = NaN, width = NaN, height = NaN] = [0, 1, 2, 3].map((index) => values[start + index]);
    found.push({ box: fromCentre(x, y, width, height), score, classId: best.classId });
  }
  return found;
}

/** YOLOv8 and v11: unverified on real weights. Columns of cx, cy, w, h, class scores. */
export function yolov8(outputs: Outputs, _input: InputSize, threshold: number): Candidate[] {
  const tensor = first(outputs);
  const [channels = 0, count = 0] = expectShape(tensor, 'the output', [1, null, null]);
  if (channels < 5 || channels > count)
    throw new OutputShapeError(
      `the output has shape [${tensor.dims.join(',')}]; expected [1,4+classes,boxes], as the plain export gives`,
    );
  const values = numbers(tensor);
  const at = (channel: number, index: number) => values[channel * count + index] ?? NaN;
  const found: Candidate[] = [];
  for (let index = 0; index < count; index++) {
    const best = bestOf(values, 4 * count + index, channels - 4, count);
    if (!(best.score >= threshold)) continue;
    found.push({ box: fromCentre(at(0, index), at(1, index), at(2, index), at(3, index)), ...best });
  }
  return found;
}
