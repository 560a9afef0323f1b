import type { HealthMetric } from '../../../contract';
import { HEALTH_METRICS } from '../../../contract/health';

/** How several values of a metric become one. */
export type Combine = 'mean' | 'max' | 'sum';

/** Peaks must survive thinning out, and what is counted must add up; everything else is averaged. */
const NOT_MEAN: Readonly<Partial<Record<HealthMetric, Combine>>> = {
  event_loop_delay_ms: 'max',
  store_latency_ms: 'max',
  store_queue: 'max',
  wal_bytes: 'max',
  reconnects_total: 'sum',
  reconnects: 'sum',
  frames_unreadable: 'sum',
  events_stored: 'sum',
  events_dropped: 'sum',
  sfu_lost: 'sum',
  queue_refusals: 'sum',
};

export const combineOf = (metric: HealthMetric): Combine => NOT_MEAN[metric] ?? 'mean';

const SEPARATOR = '|';

/** Name of a series: the metric, and the camera or model it is of. */
export const seriesName = (metric: HealthMetric, subject: string | null): string =>
  subject === null ? metric : `${metric}${SEPARATOR}${subject}`;

export interface SeriesId {
  readonly metric: HealthMetric;
  readonly subject: string | null;
}

/** Null for a metric of another version. */
export function parseSeriesName(name: string): SeriesId | null {
  const at = name.indexOf(SEPARATOR);
  const metric = at < 0 ? name : name.slice(0, at);
  if (!Object.hasOwn(HEALTH_METRICS, metric)) return null;
  return { metric: metric as HealthMetric, subject: at < 0 ? null : name.slice(at + 1) };
}

/** One value out of some; null out of none. */
export class Combiner {
  #count = 0;
  #sum = 0;
  #max = -Infinity;

  add(value: number): void {
    if (!Number.isFinite(value)) return;
    this.#count++;
    this.#sum += value;
    this.#max = Math.max(this.#max, value);
  }

  take(how: Combine): number | null {
    if (this.#count === 0) return null;
    if (how === 'max') return this.#max;
    return how === 'sum' ? this.#sum : this.#sum / this.#count;
  }
}
