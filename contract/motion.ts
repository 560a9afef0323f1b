import { z } from 'zod';
import { command, query, subscription } from './channel';
import { instant, nothing, uuid } from './common';
import { MOTION_BYTES } from './motionGrid';

const share = z.number().min(0).max(1);
const range = { camera_id: uuid, from: instant, to: instant };

/** Mask of the grid (motionGrid.ts), hexadecimal. */
const region = z
  .string()
  .regex(new RegExp(`^[0-9a-f]{${String(2 * MOTION_BYTES)}}$`), 'must be a mask of the motion grid');

/** The longest stretch that one search looks through. */
export const MOST_SEARCH_DAYS = 31;
/** A search ends when it has found so many. */
export const MOST_SEARCH_RESULTS = 1000;

export const motionResult = z.object({
  start: instant,
  /** Exclusive. */
  end: instant,
  /** The second with the most motion, where a picture shows something. */
  peak_at: instant,
  /** Of the region's cells, in that second. */
  peak: share,
  /** kept: from motion data that was there. scan: the recording was looked through for it. */
  source: z.enum(['kept', 'scan']),
});
export type MotionResult = z.infer<typeof motionResult>;

export const motionSearchState = z.object({
  id: uuid,
  camera_id: uuid,
  from: instant,
  to: instant,
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  /** Why it failed, for people. */
  message: z.string().nullable(),
  /** Of the footage of the range, seconds: all, and what was looked at so far by either way. */
  footage_s: z.number(),
  kept_s: z.number(),
  scanned_s: z.number(),
  /** What could not be read: given up by retention meanwhile, or damaged. */
  unread_s: z.number(),
  /** Oldest first; more are found as it goes on. */
  results: z.array(motionResult),
  /** It ended early, with as many results as there may be. */
  is_full: z.boolean(),
});
export type MotionSearchState = z.infer<typeof motionSearchState>;

/**
 * Where something moved in a camera's picture, second by second. It is known for times in which the camera's pictures
 * were decoded for detection, and kept as long as its footage.
 */
export const motionChannels = {
  /**
   * For marks on a time line. At most 20,000 buckets (400 otherwise); those of which nothing is known are left out.
   */
  'motion.list': query(
    z.object({ ...range, bucket_s: z.number().int().min(1).max(86_400) }),
    z.object({
      buckets: z.array(
        z.object({
          /** Buckets begin at multiples of their length since the epoch. */
          start: instant,
          /** Seconds that were watched, and in which something moved. */
          known_s: z.number().int(),
          moving_s: z.number().int(),
          /** Of the cells, in the second with most of them. */
          peak: share,
        }),
      ),
    }),
  ),
  /** When something moved in a region of the picture. */
  'motion.search': query(
    z.object({
      ...range,
      region,
      /** Least cells of the region that move in a second. */
      min_cells: z.number().int().min(1).max(576).default(1),
      /** Intervals that are not further apart become one, seconds. */
      gap_s: z.number().int().min(0).max(3600).default(5),
      limit: z.number().int().min(1).max(2000).default(500),
    }),
    z.object({
      /** Oldest first. */
      intervals: z.array(
        z.object({
          start: instant,
          /** Exclusive. */
          end: instant,
          /** Of the region's cells, in the second with most of them. */
          peak: share,
        }),
      ),
      /** More than `limit` were found: where to go on; null when all are there. */
      next_from: instant.nullable(),
      /** Seconds of the range that were watched at all. */
      known_s: z.number().int(),
    }),
  ),
  /**
   * Begins a search over a stretch of the archive: first in the motion data that is there, then by looking through
   * the recordings for the rest. A window has one at a time; a new one ends the one before.
   */
  'motion.start-search': command(
    z.object({
      ...range,
      region,
      min_cells: z.number().int().min(1).max(576).default(1),
      gap_s: z.number().int().min(0).max(3600).default(3),
    }),
    z.object({ id: uuid }),
  ),
  /** Ends it; what was found stays until the window begins another one. Harmless when it is over. */
  'motion.cancel-search': command(z.object({ id: uuid }), nothing),
  /** How far a search is, and what it has found; sent at once and on changes. Null: there is no such search any more. */
  'motion.search-state': subscription(
    z.object({ id: uuid }),
    z.object({ search: motionSearchState.nullable() }),
  ),
} as const;
