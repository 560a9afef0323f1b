import { z } from 'zod';
import { command, query, subscription } from './channel';
import { instant, nothing, text, uuid } from './common';

export const captureKind = z.enum(['snapshot', 'bookmark']);
export type CaptureKind = z.infer<typeof captureKind>;

/** Most characters of a label, notes and a tag, and most tags of one capture. */
export const LABEL_LENGTH = 255;
export const NOTES_LENGTH = 4000;
export const TAG_LENGTH = 64;
export const MOST_TAGS = 20;
/** Captures that are deleted or saved with one command. */
export const MOST_CAPTURES = 500;

/** A snapshot or a bookmark as the gallery shows both. */
export const capture = z.object({
  kind: captureKind,
  id: uuid,
  device_id: uuid,
  device_name: z.string(),
  /** The moment shown; of a bookmark the one that was asked for. */
  timestamp: instant,
  /** What a bookmark's clip really holds. */
  start_timestamp: instant.nullable(),
  end_timestamp: instant.nullable(),
  /** Seconds. */
  duration: z.number().nullable(),
  label: z.string().nullable(),
  notes: z.string().nullable(),
  tags: z.array(z.string()),
  source: z.enum(['live', 'historical']),
  file_size: z.number().int(),
  /** Pixels, of a snapshot. */
  width: z.number().int().nullable(),
  height: z.number().int().nullable(),
  /** Picture or clip, served by the application's media protocol. */
  url: z.string(),
  thumbnail_url: z.string().nullable(),
  created_by: z.string(),
  created_at: instant,
  updated_at: instant,
});
export type Capture = z.infer<typeof capture>;

const label = text(LABEL_LENGTH);
/** Several lines. */
const notes = z
  .string()
  .trim()
  .max(NOTES_LENGTH)
  // eslint-disable-next-line no-control-regex
  .regex(/^[^\u0000-\u0008\u000b-\u001f\u007f]*$/, 'must not contain control characters');
const tag = text(TAG_LENGTH).min(1);

const item = z.object({ kind: captureKind, id: uuid });
export type CaptureItem = z.infer<typeof item>;
const items = z.array(item).min(1).max(MOST_CAPTURES);

/** What is absent does not matter. */
export const captureFilter = z.object({
  kind: captureKind.optional(),
  device_ids: z.array(uuid).max(1000).optional(),
  /** The moment, both inclusive. */
  start_time: instant.optional(),
  end_time: instant.optional(),
  has_label: z.boolean().optional(),
  /** One of them at least; upper and lower case are the same. */
  tags: z.array(tag).max(50).optional(),
  /** Part of label or notes. */
  text: z.string().trim().min(1).max(200).optional(),
});
export type CaptureFilter = z.infer<typeof captureFilter>;

const failed = z.array(item.extend({ message: z.string() }));

export const galleryChannels = {
  /** The newest moment first. `total` comes with the first page only. */
  'captures.list': query(
    z.object({
      filter: captureFilter,
      cursor: z.string().max(80).optional(),
      limit: z.number().int().min(1).max(200).default(100),
    }),
    z.object({
      captures: z.array(capture),
      next_cursor: z.string().nullable(),
      total: z.number().int().nullable(),
    }),
  ),
  /** Tells when to ask again: captures were made, changed or deleted. */
  'captures.revision': subscription(nothing, z.object({ revision: z.number().int() })),
  'captures.get': query(item, capture),
  /** Tags in use, by name. */
  'captures.tags': query(
    z.object({ device_ids: z.array(uuid).max(1000).optional() }),
    z.object({ tags: z.array(z.object({ tag: z.string(), count: z.number().int() })) }),
  ),
  /** Only what is given is changed; an empty label or notes are none. */
  'captures.update': command(
    item.extend({
      label: label.nullable().optional(),
      notes: notes.nullable().optional(),
      tags: z
        .array(tag)
        .max(MOST_TAGS, `At most ${String(MOST_TAGS)} tags.`)
        .optional(),
    }),
    capture,
  ),
  /** Each on its own: what cannot be deleted is told and stays. */
  'captures.delete': command(z.object({ items }), z.object({ deleted: z.array(item), failed }), 120_000),
  /** Copies to a file or, of several, into a folder that the person chooses; null when they cancel. */
  'captures.save': command(
    z.object({ items }),
    z.object({ saved: z.object({ path: z.string(), files: z.number().int(), failed }).nullable() }),
    600_000,
  ),
} as const;
