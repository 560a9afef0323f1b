import type { Detection } from '../../contract/inference/messages';
import type { LabelledObject, LabelledPicture } from './pictures';

export interface Score {
  found: number;
  missed: string[];
  falseAlarms: string[];
}

const VEHICLES = ['car', 'truck', 'bus'];
/** Labels of the test set in terms of a model's class names. */
const groupOf = (name: string): string => (VEHICLES.includes(name) ? 'vehicle' : name);

function overlap(a: readonly number[], b: readonly number[]): number {
  const [ax1 = 0, ay1 = 0, ax2 = 0, ay2 = 0] = a;
  const [bx1 = 0, by1 = 0, bx2 = 0, by2 = 0] = b;
  const both =
    Math.max(0, Math.min(ax2, bx2) - Math.max(ax1, bx1)) *
    Math.max(0, Math.min(ay2, by2) - Math.max(ay1, by1));
  return both / ((ax2 - ax1) * (ay2 - ay1) + (bx2 - bx1) * (by2 - by1) - both);
}

/**
 * Matches finds and labels of one kind, best overlap first, each at most once.
 * @param kind label of the test set: person, vehicle, dog, ...
 * @param least intersection over union that counts as found
 */
export function scorePicture(
  picture: LabelledPicture,
  detections: readonly Detection[],
  kind: string,
  least = 0.4,
): Score {
  const labels = picture.objects.filter(({ label }) => label === kind);
  const finds = detections
    .filter(({ class_name }) => groupOf(class_name) === kind)
    .map(({ bbox: [x1, y1, x2, y2] }) => [
      x1 * picture.width,
      y1 * picture.height,
      x2 * picture.width,
      y2 * picture.height,
    ]);
  const pairs = labels
    .flatMap((label) => finds.map((find) => ({ label, find, share: overlap(label.box, find) })))
    .filter(({ share }) => share >= least)
    .sort((a, b) => b.share - a.share);
  const matchedLabels = new Set<LabelledObject>();
  const matchedFinds = new Set<number[]>();
  for (const { label, find } of pairs) {
    if (matchedLabels.has(label) || matchedFinds.has(find)) continue;
    matchedLabels.add(label);
    matchedFinds.add(find);
  }
  const say = (box: readonly number[]) => `${picture.name} ${box.map((side) => Math.round(side)).join(',')}`;
  return {
    found: matchedLabels.size,
    missed: labels.filter((label) => !matchedLabels.has(label)).map(({ box }) => say(box)),
    falseAlarms: finds
      .filter((find) => !matchedFinds.has(find))
      .filter((find) => !(picture.ignore ?? []).some(({ box }) => overlap(box, find) > 0.1))
      .map(say),
  };
}
