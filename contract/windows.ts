import { z } from 'zod';
import { command, subscription } from './channel';
import { nothing, uuid } from './common';

/** Recordings that shall be played: camera, and moment in milliseconds since the epoch. */
const playbackPlace = z.object({ camera_id: uuid, at: z.number().min(0) });

/** `main`, or the id of a window that shows only the wall. */
export const windowId = z.union([z.literal('main'), uuid]);

export const display = z.object({
  id: z.string(),
  /** As the system names it; may be empty. */
  label: z.string(),
  /** Size in pixels of the desktop. */
  width: z.number().int(),
  height: z.number().int(),
  primary: z.boolean(),
});
export type Display = z.infer<typeof display>;

export const windowState = z.object({
  id: windowId,
  full_screen: z.boolean(),
  /** The monitor it is on. */
  display_id: z.string(),
});

/** What the main window shall show because another window asked for it. */
export const windowRequest = z.object({
  /** Counts up, so that the same wish can be told again. */
  number: z.number().int(),
  /** A screen of the rail. */
  screen: z.string().max(40),
  edit_camera_id: uuid.nullable(),
  /** Of an event to open. */
  event_id: uuid.nullable(),
  playback: playbackPlace.nullable(),
});

export const windowChannels = {
  /** Every open window and every monitor; sent at once and on each change. */
  'windows.state': subscription(
    nothing,
    z.object({ windows: z.array(windowState), displays: z.array(display) }),
  ),
  /** For the main window: sent on each `windows.show-main` that asks for a screen. */
  'windows.requests': subscription(nothing, windowRequest),
  /**
   * Opens a window that shows only the wall, beginning with a named layout; on the monitor, full screen, if
   * one is given. It opens again at each start until it is closed. 409 when there are 8 already.
   */
  'windows.open-wall': command(
    z.object({ layout_id: uuid.nullable(), display_id: z.string().max(64).nullable() }),
    z.object({ id: uuid }),
  ),
  /** Closes a window of the wall, for good. */
  'windows.close': command(z.object({ id: uuid }), nothing),
  /** Of the window that calls. */
  'windows.set-full-screen': command(z.object({ on: z.boolean() }), nothing),
  /** Brings the main window to the front, opened anew if it was closed, and asks it for a screen. */
  'windows.show-main': command(
    z.object({
      screen: z.string().max(40).nullable(),
      edit_camera_id: uuid.nullable(),
      event_id: uuid.nullable().default(null),
      playback: playbackPlace.nullable().default(null),
    }),
    nothing,
  ),
} as const;
