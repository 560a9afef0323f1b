const SECOND_US = 1_000_000;
const MINUTE_US = 60 * SECOND_US;

/** Whole minutes where a column of the time line is longer than one: those need no look at their seconds. */
export function motionRange(
  fromUs: number,
  toUs: number,
  stepUs: number,
): { fromUs: number; toUs: number; bucketSeconds: number } {
  if (stepUs < MINUTE_US) return { fromUs, toUs, bucketSeconds: Math.max(1, Math.round(stepUs / SECOND_US)) };
  return {
    fromUs: Math.floor(fromUs / MINUTE_US) * MINUTE_US,
    toUs: Math.ceil(toUs / MINUTE_US) * MINUTE_US,
    bucketSeconds: 60 * Math.round(stepUs / MINUTE_US),
  };
}
