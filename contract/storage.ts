import { z } from 'zod';
import { command, query } from './channel';
import { instant, nothing, uuid } from './common';
import { applicationSettings } from './settings';

/** A dialog waits for a person this long, milliseconds. */
export const DIALOG_MS = 600_000;

export const storageFolder = z.object({
  id: uuid,
  path: z.string(),
  /** Inside the data folder. */
  is_default: z.boolean(),
  /** New recordings go here when it is there. */
  is_current: z.boolean(),
  /** Something is being recorded into it now. */
  is_written: z.boolean(),
  state: z.enum(['ready', 'missing', 'foreign']),
  /** Of its disk; null while it is missing. */
  space: z.object({ free_bytes: z.number(), total_bytes: z.number(), floor_bytes: z.number() }).nullable(),
  segments: z.number().int(),
  recorded_bytes: z.number(),
  oldest: instant.nullable(),
  newest: instant.nullable(),
});
export type StorageFolder = z.infer<typeof storageFolder>;

export const storageState = z.object({
  folders: z.array(storageFolder),
  /** What age and size would delete, more than half of everything: it waits for `storage.allow-deletion`. */
  refused_deletion: z
    .object({ segments: z.number().int(), bytes: z.number(), recorded_bytes: z.number() })
    .nullable(),
});

const { retention_days, retention_bytes, free_space_bytes } = applicationSettings.shape;

export const storageChannels = {
  'storage.list': query(nothing, storageState),
  /** Asks for a folder with the desktop's dialog and examines it; null when the dialog was cancelled. */
  'storage.choose': command(
    nothing,
    z.object({
      chosen: z
        .object({
          /** Names the folder in `storage.use`; good for one use by this window. */
          token: uuid,
          path: z.string(),
          free_bytes: z.number(),
          total_bytes: z.number(),
          same_disk: z.boolean(),
          /** It is a folder for recordings already. */
          known: z.boolean(),
        })
        .nullable(),
    }),
    DIALOG_MS,
  ),
  /** Records there from now on; running cameras reconnect once, one after the other. */
  'storage.use': command(
    z.union([z.object({ token: uuid }).strict(), z.object({ folder_id: uuid }).strict()]),
    storageState,
    20_000,
  ),
  /** Takes an empty former folder from the list. */
  'storage.forget': command(z.object({ folder_id: uuid }), storageState),
  /**
   * Takes a former folder whose disk will not come back from the list, and its recordings, locked ones too, out of
   * the index. No file is touched. 409 for a folder that is there, and while the archive is checked.
   */
  'storage.give-up': command(
    z.object({ folder_id: uuid }),
    z.object({ path: z.string(), segments: z.number().int(), bytes: z.number() }),
    600_000,
  ),
  /** Deletes what the rules in force ask for although it is more than half of everything. */
  'storage.allow-deletion': command(
    nothing,
    z.object({ segments: z.number().int(), bytes: z.number() }),
    600_000,
  ),
  /** What these rules would delete if they were in force. */
  'storage.preview-retention': query(
    z.object({ retention_days, retention_bytes, free_space_bytes }),
    z.object({
      segments: z.number().int(),
      bytes: z.number(),
      recorded_bytes: z.number(),
      from: instant.nullable(),
      to: instant.nullable(),
    }),
    15_000,
  ),
} as const;
