import { z } from 'zod';
import { instant } from '../common';

/** Metrics that are kept over time. `camera` and `model` have one series for each. */
export const HEALTH_METRICS = {
  cpu_percent: 'workstation',
  main_cpu_percent: 'workstation',
  memory_bytes: 'workstation',
  main_memory_bytes: 'workstation',
  event_loop_delay_ms: 'workstation',
  cameras_running: 'workstation',
  ingest_total_bytes_per_s: 'workstation',
  reconnects_total: 'workstation',
  detection_total_fps: 'workstation',
  skipped_total_fps: 'workstation',
  frames_unreadable: 'workstation',
  events_stored: 'workstation',
  events_dropped: 'workstation',
  store_queue: 'workstation',
  store_latency_ms: 'workstation',
  wal_bytes: 'workstation',
  sfu_producers: 'workstation',
  sfu_consumers: 'workstation',
  sfu_in_bytes_per_s: 'workstation',
  sfu_out_bytes_per_s: 'workstation',
  sfu_lost: 'workstation',
  disk_free_bytes: 'workstation',
  recorded_bytes: 'workstation',
  camera_fps: 'camera',
  process_fps: 'camera',
  skipped_fps: 'camera',
  detection_fps: 'camera',
  ingest_bytes_per_s: 'camera',
  reconnects: 'camera',
  inference_speed: 'model',
  detector_rate: 'model',
  queue_refusals: 'model',
} as const;
export type HealthMetric = keyof typeof HEALTH_METRICS;

const metricNames = Object.keys(HEALTH_METRICS) as [HealthMetric, ...HealthMetric[]];

/** Most values of one answer, over all series. */
export const MOST_HEALTH_VALUES = 200_000;

export const seriesRequest = z.object({
  metrics: z.array(z.enum(metricNames)).min(1).max(32),
  /** Cameras or models; without them all there are. */
  subjects: z.array(z.string().min(1).max(64)).max(64).optional(),
  from: instant,
  to: instant,
  /** Seconds between values; default: as fine as it is known, at most 500 values. */
  step: z.number().int().min(10).max(3600).optional(),
});

export const seriesAnswer = z.object({
  /** Time of the first value. */
  from: instant,
  step: z.number().int(),
  series: z.array(
    z.object({
      metric: z.enum(metricNames),
      /** Camera or model; null of the workstation. */
      subject: z.string().nullable(),
      values: z.array(z.number().nullable()),
    }),
  ),
});
