import { z } from 'zod';
import { command, subscription } from './channel';
import { nothing, uuid } from './common';

/** What a check of the archive can find (docs/archive.md). */
export const archiveFindingKind = z.enum([
  /** The disk of a folder is not there, or it belongs to another workstation: nothing in it was checked. */
  'folder-missing',
  'folder-foreign',
  /** A row without its file. */
  'file-missing',
  'size-differs',
  'hash-differs',
  'unreadable',
  /** Recorded before there were hashes. */
  'hash-missing',
  /** A file without a row. */
  'file-unknown',
  'overlap',
  /** Hash, camera or times of a row are not those that were registered. */
  'chain-broken',
  /** Rows were taken away without a note. */
  'chain-hole',
  /** The deletion of a segment was not finished. */
  'deletion-unfinished',
  /** A crash has left it; the next start registers it. */
  'not-registered',
]);
export type ArchiveFindingKind = z.infer<typeof archiveFindingKind>;

export const archiveFinding = z.object({
  kind: archiveFindingKind,
  camera_id: uuid.nullable(),
  /** Of the file, or of the folder that is missing. */
  path: z.string().nullable(),
  /** What exactly differs, in English, for the report. */
  detail: z.string(),
  /** `repaired`; `quarantined`: the file was put aside; `open`: nothing was done. */
  outcome: z.enum(['open', 'repaired', 'quarantined']),
});
export type ArchiveFinding = z.infer<typeof archiveFinding>;

export const archiveCheckState = z.object({
  phase: z.enum(['idle', 'running', 'done', 'cancelled', 'failed']),
  with_hashes: z.boolean(),
  with_repair: z.boolean(),
  segments_checked: z.number().int(),
  segments_total: z.number().int(),
  bytes_checked: z.number(),
  bytes_total: z.number(),
  /** How many there are of each kind. */
  counts: z.partialRecord(archiveFindingKind, z.number().int()),
  /** Findings that nothing was done about. */
  open: z.number().int(),
  /** The first hundred. */
  findings: z.array(archiveFinding).max(100),
  /** Why it failed; null otherwise. */
  error: z.string().nullable(),
});
export type ArchiveCheckState = z.infer<typeof archiveCheckState>;

export const archiveChannels = {
  /** Begins a check. @throws 409 while one runs */
  'archive.check': command(z.object({ hashes: z.boolean(), repair: z.boolean() }).strict(), nothing),
  'archive.cancel-check': command(nothing, nothing),
  /** The check that runs or was the last one; at once and as it goes on. */
  'archive.check-state': subscription(nothing, archiveCheckState),
} as const;
