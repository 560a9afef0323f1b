import type { Candidate } from './candidate';
import type { InputSize, Outputs } from './tensors';
import { expectShape, first, numbers } from './tensors';

const POINTS = 17;

/** [1,1,17,3] of y, x, score: one person, whose box is that of the points that were seen. */
export function singlePose(
  outputs: Outputs,
  input: InputSize,
  threshold: number,
  schema: { readonly keypoint_threshold: number },
): Candidate[] {
  const tensor = first(outputs);
  expectShape(tensor, 'the output', [1, 1, POINTS, 3]);
  const keypoints = readPoints(numbers(tensor), 0, input);
  const seen = keypoints.filter(([, , score]) => score >= schema.keypoint_threshold);
  const score = keypoints.reduce((sum, point) => sum + point[2], 0) / POINTS;
  if (seen.length === 0 || score < threshold) return [];
  const xs = seen.map(([x]) => x);
  const ys = seen.map(([, y]) => y);
  const box = [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] as const;
  return [{ box, score, classId: 0, keypoints }];
}

/** [1,6,56]: up to six persons; the same one can appear twice, so suppression is needed. */
export function multiPose(outputs: Outputs, input: InputSize, threshold: number): Candidate[] {
  const tensor = first(outputs);
  const columns = POINTS * 3 + 5;
  const [rows = 0] = expectShape(tensor, 'the output', [1, null, columns]);
  const values = numbers(tensor);
  const found: Candidate[] = [];
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    const at = (index: number) => values[start + POINTS * 3 + index] ?? NaN;
    if (!(at(4) >= threshold)) continue;
    found.push({
      box: [at(1) * input.width, at(0) * input.height, at(3) * input.width, at(2) * input.height],
      score: at(4),
      classId: 0,
      keypoints: readPoints(values, start, input),
    });
  }
  return found;
}

function readPoints(
  values: ArrayLike<number>,
  start: number,
  input: InputSize,
): (readonly [number, number, number])[] {
  return Array.from({ length: POINTS }, (_, point) => {
    const at = (index: number) => values[start + point * 3 + index] ?? NaN;
    return [at(1) * input.width, at(0) * input.height, at(2)] as const;
  });
}
