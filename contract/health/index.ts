import { query } from '../channel';
import { nothing } from '../common';
import { healthReport } from './report';
import { seriesAnswer, seriesRequest } from './series';

export * from './areas';
export * from './report';
export { HEALTH_METRICS, MOST_HEALTH_VALUES } from './series';
export type { HealthMetric } from './series';
export * from './subjects';

export const healthChannels = {
  /** Processes and resources of the workstation. Read-only, whatever it finds (INV-93). */
  'health.get': query(nothing, healthReport, 10_000),
  /** Measured every 10 s for an hour, then by the minute for a day. */
  'health.series': query(seriesRequest, seriesAnswer, 10_000),
} as const;
