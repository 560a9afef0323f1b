import { z } from 'zod';
import { command, query } from './channel';
import { instant, text, uuid } from './common';

/** Footage that retention leaves alone. */
export const footageLock = z.object({
  id: uuid,
  source: z.enum(['range', 'event', 'bookmark']),
  /** Of the event or bookmark; null for a range. */
  source_id: z.string().nullable(),
  device_ids: z.array(uuid),
  start: instant,
  end: instant,
  reason: z.string(),
  created_by: z.string(),
  created_at: instant,
  /** Ends by itself then; null: never. */
  until: instant.nullable(),
  released_at: instant.nullable(),
  released_by: z.string().nullable(),
  /** It holds. */
  is_active: z.boolean(),
  /** Of the recordings in its range. */
  recorded_bytes: z.number(),
});
export type FootageLock = z.infer<typeof footageLock>;

const devices = z.array(uuid).min(1).max(64);

export const lockTarget = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('range'), device_ids: devices, start: instant, end: instant }).strict(),
  /** The camera of the event, from seconds before it to seconds after. */
  z
    .object({
      kind: z.literal('event'),
      event_id: uuid,
      before_seconds: z.number().min(0).max(3600).default(30),
      after_seconds: z.number().min(1).max(3600).default(60),
    })
    .strict(),
  /** The camera and time of the bookmark; the bookmark cannot be deleted meanwhile. */
  z.object({ kind: z.literal('bookmark'), bookmark_id: uuid }).strict(),
]);
export type LockTarget = z.infer<typeof lockTarget>;

export const lockChannels = {
  'locks.create': command(
    z
      .object({
        target: lockTarget,
        reason: text(500).min(1, 'say why the footage must be kept'),
        until: instant.nullable(),
      })
      .strict(),
    footageLock,
  ),
  /** Newest first. */
  'locks.list': query(
    z
      .object({
        device_ids: devices.optional(),
        /** Locks that reach into [start, end). */
        start: instant.optional(),
        end: instant.optional(),
        /** `active`: those that hold. */
        state: z.enum(['active', 'all']).default('active'),
        skip: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(500).default(100),
      })
      .strict(),
    z.object({ locks: z.array(footageLock), total: z.number().int() }),
  ),
  /** Also to an earlier end. @throws 409 when it holds no longer */
  'locks.extend': command(z.object({ id: uuid, until: instant.nullable() }).strict(), footageLock),
  /** Retention may delete the footage from now on. @throws 409 when it holds no longer */
  'locks.release': command(z.object({ id: uuid }).strict(), footageLock),
} as const;
