import { z } from 'zod';
import { command, query, subscription } from './channel';
import { instant, nothing, text, uuid } from './common';
import { eventAge } from './settings';

/** Reference 5.3, with the media that its trigger made and the asking user's review. */
export const aiEvent = z.object({
  id: uuid,
  camera_id: uuid,
  model_id: z.string(),
  timestamp: instant,
  frame_id: z.number().int().nullable(),
  /** As it was stored: `{schema: 1, detections: [...]}` (seed 003) or seed 002's `{objects: [...]}`. */
  detections: z.record(z.string(), z.unknown()),
  confidence: z.number().nullable(),
  event_metadata: z.record(z.string(), z.unknown()),
  created_at: instant,
  snapshot_id: z.string().nullable(),
  clip_id: z.string().nullable(),
  reviewed_at: instant.nullable(),
});
export type AiEvent = z.infer<typeof aiEvent>;

const modelName = z.string().min(1).max(128);
const names = z.array(text(128).min(1)).min(1).max(64);

/** Conditions that are ANDed; a list means any of it; both ends of the time belong to it. */
export const eventFilter = z.object({
  camera_ids: z.array(uuid).min(1).max(64).optional(),
  model_ids: z.array(modelName).min(1).max(32).optional(),
  labels: names.optional(),
  zones: names.optional(),
  start_time: instant.optional(),
  end_time: instant.optional(),
  min_confidence: z.number().min(0).max(1).optional(),
  reviewed: z.boolean().optional(),
});
export type AiEventFilter = z.infer<typeof eventFilter>;

const storeTrouble = z.enum(['damaged', 'locked', 'full', 'read_only', 'newer', 'unavailable']);

/** Opaque to the renderer: where a page ended. */
const cursor = z.string().regex(/^\d{1,16}\.\d{1,16}$/, 'This is not a cursor of an earlier page.');
const limit = z.number().int().min(1).max(1000).default(100);
const offset = z.number().int().min(0).max(100_000).default(0);

const page = z.object({
  events: z.array(aiEvent),
  /** Exact up to 10,000; then see total_is_exact. */
  total: z.number().int(),
  total_is_exact: z.boolean(),
  limit: z.number().int(),
  offset: z.number().int(),
  /** For the next page; null when there is none. */
  next_cursor: z.string().nullable(),
  /** The search stopped at this time before the page was full; go on with next_cursor. */
  scanned_to: instant.nullable(),
});

export const eventChannels = {
  'ai-events.get': query(z.object({ id: uuid }), aiEvent),
  /** Reference 5.3: newest first. `cursor` instead of `offset` for anything deep. */
  'ai-events.list': query(
    z.object({
      camera_id: uuid.optional(),
      model_id: modelName.optional(),
      ...eventFilter.shape,
      limit,
      offset,
      cursor: cursor.optional(),
      /** Counting costs more than the page itself. */
      with_total: z.boolean().default(true),
    }),
    page,
  ),
  /** As `ai-events.list` for one camera; an unknown one gives an empty page. */
  'ai-events.listForCamera': query(
    z.object({
      camera_id: uuid,
      model_id: modelName.optional(),
      start_time: instant.optional(),
      end_time: instant.optional(),
      limit,
      offset,
    }),
    page,
  ),
  /** What a filter can choose from; of these cameras, or of all. */
  'ai-events.names': query(
    z.object({ camera_ids: eventFilter.shape.camera_ids }),
    z.object({
      labels: z.array(z.string()),
      zones: z.array(z.string()),
      camera_ids: z.array(z.string()),
      model_ids: z.array(z.string()),
    }),
  ),
  /** Whether each span of time has an event that matches; for the marks of a calendar. */
  'ai-events.spans': query(
    z.object({
      filter: eventFilter,
      spans: z
        .array(z.tuple([instant, instant]))
        .min(1)
        .max(62),
    }),
    z.object({ marked: z.array(z.boolean()) }),
  ),
  /** Of the asking user; events themselves never change. */
  'ai-events.review': command(
    z.object({ ids: z.array(uuid).min(1).max(1000), reviewed: z.boolean() }),
    z.object({ changed: z.number().int() }),
  ),
  /**
   * Asks where to keep the events of a filter, then writes them there page by page; `id` is null after Cancel of the
   * dialog. 409 while another export runs.
   */
  'ai-events.export': command(
    z.object({ filter: eventFilter, format: z.enum(['csv', 'json']) }),
    z.object({ id: uuid.nullable() }),
    600_000,
  ),
  /** Ends an export; its file is not made. Harmless when it is over. */
  'ai-events.cancel-export': command(z.object({ id: uuid }), nothing),
  /** The export that runs or ran last; sent at once and on each change. */
  'ai-events.exports': subscription(
    nothing,
    z.object({
      exports: z.array(
        z.object({
          id: uuid,
          file: z.string(),
          format: z.enum(['csv', 'json']),
          state: z.enum(['running', 'done', 'cancelled', 'failed']),
          written: z.number().int(),
          /** Null when it is not known: beyond 10,000 nobody counts. */
          total: z.number().int().nullable(),
          /** Why it failed, for people. */
          message: z.string().nullable(),
        }),
      ),
    }),
  ),
  /** Ids of events as they are stored, the newest last; lossy. */
  'ai-events.stored': subscription(
    nothing,
    z.object({
      events: z.array(z.object({ id: uuid, camera_id: uuid, model_id: z.string(), timestamp: instant })),
    }),
  ),
  /** How the event store is, and what its failures have cost; sent at once and on each change. */
  'ai-events.store': subscription(
    nothing,
    z.object({
      state: z.enum(['opening', 'working', 'failing']),
      /** Null unless it fails. */
      trouble: storeTrouble.nullable(),
      since: instant.nullable(),
      /** Events lost since then. */
      lost: z.number().int(),
      /** The failure before, of this run of the application. */
      before: z
        .object({ trouble: storeTrouble, since: instant, until: instant, lost: z.number().int() })
        .nullable(),
      folder: z.string(),
      /** Names of the old stores kept there. */
      kept_files: z.array(z.string()),
    }),
  ),
  /** Moves the event store aside, whole, and begins a new one. `kept` is the old one's new name. */
  'ai-events.start-store': command(nothing, z.object({ kept: z.string().nullable() }), 60_000),
  /** How many events are older than that many days. */
  'ai-events.preview-expiry': query(
    z.object({ days: eventAge }),
    z.object({ count: z.number().int(), before: instant }),
  ),
  /**
   * Begins to remove events older than that many days, with the pictures and clips that only they show. 409 while
   * another one runs. The only command that removes events.
   */
  'ai-events.expire': command(z.object({ days: eventAge }), nothing, 60_000),
  /** What is removed stays removed. Harmless when none runs. */
  'ai-events.cancel-expiry': command(nothing, nothing),
  /** The expiry that runs, and the one before; sent at once and on each change. */
  'ai-events.expiry': subscription(
    nothing,
    z.object({
      running: z
        .object({
          removed: z.number().int(),
          total: z.number().int(),
          before: instant,
          cancelled: z.boolean(),
        })
        .nullable(),
      last: z
        .object({
          at: instant,
          /** Events before this went. */
          before: instant,
          removed: z.number().int(),
          /** By the age in the settings; otherwise a person asked for it. */
          by_rule: z.boolean(),
        })
        .nullable(),
      /** Why the newest one ended early, for people. */
      failure: z.string().nullable(),
    }),
  ),
  /** Seed 004's status keys. */
  'ai-events.triggers': query(
    nothing,
    z.object({
      snapshot_triggers_enabled: z.boolean(),
      clip_triggers_enabled: z.boolean(),
      triggered_events_count: z.number().int(),
    }),
  ),
  'ai-events.set-triggers': command(
    z.object({
      snapshot_triggers_enabled: z.boolean().optional(),
      clip_triggers_enabled: z.boolean().optional(),
    }),
    z.object({ snapshot_triggers_enabled: z.boolean(), clip_triggers_enabled: z.boolean() }),
  ),
} as const;
