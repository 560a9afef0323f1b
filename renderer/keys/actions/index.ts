import { applicationActions } from './application';
import { camerasActions } from './cameras';
import type { ActionDefinition } from './definition';
import { eventsActions } from './events';
import { galleryActions } from './gallery';
import { liveActions } from './live';
import { playbackActions } from './playback';
import { tileActions } from './tile';
import { wallActions } from './wall';

/** Every action that has a key, in the order of the sheet. A feature adds its own in a file beside these. */
const TABLE = {
  ...applicationActions,
  ...liveActions,
  ...wallActions,
  ...tileActions,
  ...camerasActions,
  ...eventsActions,
  ...playbackActions,
  ...galleryActions,
} as const;

export type ActionId = keyof typeof TABLE;

export const ACTIONS: Readonly<Record<ActionId, ActionDefinition>> = TABLE;
export const ACTION_IDS = Object.keys(TABLE) as readonly ActionId[];

export function isActionId(id: string): id is ActionId {
  return Object.hasOwn(TABLE, id);
}

export type { ActionDefinition } from './definition';
