import { z } from 'zod';
import { command, query, subscription } from './channel';
import { nothing, uuid } from './common';

/** Something that the desktop offers; `reason` says why it is not to be had, or null. */
const offer = z.object({ on: z.boolean(), available: z.boolean(), reason: z.string().nullable() });

export const desktopState = z.object({
  /** The desktop shows a tray icon: a closed window can be brought back from there. */
  tray: z.boolean(),
  /** Started at login. */
  autostart: offer,
  /** Started at login and started again after a crash, by the operating system's service manager. */
  crash_restart: offer,
});
export type DesktopState = z.infer<typeof desktopState>;

/** What the application asks before it goes out of sight or ends. */
export const desktopQuestion = z.object({
  id: z.number().int(),
  /** `quit`: recording will stop. `background`: the window closes and recording goes on; told once. */
  kind: z.enum(['quit', 'background']),
  /** Cameras that record, or would as soon as they can be reached. */
  cameras: z.array(z.object({ id: uuid, name: z.string() })),
  tray: z.boolean(),
});
export type DesktopQuestion = z.infer<typeof desktopQuestion>;

export const desktopChannels = {
  'desktop.get': query(nothing, desktopState),
  /** Absent ones stay as they are. 503 with what to do when the desktop refuses. */
  'desktop.update': command(
    z.object({ autostart: z.boolean().optional(), crash_restart: z.boolean().optional() }).strict(),
    desktopState,
  ),
  /** Ends the application; asks first when something records. Answers before that. */
  'desktop.quit': command(nothing, nothing),
  'desktop.question': subscription(nothing, z.object({ question: desktopQuestion.nullable() })),
  /**
   * `shown`: the page has it on screen, so no message box of the platform is needed. `continue`: close the
   * window and record on. `cancel`: everything stays as it is.
   */
  'desktop.answer': command(
    z.object({ id: z.number().int(), answer: z.enum(['shown', 'quit', 'continue', 'cancel']) }),
    nothing,
  ),
} as const;
