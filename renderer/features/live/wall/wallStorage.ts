import { z } from 'zod';
import type { SessionState } from '../../../../contract';
import { layoutKind, MOST_TILES, tilePlace } from '../../../../contract/layouts';
import type { CameraRight } from '../../../data/SessionProvider';
import { hasRoom } from './arrangement';
import type { WallState } from './wallModel';
import { FIRST_WALL } from './wallModel';

const PREFIX = 'vas.live.wall.';
/** Where the first version kept the layout of its only window. */
const FIRST_KEY = 'vas.live.layout';

const places = z
  .array(tilePlace)
  .max(MOST_TILES)
  .refine((list) => list.every((place, index) => hasRoom(list, place, index)));
const cameras = z
  .array(z.string().nullable())
  .length(MOST_TILES)
  .refine(
    (list) => new Set(list.filter((id) => id !== null)).size === list.filter((id) => id !== null).length,
  );

const stored = z.object({
  kind: layoutKind,
  cameras,
  places,
  layoutChosen: z.boolean(),
  tilesArranged: z.boolean(),
  layoutId: z.string().nullable(),
});

const firstStored = z
  .object({
    layout: z.enum(['1', '2x2']),
    tiles: z.array(z.string().nullable()).length(4),
    layoutChosen: z.boolean(),
    tilesArranged: z.boolean(),
  })
  .transform(({ layout, tiles, ...rest }) => ({
    ...FIRST_WALL,
    ...rest,
    kind: layout,
    cameras: FIRST_WALL.cameras.map((_none, index) => tiles[index] ?? null),
  }));

/**
 * Whose wall is shown: null, the one that all share who see every camera, or the id of a user who does not. Tiles
 * of cameras that somebody does not see are emptied, which must not empty them for the others.
 * @returns undefined while it is not known; then nothing may be kept
 */
export function wallOwner(session: SessionState | null, right: CameraRight): string | null | undefined {
  if (session?.user == null) return undefined;
  return session.cameras[right] === null ? null : session.user.id;
}

/**
 * What a window showed the last time; null when nothing or nothing that fits was kept.
 * @param owner who has none of their own begins with the one that is shared
 */
export function readWall(
  storage: Pick<Storage, 'getItem'>,
  windowId: string,
  owner: string | null = null,
): WallState | null {
  const own = owner === null ? null : parsed(stored, storage.getItem(keyOf(windowId, owner)));
  const kept = own ?? parsed(stored, storage.getItem(keyOf(windowId, null)));
  if (kept !== null || windowId !== 'main') return kept;
  return parsed(firstStored, storage.getItem(FIRST_KEY));
}

export function writeWall(
  storage: Pick<Storage, 'setItem'>,
  windowId: string,
  state: WallState,
  owner: string | null,
): void {
  storage.setItem(keyOf(windowId, owner), JSON.stringify(state));
}

const keyOf = (windowId: string, owner: string | null): string =>
  PREFIX + windowId + (owner === null ? '' : `.${owner}`);

function parsed<T>(schema: z.ZodType<T>, text: string | null): T | null {
  if (text === null) return null;
  try {
    const result = schema.safeParse(JSON.parse(text));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}
