import { z } from 'zod';
import { instant, uuid } from '../common';

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
