import { z } from 'zod';
import { command, query } from './channel';
import { instant, nothing, text, uuid } from './common';

const captureSource = z.enum(['live', 'historical']);

/** Reference 7.6. `url` is served by the application's media protocol. */
export const snapshot = z.object({
  id: uuid,
  device_id: uuid,
  device_name: z.string(),
  timestamp: instant,
  source: captureSource,
  file_size: z.number().int(),
  url: z.string(),
  created_at: instant,
});
export type Snapshot = z.infer<typeof snapshot>;

/** Reference 7.7; start and end are what the clip really holds. */
export const bookmark = z.object({
  id: uuid,
  device_id: uuid,
  device_name: z.string(),
  center_timestamp: instant,
  start_timestamp: instant,
  end_timestamp: instant,
  label: z.string().nullable(),
  source: captureSource,
  /** Seconds. */
  duration: z.number(),
  video_format: z.literal('mp4'),
  file_size: z.number().int(),
  video_url: z.string(),
  thumbnail_url: z.string().nullable(),
  created_at: instant,
  updated_at: instant,
});
export type Bookmark = z.infer<typeof bookmark>;

const clipSeconds = z.number().min(1).max(600);
const page = {
  device_id: uuid.optional(),
  skip: z.number().int().min(0).default(0),
};

export const captureChannels = {
  'snapshots.capture-live': command(z.object({ device_id: uuid }), snapshot, 15_000),
  'snapshots.capture-historical': command(
    z.object({ device_id: uuid, timestamp: instant }),
    snapshot,
    15_000,
  ),
  'snapshots.list': query(
    z.object({ ...page, limit: z.number().int().min(1).max(500).default(100) }),
    z.object({ snapshots: z.array(snapshot), count: z.number().int(), total: z.number().int() }),
  ),
  'snapshots.get': query(z.object({ id: uuid }), snapshot),
  'snapshots.delete': command(z.object({ id: uuid }), nothing),
  /** The `duration` seconds before the call (default 6). */
  'bookmarks.capture-live': command(
    z.object({ device_id: uuid, label: text(255).nullable().optional(), duration: clipSeconds.default(6) }),
    bookmark,
    60_000,
  ),
  /** `duration` seconds around `center_timestamp` (default 6). */
  'bookmarks.capture-historical': command(
    z.object({
      device_id: uuid,
      center_timestamp: instant,
      label: text(255).nullable().optional(),
      duration: clipSeconds.default(6),
    }),
    bookmark,
    60_000,
  ),
  'bookmarks.list': query(
    z.object({ ...page, limit: z.number().int().min(1).max(500).default(100) }),
    z.object({
      bookmarks: z.array(bookmark),
      total: z.number().int(),
      page: z.number().int(),
      page_size: z.number().int(),
    }),
  ),
  'bookmarks.get': query(z.object({ id: uuid }), bookmark),
  'bookmarks.update': command(z.object({ id: uuid, label: text(255).nullable() }), bookmark),
  'bookmarks.delete': command(z.object({ id: uuid }), nothing),
} as const;
