import { z } from 'zod';
import { command, subscription } from './channel';
import { nothing, uuid } from './common';
import { DIALOG_MS } from './storage';

/** A file for whoever helps: logs, versions, health, configuration; nothing that opens anything. */
export const supportBundle = z.object({
  id: uuid,
  file: z.string(),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  /** collecting: reads how the workstation is; writing: logs and the rest into the file. */
  step: z.enum(['collecting', 'writing']),
  /** Of the logs, bytes. */
  read: z.number().int(),
  total: z.number().int(),
  /** Of the file; null until it is done. */
  bytes: z.number().int().nullable(),
  /** Why it failed, for people. */
  message: z.string().nullable(),
});
export type SupportBundle = z.infer<typeof supportBundle>;

export const supportChannels = {
  /**
   * Asks where to save a support bundle, then writes it there; null after Cancel of the dialog. 409 while another
   * one is written.
   */
  'support.create': command(
    nothing,
    z.object({ started: z.object({ id: uuid, file: z.string() }).nullable() }),
    DIALOG_MS,
  ),
  /** Ends the writing; its file is not made. Harmless when it is over. */
  'support.cancel': command(z.object({ id: uuid }), nothing),
  /** The bundle that is written or was written last; sent at once and on each change. */
  'support.state': subscription(nothing, z.object({ bundle: supportBundle.nullable() })),
} as const;
