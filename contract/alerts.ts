import { z } from 'zod';
import { command, query, subscription } from './channel';
import { instant, nothing, uuid } from './common';
import { streamFaultCode } from './devices';

/** States of the workstation that must not be missed, most urgent first. AI raises none. */
export const alertKind = z.enum([
  /** Wanted, but nothing is written. */
  'recording-stopped',
  /** Footage cannot be given up fast enough, or something else fills the disk. */
  'disk-nearly-full',
  /** The rules of retention ask for more than half of everything; somebody has to confirm it. */
  'deletion-refused',
  /** Stored passwords cannot be opened. */
  'keystore-locked',
  /** A camera that shall run delivers no pictures. */
  'camera-offline',
  /** The application ended without being asked to; nothing was recorded until it started again. */
  'unclean-end',
  /** The computer slept; nothing was recorded meanwhile. */
  'computer-slept',
  /** The system clock was set; times before and after do not fit. */
  'clock-stepped',
]);
export type AlertKind = z.infer<typeof alertKind>;
export const ALERT_KINDS = alertKind.options;

/** `urgent`: pictures or footage are being lost now. */
export const alertSeverity = z.enum(['urgent', 'warning']);
export type AlertSeverity = z.infer<typeof alertSeverity>;

/** Facts for the text; which ones there are depends on the kind. */
export const alertDetail = z.object({
  fault: streamFaultCode.optional(),
  /** recording-stopped: `storage` the disk refuses, `no-footage` nothing has reached the archive for minutes. */
  reason: z.enum(['storage', 'no-footage']).optional(),
  free_bytes: z.number().optional(),
  total_bytes: z.number().optional(),
  /** deletion-refused: of the recordings that would go, and of all. */
  delete_bytes: z.number().optional(),
  recorded_bytes: z.number().optional(),
  /** Names of the cameras concerned, where there are several; at most 20. */
  cameras: z.array(z.string()).max(20).optional(),
  /** How many cameras are concerned. */
  camera_count: z.number().int().optional(),
  /** By how much the clock was set, milliseconds; negative: back. */
  step_ms: z.number().optional(),
});
export type AlertDetail = z.infer<typeof alertDetail>;

export const alert = z.object({
  id: uuid,
  kind: alertKind,
  severity: alertSeverity,
  camera_id: uuid.nullable(),
  camera_name: z.string().nullable(),
  /** Which disk: `recordings` or `data`; null for other kinds. */
  subject: z.string().nullable(),
  detail: alertDetail,
  raised_at: instant,
  /** Null while it lasts. */
  cleared_at: instant.nullable(),
  acknowledged_at: instant.nullable(),
  /** Name of the user. */
  acknowledged_by: z.string().nullable(),
  /** It lasts; or it is something that happened, and nobody has acknowledged it. */
  is_active: z.boolean(),
});
export type Alert = z.infer<typeof alert>;

export const alertChannels = {
  /** Every alert that is active or not acknowledged, most urgent first; at once and after each change. */
  'alerts.active': subscription(nothing, z.object({ alerts: z.array(alert) })),
  /** Newest first. `cursor` is `next_cursor` of the page before. */
  'alerts.history': query(
    z.object({
      kinds: z.array(alertKind).min(1).max(ALERT_KINDS.length).optional(),
      camera_id: uuid.optional(),
      /** Began at this moment or later. */
      from: instant.optional(),
      /** Began before this moment. */
      to: instant.optional(),
      unacknowledged: z.boolean().optional(),
      cursor: z
        .string()
        .regex(/^\d{1,16}_[0-9a-f-]{36}$/, 'This is not a cursor of the alert history.')
        .optional(),
      limit: z.number().int().min(1).max(200).default(100),
    }),
    z.object({ alerts: z.array(alert), next_cursor: z.string().nullable() }),
  ),
  /** Says that the user knows of these; those that are acknowledged already stay as they are. */
  'alerts.acknowledge': command(
    z.object({ ids: z.array(uuid).min(1).max(1000) }),
    z.object({ acknowledged: z.number().int() }),
  ),
} as const;
