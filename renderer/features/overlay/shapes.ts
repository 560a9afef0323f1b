import type { OverlaySettings } from '../../../contract';
import type { PlacedResult } from './resultBook';

type Corners = readonly [number, number, number, number];
type Keypoint = readonly [number, number, number];

/** What is drawn of one detection; shares of the picture, moved to the moment of the picture. */
export interface Shape {
  readonly box: Corners;
  readonly caption: string;
  readonly keypoints: readonly Keypoint[];
}

/** A detection whose parts were checked. */
interface Checked {
  readonly box: Corners;
  readonly label: string;
  readonly confidence: number | null;
  readonly trackId: number | null;
  readonly velocity: readonly [number, number];
  readonly keypoints: readonly Keypoint[];
}

const isFiniteNumber = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value);
const numbers = (value: unknown, count: number): number[] | null =>
  Array.isArray(value) && value.length >= count && value.slice(0, count).every(isFiniteNumber)
    ? (value.slice(0, count) as number[])
    : null;
const clamp = (value: number) => Math.min(1, Math.max(0, value));

/** Null for a detection that cannot be drawn; the others are (INV-89). */
export function checked(value: unknown): Checked | null {
  if (typeof value !== 'object' || value === null) return null;
  const one = value as Record<string, unknown>;
  const corners = numbers(one['bbox'], 4);
  if (corners === null) return null;
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = corners.map(clamp);
  if (x2 <= x1 || y2 <= y1) return null;
  const [vx = 0, vy = 0] = numbers(one['velocity'], 2) ?? [];
  const keypoints = Array.isArray(one['keypoints']) ? one['keypoints'] : [];
  return {
    box: [x1, y1, x2, y2],
    label: typeof one['class_name'] === 'string' ? one['class_name'] : '',
    confidence: isFiniteNumber(one['confidence']) ? one['confidence'] : null,
    trackId: isFiniteNumber(one['track_id']) ? one['track_id'] : null,
    velocity: [vx, vy],
    keypoints: keypoints.map((point) => {
      const [x = 0, y = 0, sure = 0] = numbers(point, 3) ?? [];
      return [x, y, sure] as const;
    }),
  };
}

/** Whether the user wants to see it; a detection without confidence is always shown (reference 6.2). */
function isWanted({ label, confidence }: Checked, settings: OverlaySettings): boolean {
  const { confidenceThreshold, visibleLabels } = settings;
  if (confidence !== null && confidence < confidenceThreshold) return false;
  return visibleLabels.length === 0 || visibleLabels.includes(label);
}

/** `person 87% #12`, with the parts that are chosen. */
function captionOf({ label, confidence, trackId }: Checked, settings: OverlaySettings): string {
  return [
    settings.showLabels ? label : '',
    settings.showConfidence && confidence !== null ? `${String(Math.round(confidence * 100))}%` : '',
    settings.showTracks && trackId !== null ? `#${String(trackId)}` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** Moved by what the object has moved since; null when it has left the picture. */
function moved(
  { box, velocity, keypoints }: Checked,
  seconds: number,
): Pick<Shape, 'box' | 'keypoints'> | null {
  const [dx, dy] = [velocity[0] * seconds, velocity[1] * seconds];
  const [x1, y1, x2, y2] = [box[0] + dx, box[1] + dy, box[2] + dx, box[3] + dy].map(clamp) as [
    number,
    number,
    number,
    number,
  ];
  if (x2 <= x1 || y2 <= y1) return null;
  return {
    box: [x1, y1, x2, y2],
    keypoints: keypoints.map(([x, y, sure]) => [x + dx, y + dy, sure] as const),
  };
}

/** What belongs over a picture. @param results those of the picture */
export function shapesOf(results: readonly PlacedResult[], settings: OverlaySettings): Shape[] {
  const shapes: Shape[] = [];
  for (const { result, moveMs } of results) {
    const { modelId, detections } = result;
    if (settings.visibleModels.length > 0 && !settings.visibleModels.includes(modelId)) continue;
    for (const detection of detections) {
      const one = checked(detection);
      if (one === null || !isWanted(one, settings)) continue;
      const place = moved(one, moveMs / 1000);
      if (place !== null) shapes.push({ ...place, caption: captionOf(one, settings) });
    }
  }
  return shapes;
}
