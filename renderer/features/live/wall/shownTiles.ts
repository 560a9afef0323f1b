import type { Device, TilePlace } from '../../../../contract';
import type { WallState } from './wallModel';
import { placesOf, shownOf } from './wallModel';

/** What the tiles of a wall show, as far as the cameras are known. */
export interface ShownTiles {
  readonly places: readonly TilePlace[];
  /** By tile; null where it is empty. */
  readonly devices: readonly (Device | null)[];
  /** Tile of each camera that is shown, from 0. */
  readonly tileOf: ReadonlyMap<string, number>;
}

export function shownTiles(state: WallState, byId: ReadonlyMap<string, Device>): ShownTiles {
  const shown = shownOf(state);
  return {
    places: placesOf(state),
    devices: shown.map((id) => (id === null ? null : (byId.get(id) ?? null))),
    tileOf: new Map(shown.flatMap((id, index) => (id === null ? [] : [[id, index] as const]))),
  };
}
