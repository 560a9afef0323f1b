import { z } from 'zod';
import { query } from './channel';
import { instant, nothing, uuid } from './common';

export const segment = z.object({
  id: uuid,
  device_id: uuid,
  start: instant,
  end: instant,
  video_codec: z.string(),
  audio_codec: z.string().nullable(),
  width: z.number().int(),
  height: z.number().int(),
  file_size: z.number().int(),
});

/** Why a camera has no footage of a time. */
export const gapReason = z.enum([
  'camera-offline',
  /** Connected, but no pictures came. */
  'stalled',
  /** Recordings could not be written. */
  'disk',
  /** Switched off by hand. */
  'off',
  'schedule',
  'application-stopped',
  'computer-slept',
  /** The system clock was set; nothing need be missing. */
  'clock-step',
  /** It was recorded, but its file was missing or damaged later. */
  'lost',
  'unknown',
]);
export type GapReason = z.infer<typeof gapReason>;

/** How far recordings reach back and how far they will at the present rate. */
export const archiveOutlook = z.object({
  cameras: z.array(
    z.object({
      device_id: uuid,
      recorded_bytes: z.number(),
      /** Ends of the oldest and newest recording; null without any. */
      oldest: instant.nullable(),
      newest: instant.nullable(),
      /** Measured over the last day; null: not known yet, 0: not recorded. */
      bytes_per_day: z.number().nullable(),
    }),
  ),
  /** Of all cameras whose rate is known. */
  bytes_per_day: z.number(),
  /** Recorded cameras whose rate is not known yet. */
  unmeasured: z.number().int(),
  /** Days of footage there will be of every recorded camera; null: not known. */
  days: z.number().nullable(),
  /** What ends it: room on the disk, total size, age. */
  limit: z.enum(['space', 'size', 'age']).nullable(),
  recorded_bytes: z.number(),
});

export const recordingChannels = {
  'recordings.outlook': query(nothing, archiveOutlook, 10_000),
  /** Newest first; days of the workstation's time zone. Reference 7.5. */
  'recordings.dates': query(
    z.object({ device_id: uuid }),
    z.object({
      device_id: uuid,
      dates: z.array(z.object({ date: z.string(), segments_count: z.number().int(), bytes: z.number() })),
    }),
  ),
  'recordings.segments': query(
    z.object({
      device_id: uuid,
      start: instant,
      end: instant,
      limit: z.number().int().min(1).max(5000).default(2000),
    }),
    z.object({ segments: z.array(segment) }),
  ),
} as const;
