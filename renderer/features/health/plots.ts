import type { HealthArea, HealthMetric } from '../../../contract';
import type { PlainKey } from '../../strings';
import type { Unit } from './healthText';

export interface PlotLine {
  readonly metric: HealthMetric;
  readonly label: PlainKey;
}

export interface PlotDefinition {
  readonly title: PlainKey;
  readonly unit: Unit;
  /** One line each; a metric of models has one line for each model instead. */
  readonly lines: readonly PlotLine[];
}

type Lines = Readonly<Partial<Record<HealthMetric, PlainKey>>>;

/** Lines by metric, with what they are called. */
const several = (title: PlainKey, unit: Unit, lines: Lines): PlotDefinition => ({
  ...{ title, unit },
  lines: (Object.entries(lines) as [HealthMetric, PlainKey][]).map(([metric, label]) => ({ metric, label })),
});

const one = (title: PlainKey, unit: Unit, metric: HealthMetric): PlotDefinition =>
  several(title, unit, { [metric]: title });

const RATE = one('health.plot.rate', 'bytesPerS', 'ingest_total_bytes_per_s');
const RUNNING = one('health.plot.running', 'count', 'cameras_running');
const RECONNECTS = one('health.plot.reconnects', 'count', 'reconnects_total');

/** Of one camera. */
export const CAMERA_PLOTS: readonly PlotDefinition[] = [
  several('health.plot.fps', 'perS', {
    camera_fps: 'health.line.camera',
    process_fps: 'health.line.decoded',
    detection_fps: 'health.line.lookedAt',
    skipped_fps: 'health.line.skipped',
  }),
  one('health.plot.rate', 'bytesPerS', 'ingest_bytes_per_s'),
  one('health.plot.reconnects', 'count', 'reconnects'),
];

export const AREA_PLOTS: Readonly<Record<HealthArea['id'], readonly PlotDefinition[]>> = {
  cameras: [RUNNING, RATE, RECONNECTS],
  recording: [RATE, RUNNING, RECONNECTS],
  disks: [
    one('health.plot.free', 'bytes', 'disk_free_bytes'),
    one('health.plot.recorded', 'bytes', 'recorded_bytes'),
    RATE,
  ],
  live: [
    several('health.plot.traffic', 'bytesPerS', {
      sfu_in_bytes_per_s: 'health.line.in',
      sfu_out_bytes_per_s: 'health.line.out',
    }),
    several('health.plot.views', 'count', {
      sfu_producers: 'health.line.streams',
      sfu_consumers: 'health.line.views',
    }),
    one('health.plot.lost', 'count', 'sfu_lost'),
  ],
  store: [
    one('health.plot.latency', 'ms', 'store_latency_ms'),
    one('health.plot.queue', 'count', 'store_queue'),
    one('health.plot.wal', 'bytes', 'wal_bytes'),
    several('health.plot.events', 'count', {
      events_stored: 'health.line.stored',
      events_dropped: 'health.line.dropped',
    }),
  ],
  frames: [
    several('health.plot.detection', 'perS', {
      detection_total_fps: 'health.line.lookedAt',
      skipped_total_fps: 'health.line.skipped',
    }),
    one('health.plot.unreadable', 'count', 'frames_unreadable'),
  ],
  models: [
    one('health.plot.inference', 'ms', 'inference_speed'),
    one('health.plot.answers', 'perS', 'detector_rate'),
    one('health.plot.refused', 'count', 'queue_refusals'),
  ],
  process: [
    several('health.plot.cpu', 'percent', {
      cpu_percent: 'health.line.all',
      main_cpu_percent: 'health.line.main',
    }),
    several('health.plot.memory', 'bytes', {
      memory_bytes: 'health.line.all',
      main_memory_bytes: 'health.line.main',
    }),
    one('health.plot.loop', 'ms', 'event_loop_delay_ms'),
  ],
};
