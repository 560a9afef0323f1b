import { z } from 'zod';
import { query } from './channel';
import { instant, nothing, uuid } from './common';

/** What the workstation consists of, for its health. */
export const healthAreaId = z.enum([
  'cameras',
  'recording',
  'disks',
  'live',
  'store',
  'frames',
  'models',
  'process',
]);

export const healthArea = z.object({
  id: healthAreaId,
  /** off: switched off, so nothing is wrong with it. */
  state: z.enum(['ok', 'off', 'warn', 'bad']),
  /** What it is about; `ok` and `off` when nothing is. Texts are the renderer's. */
  code: z.enum([
    'ok',
    'off',
    'no_cameras',
    'cameras_lost',
    'not_recorded',
    'disk_missing',
    'disk_full',
    'no_worker',
    'events_closed',
    'store_closed',
    'store_slow',
    'decoder_failed',
    'model_unavailable',
    'model_degraded',
    'slow_loop',
  ]),
  /** How many of what the code is about. */
  count: z.number().int(),
});
export type HealthArea = z.infer<typeof healthArea>;

const rate = z.number().nullable();

/** Names of the metrics as Frigate has them, where it has them. */
export const cameraHealth = z.object({
  camera_id: uuid,
  name: z.string(),
  /** The operator wants it to run. */
  is_active: z.boolean(),
  phase: z.enum(['stopped', 'starting', 'running', 'stalled', 'backing-off']),
  fault: z.string().nullable(),
  since: instant.nullable(),
  shall_record: z.boolean(),
  /** Pictures a second that come in. */
  camera_fps: rate,
  /** As the camera announces it. */
  announced_fps: rate,
  /** Decoded pictures a second that are handed to the models; null while none are wanted. */
  process_fps: rate,
  /** Pictures a second that were due and that no model had time for. */
  skipped_fps: rate,
  /** Pictures a second that models looked at. */
  detection_fps: rate,
  /** As FFmpeg writes them to disk. */
  ingest_bytes_per_s: rate,
  codec: z.string().nullable(),
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  /** Null while no such process runs. */
  ffmpeg_pid: z.number().int().nullable(),
  decoder_pid: z.number().int().nullable(),
  sub_phase: z.enum(['stopped', 'starting', 'running', 'stalled', 'backing-off']),
  /** Since the application was started. */
  reconnects: z.number().int(),
  gaps: z.number().int(),
  gap_seconds: z.number(),
  last_gap: instant.nullable(),
  recorded_bytes: z.number(),
  oldest: instant.nullable(),
  bytes_per_day: z.number().nullable(),
});
export type CameraHealth = z.infer<typeof cameraHealth>;

export const detectorHealth = z.object({
  model_id: z.string(),
  name: z.string(),
  state: z.enum(['stopped', 'starting', 'ready', 'degraded', 'unavailable']),
  reason: z.string().nullable(),
  pid: z.number().int().nullable(),
  /** Older than 30 s is degraded. */
  heartbeat_age_ms: z.number().nullable(),
  /** Inside the model, median, milliseconds. */
  inference_speed: z.number().nullable(),
  /** From asking to answer, 99th percentile, milliseconds. */
  latency_p99_ms: z.number().nullable(),
  /** Answers a second over the last 10 s. */
  rate: z.number(),
  requests: z.number().int(),
  answered: z.number().int(),
  queue_refusals: z.number().int(),
  timeouts: z.number().int(),
  errors: z.number().int(),
  late: z.number().int(),
  memory_bytes: z.number().nullable(),
  device: z.object({ requested: z.string(), actual: z.string(), why: z.string().nullable() }).nullable(),
});
export type DetectorHealth = z.infer<typeof detectorHealth>;

const calls = z.object({
  queue: z.number().int(),
  calls: z.number().int(),
  failures: z.number().int(),
  timeouts: z.number().int(),
  latency_ms: z.object({ p50: z.number(), p99: z.number(), max: z.number() }).nullable(),
});

const traffic = z.object({ bytes: z.number(), packets: z.number(), lost: z.number() });

export const healthReport = z.object({
  service: z.literal('VAS Workstation'),
  status: z.enum(['healthy', 'degraded']),
  timestamp: instant,
  uptime_s: z.number(),
  areas: z.array(healthArea),
  event_loop_delay_p99_ms: z.number(),
  event_loop_delay_p50_ms: z.number(),
  event_loop_delay_max_ms: z.number(),
  processes: z.array(
    z.object({
      kind: z.string(),
      pid: z.number().int(),
      stream: z.string().nullable(),
      /** Of one core; null until it was seen twice. */
      cpu_percent: z.number().nullable(),
      /** Resident, shared parts included. */
      memory_bytes: z.number().nullable(),
    }),
  ),
  totals: z.object({
    /** Of one core, all our processes. */
    cpu_percent: z.number().nullable(),
    cores: z.number().int(),
    memory_bytes: z.number(),
    main_cpu_percent: z.number().nullable(),
    main_memory_bytes: z.number(),
    ingest_bytes_per_s: z.number().nullable(),
  }),
  cameras: z.array(cameraHealth),
  detectors: z.array(detectorHealth),
  detection_fps: z.number().nullable(),
  frames: z.object({
    is_running: z.boolean(),
    /** Published in rings since the application was started. */
    published: z.number().int(),
    /** Reads by models that came too late, were disturbed, found an old picture, or failed otherwise. */
    overwritten: z.number().int(),
    torn: z.number().int(),
    stale_reads: z.number().int(),
    unreadable: z.number().int(),
    decoders: z.array(
      z.object({
        camera_id: uuid,
        stream: z.enum(['main', 'sub']),
        phase: z.string(),
        fps: z.number().nullable(),
        /** Wanted; null: all of the source. */
        wanted_fps: z.number().nullable(),
        method: z.string().nullable(),
        published: z.number().int(),
        losses: z.number().int(),
        refused: z.number().int(),
        restarts: z.number().int(),
        problem: z.string().nullable(),
      }),
    ),
  }),
  store: z.object({
    databases: z.array(
      z.object({
        name: z.enum(['vas', 'events']),
        is_open: z.boolean(),
        bytes: z.number(),
        wal_bytes: z.number(),
        writer: calls.nullable(),
        readers: calls.nullable(),
      }),
    ),
    events: z.object({
      stored: z.number().int(),
      media_failed: z.number().int(),
      dropped: z.object({
        invalid: z.number().int(),
        unknown_camera: z.number().int(),
        overload: z.number().int(),
        store: z.number().int(),
      }),
    }),
  }),
  sfu: z.object({
    workers: z.number().int(),
    producers: z.number().int(),
    consumers: z.number().int(),
    transports: z.number().int(),
    /** From FFmpeg. */
    in: traffic,
    /** To the windows. */
    out: traffic,
  }),
  disks: z.object({
    folders: z.array(
      z.object({
        id: uuid,
        path: z.string(),
        state: z.enum(['ready', 'missing', 'foreign']),
        is_current: z.boolean(),
        free_bytes: z.number().nullable(),
        total_bytes: z.number().nullable(),
        floor_bytes: z.number().nullable(),
        recorded_bytes: z.number(),
        oldest: instant.nullable(),
        /** Until its free room is used up at the present rate; null: not written, or not known. */
        days_until_full: z.number().nullable(),
      }),
    ),
    data: z.object({ free_bytes: z.number(), total_bytes: z.number() }),
    write_bytes_per_s: z.number().nullable(),
    /** Days of footage there will be of every camera; null: not known. */
    days: z.number().nullable(),
    limit: z.enum(['space', 'size', 'age']).nullable(),
    bytes_per_day: z.number(),
    unmeasured: z.number().int(),
  }),
  storage: z.object({ recordings_bytes: z.number(), free_bytes: z.number(), total_bytes: z.number() }),
});
export type HealthReport = z.infer<typeof healthReport>;

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

export const healthChannels = {
  /** Processes and resources of the workstation. Read-only, whatever it finds (INV-93). */
  'health.get': query(nothing, healthReport, 10_000),
  /** Measured every 10 s for an hour, then by the minute for a day. */
  'health.series': query(
    z.object({
      metrics: z.array(z.enum(metricNames)).min(1).max(32),
      /** Cameras or models; without them all there are. */
      subjects: z.array(z.string().min(1).max(64)).max(64).optional(),
      from: instant,
      to: instant,
      /** Seconds between values; default: as fine as it is known, at most 500 values. */
      step: z.number().int().min(10).max(3600).optional(),
    }),
    z.object({
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
    }),
    10_000,
  ),
} as const;
