import { assignmentRules } from '../../../contract/assignments';
import type { CoreResult } from '../../core/core';
import type { JudgedDetection } from '../../core/rules/rules';
import { frame } from '../../core/testing/frames';

export const START_US = 1_800_000_000_000_000;

export function detection(track_id: number | null, confidence = 0.8, class_name = 'person'): JudgedDetection {
  return {
    class_id: 0,
    class_name,
    confidence,
    bbox: [0.4, 0.4, 0.5, 0.7],
    track_id,
    velocity: [0, 0],
    zones: [],
  };
}

/** The nth result of a model that is asked five times a second. */
export function resultAt(n: number, detections: readonly JudgedDetection[], cameraId = 'c'): CoreResult {
  return {
    cameraId,
    modelId: 'people',
    frame: frame(n, { cameraId, wallUs: START_US + n * 200_000, monotonicUs: n * 200_000 }),
    detections,
    latencyUs: 20_000,
    inferenceMs: 12,
    modelVersion: '1.0',
    rules: assignmentRules.parse({}),
  };
}
