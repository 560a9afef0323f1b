import type { TrialResult } from '../../../contract';

/** One thing that the model found; `index` names it in its result. */
export interface Finding {
  readonly index: number;
  readonly name: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** Corners as shares of the picture. */
  readonly bbox: TrialResult['detections'][number]['bbox'];
  readonly keypoints: TrialResult['detections'][number]['keypoints'];
}

/** What is certain enough, the most certain first, and how much is not. */
export function findingsOf(
  { detections }: TrialResult,
  least: number,
): { readonly shown: Finding[]; readonly hidden: number } {
  const all = detections.map(({ class_name: name, ...rest }, index): Finding => ({ index, name, ...rest }));
  // The slider works in whole percents: what reads 40 % counts as 40 %.
  const shown = all.filter(({ confidence }) => Math.round(confidence * 100) >= Math.round(least * 100));
  return {
    shown: shown.sort((a, b) => b.confidence - a.confidence || a.index - b.index),
    hidden: all.length - shown.length,
  };
}
