import { useEffect, useState } from 'react';
import type { HealthMetric, HealthReport, ResponseOf } from '../../../contract';
import type { CallError } from '../../data/call';
import { useQuery } from '../../data/useQuery';

/** Figures of now are read anew this often while they are looked at, milliseconds. */
const NOW_MS = 2_000;

const RANGES = { '15m': 900, '1h': 3_600, '6h': 21_600, '24h': 86_400 } as const;
export type Range = keyof typeof RANGES;
export const RANGE_IDS = Object.keys(RANGES) as readonly Range[];

/** A minimised window asks nothing. */
function useVisible(): boolean {
  const [visible, setVisible] = useState(!document.hidden);
  useEffect(() => {
    const look = () => setVisible(!document.hidden);
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return visible;
}

function useEvery(ms: number, act: () => void): void {
  const visible = useVisible();
  useEffect(() => {
    if (!visible) return;
    const timer = setInterval(act, ms);
    return () => clearInterval(timer);
  }, [visible, ms, act]);
}

export interface Health {
  readonly report: HealthReport | null;
  readonly error: CallError | null;
  readonly refetch: () => void;
}

/** How the workstation is, while the screen is shown. */
export function useHealth(): Health {
  const { data, error, refetch } = useQuery('health.get', {});
  useEvery(NOW_MS, refetch);
  return { report: data, error, refetch };
}

export interface Series {
  readonly data: ResponseOf<'health.series'> | null;
  readonly error: CallError | null;
}

/** Measurements of some metrics, read anew as they come. `subjects` null: of the workstation or of all. */
export function useSeries(
  metrics: readonly HealthMetric[],
  subjects: readonly string[] | null,
  range: Range,
): Series {
  const seconds = RANGES[range];
  const [to, setTo] = useState(() => Date.now());
  const [again] = useState(() => () => setTo(Date.now()));
  useEvery(seconds > 3_600 ? 60_000 : 10_000, again);
  const { data, error } = useQuery('health.series', {
    metrics: [...metrics],
    ...(subjects === null ? {} : { subjects: [...subjects] }),
    from: new Date(to - seconds * 1000).toISOString(),
    to: new Date(to).toISOString(),
  });
  return { data, error };
}
