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

const one = (title: PlainKey, unit: Unit, metric: HealthMetric): PlotDefinition => ({
  ...{ title, unit },
  lines: [{ metric, label: title }],
});

/** Of one camera. */
export const CAMERA_PLOTS: readonly PlotDefinition[] = [
  {
    title: 'health.plot.fps',
    unit: 'perS',
    lines: [
      { metric: 'camera_fps', label: 'health.line.camera' },
      { metric: 'process_fps', label: 'health.line.decoded' },
      { metric: 'detection_fps', label: 'health.line.lookedAt' },
      { metric: 'skipped_fps', label: 'health.line.skipped' },
    ],
  },
  one('health.plot.rate', 'bytesPerS', 'ingest_bytes_per_s'),
  one('health.plot.reconnects', 'count', 'reconnects'),
];

export const AREA_PLOTS: Readonly<Record<HealthArea['id'], readonly PlotDefinition[]>> = {
  cameras: [
    one('health.plot.running', 'count', 'cameras_running'),
    one('health.plot.rate', 'bytesPerS', 'ingest_total_bytes_per_s'),
    one('health.plot.reconnects', 'count', 'reconnects_total'),
  ],
  recording: [
    one('health.plot.rate', 'bytesPerS', 'ingest_total_bytes_per_s'),
    one('health.plot.running', 'count', 'cameras_running'),
    one('health.plot.reconnects', 'count', 'reconnects_total'),
  ],
  disks: [
    one('health.plot.free', 'bytes', 'disk_free_bytes'),
    one('health.plot.recorded', 'bytes', 'recorded_bytes'),
    one('health.plot.rate', 'bytesPerS', 'ingest_total_bytes_per_s'),
  ],
  live: [
    {
      title: 'health.plot.traffic',
      unit: 'bytesPerS',
      lines: [
        { metric: 'sfu_in_bytes_per_s', label: 'health.line.in' },
        { metric: 'sfu_out_bytes_per_s', label: 'health.line.out' },
      ],
    },
    {
      title: 'health.plot.views',
      unit: 'count',
      lines: [
        { metric: 'sfu_producers', label: 'health.line.streams' },
        { metric: 'sfu_consumers', label: 'health.line.views' },
      ],
    },
    one('health.plot.lost', 'count', 'sfu_lost'),
  ],
  store: [
    one('health.plot.latency', 'ms', 'store_latency_ms'),
    one('health.plot.queue', 'count', 'store_queue'),
    one('health.plot.wal', 'bytes', 'wal_bytes'),
    {
      title: 'health.plot.events',
      unit: 'count',
      lines: [
        { metric: 'events_stored', label: 'health.line.stored' },
        { metric: 'events_dropped', label: 'health.line.dropped' },
      ],
    },
  ],
  frames: [
    {
      title: 'health.plot.detection',
      unit: 'perS',
      lines: [
        { metric: 'detection_total_fps', label: 'health.line.lookedAt' },
        { metric: 'skipped_total_fps', label: 'health.line.skipped' },
      ],
    },
    one('health.plot.unreadable', 'count', 'frames_unreadable'),
  ],
  models: [
    one('health.plot.inference', 'ms', 'inference_speed'),
    one('health.plot.answers', 'perS', 'detector_rate'),
    one('health.plot.refused', 'count', 'queue_refusals'),
  ],
  process: [
    {
      title: 'health.plot.cpu',
      unit: 'percent',
      lines: [
        { metric: 'cpu_percent', label: 'health.line.all' },
        { metric: 'main_cpu_percent', label: 'health.line.main' },
      ],
    },
    {
      title: 'health.plot.memory',
      unit: 'bytes',
      lines: [
        { metric: 'memory_bytes', label: 'health.line.all' },
        { metric: 'main_memory_bytes', label: 'health.line.main' },
      ],
    },
    one('health.plot.loop', 'ms', 'event_loop_delay_ms'),
  ],
};
