import { z } from 'zod';
import { command, query, subscription } from './channel';
import { passphrase } from './backup';
import { instant, nothing, text, uuid } from './common';
import { DIALOG_MS } from './storage';

/** The longest range of a package. */
export const MOST_EVIDENCE_DAYS = 31;

const range = {
  camera_ids: z.array(uuid).min(1, 'Choose a camera.').max(64),
  start: instant,
  end: instant,
};

/** original: as the camera sent it. burnt-in: encoded anew with camera and time in the picture. */
export const rendition = z.enum(['original', 'burnt-in']);

export const evidenceExport = z.object({
  id: uuid,
  /** The folder of the package, or the encrypted file. */
  path: z.string(),
  camera_ids: z.array(uuid),
  start: instant,
  end: instant,
  /** interrupted: the application ended while it was made. */
  state: z.enum(['running', 'done', 'cancelled', 'failed', 'interrupted']),
  /** What it does now. checking: whether what is there already is still what it was. */
  step: z.enum(['checking', 'cutting', 'signing', 'encrypting']),
  /** How far the step is, 0 to 1; null where files are counted or that cannot be told. */
  step_share: z.number().nullable(),
  files: z.number().int(),
  files_total: z.number().int(),
  bytes: z.number(),
  bytes_total: z.number(),
  /** Why it failed, for people. */
  message: z.string().nullable(),
  encrypted: z.boolean(),
  reason: z.string(),
  rendition,
  /** To resume it the passphrase has to be entered again: it is never kept. */
  needs_passphrase: z.boolean(),
});
export type EvidenceExport = z.infer<typeof evidenceExport>;

export const evidenceChannels = {
  /** What a package would hold, before anything is written. */
  'evidence.estimate': query(
    z.object({ ...range, rendition: rendition.default('original'), encrypted: z.boolean().default(false) }),
    z.object({
      /** Of the footage, which an original package takes up. */
      bytes: z.number(),
      seconds: z.number(),
      /** What it takes up while it is made, bytes. */
      needed_bytes: z.number(),
      /** About how long that takes. */
      make_seconds: z.number(),
      cameras: z.array(
        z.object({
          id: uuid,
          name: z.string(),
          seconds: z.number(),
          bytes: z.number(),
          /** Stretches within the range of which there is nothing. */
          gaps: z.number().int(),
        }),
      ),
    }),
    30_000,
  ),
  /** Asks for a folder with the desktop's dialog; null after Cancel. */
  'evidence.choose-folder': command(
    nothing,
    z.object({
      chosen: z.object({ token: uuid, path: z.string(), free_bytes: z.number() }).nullable(),
    }),
    DIALOG_MS,
  ),
  /** Begins a package in a new folder below the chosen one. 409 while another one is made or the disk is too small. */
  'evidence.export': command(
    z.object({
      ...range,
      token: uuid,
      rendition: rendition.default('original'),
      /** Why it is made; stands in the manifest. */
      reason: text(500).min(1, 'Say why the package is made.'),
      /** With one, the whole package is one encrypted file (age). */
      passphrase: passphrase.optional(),
    }),
    z.object({ id: uuid }),
    60_000,
  ),
  /** Ends it; what is complete is kept, so that it can be resumed, also after a restart. */
  'evidence.cancel': command(z.object({ id: uuid }), nothing),
  /** Goes on with one that was cancelled, failed or interrupted. */
  'evidence.resume': command(z.object({ id: uuid, passphrase: passphrase.optional() }), nothing),
  /** Deletes what there is of one that was not finished. */
  'evidence.discard': command(z.object({ id: uuid }), nothing, 120_000),
  /** Packages of this start and unfinished ones of earlier ones, the newest first; sent at once and on each change. */
  'evidence.exports': subscription(nothing, z.object({ exports: z.array(evidenceExport) })),
  /** The key that signs; made when it is first asked for. */
  'evidence.key': query(
    nothing,
    z.object({
      /** Hex. */
      public_key: z.string(),
      /** SHA-256 of the public key, hex. */
      fingerprint: z.string(),
      /** strong: in the system's key store. obfuscation: this computer has none. */
      protection: z.enum(['strong', 'obfuscation']),
      created_at: instant,
    }),
    20_000,
  ),
} as const;
