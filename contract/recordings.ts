import { z } from 'zod';
import { query } from './channel';
import { instant, uuid } from './common';

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

export const recordingChannels = {
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
