import { z } from 'zod';
import { command, query, subscription } from './channel';
import { instant, nothing, text, uuid } from './common';

export const auditOutcome = z.enum(['done', 'refused', 'failed']);
export type AuditOutcome = z.infer<typeof auditOutcome>;

/** Who did what, or was refused. */
export const auditEntry = z.object({
  /** 1, 2, 3 ... without gaps. */
  seq: z.number().int(),
  time: instant,
  user_id: uuid.nullable(),
  user_name: z.string(),
  /** Name of the channel, or of what has none. */
  action: z.string(),
  object: z.object({ kind: z.string(), id: z.string().nullable() }).nullable(),
  cameras: z.array(z.object({ id: z.string(), name: z.string() })),
  detail: z.record(z.string(), z.unknown()),
  outcome: auditOutcome,
  hash: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

export const auditFilter = z.object({
  user_id: uuid.optional(),
  actions: z.array(z.string().max(80)).min(1).max(100).optional(),
  outcomes: z.array(auditOutcome).min(1).optional(),
  camera_id: uuid.optional(),
  from: instant.optional(),
  to: instant.optional(),
  text: text(200).optional(),
});
export type AuditFilter = z.infer<typeof auditFilter>;

export const auditChannels = {
  /** Newest first. */
  'audit.list': query(
    z.object({
      filter: auditFilter.default({}),
      before_seq: z.number().int().min(1).optional(),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    z.object({ entries: z.array(auditEntry), next_before: z.number().int().nullable() }),
  ),
  /** What a filter can choose from. */
  'audit.names': query(
    nothing,
    z.object({
      users: z.array(z.object({ id: z.string(), name: z.string() })),
      actions: z.array(z.string()),
    }),
  ),
  /** A number that changes when entries were added. */
  'audit.revision': subscription(nothing, z.object({ revision: z.number().int() })),
  /** Walks the whole chain. */
  'audit.verify': query(
    nothing,
    z.object({
      /** Entries that are right, from the first on. */
      checked: z.number().int(),
      /** Hash of the last one that is right. */
      hash: z.string(),
      /** The first difference; null: there is none. */
      broken: z.object({ seq: z.number().int(), kind: z.enum(['missing', 'changed', 'link']) }).nullable(),
    }),
    120_000,
  ),
  /** Asks where with the desktop's dialog, then writes the entries of a filter, oldest first; null after Cancel. */
  'audit.export': command(
    z.object({ filter: auditFilter.default({}), format: z.enum(['csv', 'json']) }),
    z.object({ saved: z.object({ path: z.string(), entries: z.number().int() }).nullable() }),
    900_000,
  ),
} as const;
