import { z } from 'zod';
import { command, query } from './channel';
import { instant, nothing, uuid } from './common';
import { gapReason } from './recordings';

/** Milliseconds since the epoch, UTC: a time line has thousands of them. */
const at = z.number().min(0);
/** From, to (exclusive). */
const span = z.tuple([at, at]);

/** Cameras that one time line shows at most. */
export const MOST_TIMELINE_CAMERAS = 64;

export const timelineCamera = z.object({
  camera_id: uuid,
  /** Recorded stretches in order; what lies between them is a gap. */
  recorded: z.array(span),
  /** Stretches of `recorded` that hold gaps too short to be told apart at this scale. */
  sparse: z.array(span),
  motion: z.array(span),
  events: z.array(span),
  locks: z.array(span),
  bookmarks: z.array(z.object({ id: uuid, center: at, from: at, to: at, label: z.string().nullable() })),
});
export type TimelineCamera = z.infer<typeof timelineCamera>;

/** Why there is nothing to play at a moment. */
export const playbackGapReason = z.enum([
  ...gapReason.options,
  /** Older than everything that is kept. */
  'expired',
  /** Newer than everything that is kept, or in the future. */
  'not-yet',
]);
export type PlaybackGapReason = z.infer<typeof playbackGapReason>;

export const playbackChannels = {
  /** What there is of some cameras from `start` to `end`, as fine as `pixels` can show. */
  'playback.timeline': query(
    z.object({
      camera_ids: z.array(uuid).max(MOST_TIMELINE_CAMERAS),
      start: instant,
      end: instant,
      pixels: z.number().int().min(1).max(8192),
    }),
    z.object({ cameras: z.array(timelineCamera) }),
    10_000,
  ),
  /** First and last moment of which anything is kept of these cameras; null without any. */
  'playback.bounds': query(
    z.object({ camera_ids: z.array(uuid).max(MOST_TIMELINE_CAMERAS) }),
    z.object({ first: instant.nullable(), last: instant.nullable() }),
  ),
  /** The gap that holds a moment; `from` and `to` are null where it is open. Null: it was recorded. */
  'playback.gap': query(
    z.object({ camera_id: uuid, at: instant }),
    z.object({
      gap: z
        .object({ from: instant.nullable(), to: instant.nullable(), reason: playbackGapReason })
        .nullable(),
    }),
  ),
  /**
   * A picture beside a moment, over gaps too: the one shown at it or else the first after it ('nearest'), the one
   * after it, the one before it. Milliseconds with fractions; null where there is none.
   */
  'playback.frame': query(
    z.object({ camera_id: uuid, at, which: z.enum(['nearest', 'next', 'previous']) }),
    z.object({ at: at.nullable() }),
  ),
  /**
   * Footage of a camera around a moment, played through `playlist` (HLS, served by the media protocol) until it is
   * closed, at the latest with the window. `keys` is the address of single key frames.
   */
  'playback.open': command(
    z.object({
      camera_id: uuid,
      at: instant,
      /** Codecs (FFmpeg's names) that the page can decode besides H.264. */
      decodes: z.array(z.string().max(32)).max(16).default([]),
    }),
    z.object({
      id: uuid,
      playlist: z.string(),
      keys: z.string(),
      /** Where playing begins: the moment asked for, or the first one after it of which there is footage. */
      start: instant,
      /** The same on the player's time line, seconds. */
      media: z.number(),
    }),
    15_000,
  ),
  'playback.close': command(z.object({ id: uuid }), nothing),
} as const;
