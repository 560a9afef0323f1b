import { z } from 'zod';
import { command } from './channel';
import { instant, nothing, uuid } from './common';
import { DIALOG_MS } from './storage';

/** Shorter ones are guessed too quickly. */
export const LEAST_PASSPHRASE = 12;

export const passphrase = z
  .string()
  .min(LEAST_PASSPHRASE, `Use at least ${String(LEAST_PASSPHRASE)} characters.`)
  .max(1024, 'Use at most 1,024 characters.');

/** What restoring would do to one kind of thing; each entry names one of them. */
export const sectionChanges = z.object({
  section: z.string(),
  added: z.array(z.string()),
  changed: z.array(z.string()),
  removed: z.array(z.string()),
  same: z.number().int(),
});
export type SectionChanges = z.infer<typeof sectionChanges>;

const restoreRequest = z.object({
  /** From `backup.open`. */
  token: uuid,
  /** Absent: passwords are left out. */
  passphrase: z.string().max(1024).optional(),
  /** Remove what the backup does not have. */
  remove_missing: z.boolean().default(false),
});

export const backupChannels = {
  /** Asks where with the desktop's dialog and writes the configuration; with a passphrase the passwords too. */
  'backup.create': command(
    z.object({ passphrase: passphrase.optional() }),
    z.object({
      saved: z
        .object({
          path: z.string(),
          bytes: z.number().int(),
          cameras: z.number().int(),
          passwords: z.number().int(),
        })
        .nullable(),
    }),
    DIALOG_MS,
  ),
  /** Asks for a file with the desktop's dialog and checks it. */
  'backup.open': command(
    nothing,
    z.object({
      opened: z
        .object({
          token: uuid,
          path: z.string(),
          created_at: instant,
          application: z.string(),
          has_passwords: z.boolean(),
        })
        .nullable(),
    }),
    DIALOG_MS,
  ),
  /** What restoring would change; changes nothing. */
  'backup.preview': command(
    restoreRequest,
    z.object({ sections: z.array(sectionChanges), passwords: z.number().int() }),
    60_000,
  ),
  /** All of it or nothing. What was before is kept in the data folder. */
  'backup.restore': command(
    restoreRequest,
    z.object({ sections: z.array(sectionChanges), kept: z.string() }),
    120_000,
  ),
} as const;
