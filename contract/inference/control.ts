import { z } from 'zod';
import { deviceName, modelManifest } from './manifest';

/** What supervisor and container say to each other outside the socket. */

const loadedFolder = z.object({
  manifest: modelManifest,
  /** Absolute path of the model's folder. */
  folder: z.string().min(1),
  /** Names in the order of the class numbers; empty when the model has none. */
  classNames: z.array(z.string()),
});
export type ModelFolder = z.infer<typeof loadedFolder>;

export const containerConfig = z.object({
  model: loadedFolder,
  companions: z.array(loadedFolder),
  socketPath: z.string().min(1),
  /** Frames are accepted from inside this folder only. */
  exportDir: z.string().min(1),
  heartbeatMs: z.number().positive(),
});
export type ContainerConfig = z.infer<typeof containerConfig>;

export const toContainer = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), config: containerConfig }),
  z.object({ type: z.literal('stop') }),
]);
export type ToContainer = z.infer<typeof toContainer>;

export const deviceReport = z.object({
  /** As model.yaml asks. */
  requested: z.string(),
  actual: deviceName,
  /** Why `actual` is not what was asked, or null. */
  why: z.string().nullable(),
});
export type DeviceReport = z.infer<typeof deviceReport>;

export const containerMetrics = z.object({
  total_requests: z.number().int().nonnegative(),
  total_errors: z.number().int().nonnegative(),
  avg_latency_ms: z.number().nonnegative(),
  uptime_seconds: z.number().nonnegative(),
  /** Ours: refused because too many were in flight. */
  refused_busy: z.number().int().nonnegative(),
  in_flight: z.number().int().nonnegative(),
  /** Ours: resident memory, bytes. */
  rss_bytes: z.number().nonnegative(),
});
export type ContainerMetrics = z.infer<typeof containerMetrics>;

export const fromContainer = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('ready'),
    device: deviceReport,
    /** Loading and warming up, milliseconds. */
    load_ms: z.number().nonnegative(),
    weights_sha256: z.string(),
    /** What the container cannot reach any more; left out by a container that says nothing of it. */
    confined: z.object({ files: z.boolean(), network: z.boolean() }).optional(),
  }),
  z.object({ type: z.literal('failed'), message: z.string() }),
  /** The body of the reference's heartbeat file (4.7). */
  z.object({
    type: z.literal('heartbeat'),
    model_id: z.string(),
    /** UTC, ISO 8601. */
    timestamp: z.string(),
    status: z.enum(['healthy']),
    metrics: containerMetrics,
  }),
]);
export type FromContainer = z.infer<typeof fromContainer>;
