/** One find before it is mapped to the frame: everything in pixels of the model's input. */
export interface Candidate {
  /** x_min, y_min, x_max, y_max. */
  readonly box: readonly [number, number, number, number];
  /** 0..1 */
  readonly score: number;
  readonly classId: number;
  /** x, y, score. */
  readonly keypoints?: readonly (readonly [number, number, number])[];
}

/** Of one anchor's class scores: the best class and its score. */
export function bestOf(
  values: ArrayLike<number>,
  start: number,
  count: number,
  stride = 1,
): { classId: number; score: number } {
  let classId = 0;
  let score = -Infinity;
  for (let index = 0; index < count; index++) {
    const value = values[start + index * stride] ?? -Infinity;
    if (value > score) {
      score = value;
      classId = index;
    }
  }
  return { classId, score };
}

export function fromCentre(
  x: number,
  y: number,
  width: number,
  height: number,
): [number, number, number, number] {
  return [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
}
