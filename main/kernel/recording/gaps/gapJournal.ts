import type { GapReason } from '../../../../contract/recordings';

/** From `atUs` on nothing is recorded for this reason; null: something is. */
export interface Mark {
  readonly atUs: number;
  readonly reason: GapReason | null;
}

export interface GapSpan {
  readonly startUs: number;
  readonly endUs: number;
  readonly reason: GapReason;
}

/**
 * Why there is no footage of a time. What is known to have begun inside of it explains what was before as well:
 * it was noticed late. Where recording was believed to go on, the reason before it still counts.
 * @param marks by time
 */
export function explainGap(marks: readonly Mark[], fromUs: number, toUs: number): GapSpan[] {
  const before = marks.findLast((mark) => mark.atUs <= fromUs)?.reason ?? null;
  const within = marks.filter((mark) => mark.atUs > fromUs && mark.atUs < toUs && mark.reason !== null);
  const noticed = marks.find((mark) => mark.atUs > fromUs && mark.atUs <= toUs && mark.reason !== null);
  let reason: GapReason = before ?? noticed?.reason ?? 'unknown';
  const spans: GapSpan[] = [];
  let startUs = fromUs;
  for (const mark of within) {
    if (mark.reason === reason || mark.reason === null) continue;
    if (mark.atUs > startUs) spans.push({ startUs, endUs: mark.atUs, reason });
    startUs = mark.atUs;
    reason = mark.reason;
  }
  spans.push({ startUs, endUs: toUs, reason });
  return spans;
}
