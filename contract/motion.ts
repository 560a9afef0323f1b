import { z } from 'zod';
import { query } from './channel';
import { instant, uuid } from './common';
import { MOTION_BYTES } from './motionGrid';

const share = z.number().min(0).max(1);
const range = { camera_id: uuid, from: instant, to: instant };

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
      /** Mask of the grid (motionGrid.ts), hexadecimal. */
      region: z
        .string()
        .regex(new RegExp(`^[0-9a-f]{${String(2 * MOTION_BYTES)}}$`), 'must be a mask of the motion grid'),
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
} as const;
