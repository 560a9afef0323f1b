import type { Detection } from '../../../contract/inference/messages';
import type { OutputSchema } from '../../../contract/inference/outputSchema';
import { detr, detsXyxyScoreClass, ssd, yolov5, yolov8 } from './boxes';
import type { Candidate } from './candidate';
import { centernet, nanodet, yolox } from './grids';
import { suppress } from './nms';
import { multiPose, singlePose } from './pose';
import type { InputSize, Outputs } from './tensors';
import { OutputShapeError } from './tensors';

/** Finds in pixels of the model's input, before suppression. @throws OutputShapeError */
export function readOutputs(
  schema: OutputSchema,
  outputs: Outputs,
  input: InputSize,
  threshold: number,
): Candidate[] {
  switch (schema.type) {
    case 'dets_xyxy_score_class':
      return detsXyxyScoreClass(outputs, input, threshold, schema);
    case 'ssd':
      return ssd(outputs, input, threshold, schema);
    case 'yolov5':
      return yolov5(outputs, input, threshold);
    case 'yolov8':
    case 'yolov11':
      return yolov8(outputs, input, threshold);
    case 'yolox':
      return yolox(outputs, input, threshold, schema);
    case 'nanodet':
      return nanodet(outputs, input, threshold, schema);
    case 'centernet':
      return centernet(outputs, input, threshold, schema);
    case 'rtdetr':
    case 'dfine':
      return detr(outputs, input, threshold, schema);
    case 'movenet_singlepose':
      return singlePose(outputs, input, threshold, schema);
    case 'movenet_multipose':
      return multiPose(outputs, input, threshold);
    case 'handler':
      throw new OutputShapeError('this model is read by its own handler');
  }
}

/** From pixels of the model's input to 0..1 of the frame. */
export type ToFrame = (x: number, y: number) => readonly [number, number];

/**
 * Suppresses duplicates and expresses what is left as the contract's detections.
 * Finds whose box has no area inside the frame are left out; boxes are cut at the frame's edge.
 * @param iouThreshold null keeps duplicates
 */
export function toDetections(
  candidates: readonly Candidate[],
  iouThreshold: number | null,
  toFrame: ToFrame,
  classNames: readonly string[],
): Detection[] {
  const detections: Detection[] = [];
  for (const { box, score, classId, keypoints } of suppress(candidates, iouThreshold)) {
    if (!Number.isInteger(classId) || classId < 0 || !Number.isFinite(score)) continue;
    const [x1, y1] = toFrame(box[0], box[1]).map(clampFraction) as [number, number];
    const [x2, y2] = toFrame(box[2], box[3]).map(clampFraction) as [number, number];
    if (!(x2 > x1) || !(y2 > y1)) continue;
    detections.push({
      class_id: classId,
      class_name: classNames[classId] ?? `class_${classId}`,
      confidence: clampFraction(score),
      bbox: [x1, y1, x2, y2],
      track_id: null,
      ...(keypoints && {
        keypoints: keypoints.map(([x, y, pointScore]) => {
          const [frameX, frameY] = toFrame(x, y);
          return [frameX, frameY, clampFraction(pointScore)] as [number, number, number];
        }),
      }),
    });
  }
  return detections;
}

const clampFraction = (value: number): number => Math.min(Math.max(value, 0), 1);
