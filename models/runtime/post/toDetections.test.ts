import { describe, expect, it } from 'vitest';
import { toDetections } from './postprocess';

describe('toDetections', () => {
  const find = (box: [number, number, number, number], score: number, classId = 0) => ({
    box,
    score,
    classId,
  });
  const toFrame = (x: number, y: number) => [x / 100, y / 100] as const;

  it('keeps the better of two overlapping finds of one class and both of two classes', () => {
    const found = [find([0, 0, 50, 50], 0.6), find([2, 2, 52, 52], 0.8), find([0, 0, 50, 50], 0.7, 1)];
    const kept = toDetections(found, 0.5, toFrame, ['person', 'car']);
    expect(kept.map(({ class_name, confidence }) => [class_name, confidence])).toEqual([
      ['person', 0.8],
      ['car', 0.7],
    ]);
    expect(toDetections(found, null, toFrame, [])).toHaveLength(3);
  });

  it('cuts at the edge, leaves out what lies outside and names unknown classes by number', () => {
    const found = [
      find([-10, -10, 40, 40], 0.9, 7),
      find([120, 0, 150, 50], 0.9),
      find([10, 10, 10, 40], 0.9),
    ];
    expect(toDetections(found, 0.5, toFrame, ['person'])).toEqual([
      { class_id: 7, class_name: 'class_7', confidence: 0.9, bbox: [0, 0, 0.4, 0.4], track_id: null },
    ]);
  });
});
