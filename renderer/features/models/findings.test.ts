import { expect, test } from 'vitest';
import type { TrialResult } from '../../../contract';
import { findingsOf } from './findings';

const found = (class_name: string, confidence: number): TrialResult['detections'][number] => ({
  ...{ class_name, confidence, keypoints: null },
  bbox: [0, 0, 0.5, 0.5],
});
const result: TrialResult = {
  ...{ jpeg: new Uint8Array(), width: 4, height: 3, least_confidence: 0.1, own_confidence: 0.4 },
  ...{ model_ms: 1, total_ms: 2, device: 'cpu' },
  detections: [found('dog', 0.396), found('car', 0.9), found('cat', 0.2), found('bus', 0.9)],
};

test('what is certain enough is shown, the most certain first; the rest is counted', () => {
  const { shown, hidden } = findingsOf(result, 0.4);
  expect(shown.map(({ index, name }) => [index, name])).toEqual([
    [1, 'car'],
    [3, 'bus'],
    [0, 'dog'],
  ]);
  expect(hidden).toBe(1);
  expect(findingsOf(result, 0.1).hidden).toBe(0);
  expect(findingsOf(result, 1).shown).toEqual([]);
});
