/** One figure of a suite. */
export interface Result {
  readonly id: string;
  readonly value: number;
  readonly unit: string;
  /** Raw samples, or their summary with whatever else explains the value. */
  readonly samples: unknown;
  /** How it was measured, in words. */
  readonly method: string;
}

export interface Summary {
  readonly n: number;
  readonly min: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/**
 * Nearest-rank percentile: always a value that was measured.
 * @param p 0 < p <= 100
 * @throws RangeError without samples
 */
export function percentile(samples: readonly number[], p: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const value = sorted[Math.ceil((p / 100) * sorted.length) - 1];
  if (value === undefined) throw new RangeError('no samples');
  return value;
}

export function summarise(samples: readonly number[]): Summary {
  const at = (p: number) => rounded(percentile(samples, p));
  return {
    n: samples.length,
    min: rounded(Math.min(...samples)),
    p50: at(50),
    p95: at(95),
    p99: at(99),
    max: rounded(Math.max(...samples)),
  };
}

/** Three decimals. */
export function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
