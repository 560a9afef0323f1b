import { z } from 'zod';
import { instant, uuid } from '../common';
import { healthArea } from './areas';
import { cameraHealth, detectorHealth } from './subjects';

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
