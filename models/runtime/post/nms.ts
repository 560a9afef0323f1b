import type { Candidate } from './candidate';

type Box = readonly [number, number, number, number];

/** Intersection over union of two boxes, 0..1; 0 for boxes without area. */
export function iou(a: Box, b: Box): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  const both = width * height;
  const area = (box: Box) => (box[2] - box[0]) * (box[3] - box[1]);
  return both / (area(a) + area(b) - both);
}

/**
 * Greedy suppression within each class: of finds that overlap by more than `threshold`, the best stays.
 * @param threshold intersection over union, 0..1; null keeps all
 * @returns best first; equal scores keep their order
 */
export function suppress(candidates: readonly Candidate[], threshold: number | null): Candidate[] {
  const sorted = [...candidates].sort((a, b) => b.score - a.score);
  if (threshold === null) return sorted;
  const kept: Candidate[] = [];
  const keptOfClass = new Map<number, Candidate[]>();
  for (const candidate of sorted) {
    const rivals = keptOfClass.get(candidate.classId) ?? [];
    if (rivals.some((rival) => iou(rival.box, candidate.box) > threshold)) continue;
    rivals.push(candidate);
    keptOfClass.set(candidate.classId, rivals);
    kept.push(candidate);
  }
  return kept;
}
