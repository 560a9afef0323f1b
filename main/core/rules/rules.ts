import type { AssignmentRules } from '../../../contract/assignments';
import type { Detection } from '../detections';
import type { TrackedDetection } from '../tracking/tracker';

export interface JudgedDetection extends TrackedDetection {
  /** Names of the zones in which its foot point lies. */
  readonly zones: readonly string[];
}

type Polygon = readonly (readonly [number, number])[];

/**
 * Leaves out what the assignment does not ask for, before tracking. Confidence comes later: weak sightings keep a
 * track alive.
 */
export function worthTracking(detections: readonly Detection[], rules: AssignmentRules): Detection[] {
  const { labels, masks, min_height } = rules;
  return detections.filter(
    (one) =>
      (labels === null || labels.includes(one.class_name)) &&
      one.bbox[3] - one.bbox[1] >= min_height &&
      !masks.some((mask) => contains(mask, footOf(one))),
  );
}

/** What may be shown and kept, with its zones. */
export function judge(detections: readonly TrackedDetection[], rules: AssignmentRules): JudgedDetection[] {
  const least = rules.min_confidence ?? 0;
  return detections
    .filter((one) => one.confidence >= least)
    .map((one) => ({
      ...one,
      zones: rules.zones.filter(({ points }) => contains(points, footOf(one))).map(({ name }) => name),
    }));
}

/** Where an object stands: the middle of its lower edge. */
function footOf({ bbox: [xMin, , xMax, yMax] }: Detection): readonly [number, number] {
  return [(xMin + xMax) / 2, yMax];
}

/** Even-odd rule; a polygon may be concave. */
export function contains(polygon: Polygon, [x, y]: readonly [number, number]): boolean {
  let inside = false;
  polygon.forEach(([ax, ay], index) => {
    const [bx, by] = polygon[(index + polygon.length - 1) % polygon.length] ?? [ax, ay];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  });
  return inside;
}
