import type { Dispatch } from 'react';
import { useEffect, useMemo, useReducer } from 'react';
import type { Device } from '../../../../contract';
import { useDevices } from '../../../data/DevicesProvider';
import { useSession } from '../../../data/SessionProvider';
import type { ShownTiles } from '../../live/wall/shownTiles';
import { shownTiles } from '../../live/wall/shownTiles';
import { thisWindow } from '../../live/wall/thisWindow';
import type { WallAction, WallState } from '../../live/wall/wallModel';
import { FIRST_WALL, reduceWall, shownOf } from '../../live/wall/wallModel';
import { readWall, wallOwner, writeWall } from '../../live/wall/wallStorage';

/** Under this name the tiles of the Playback screen are kept. */
const STORED = 'playback';

export interface PlaybackWall extends ShownTiles {
  readonly state: WallState;
  readonly dispatch: Dispatch<WallAction>;
  /** Null until the cameras are known. */
  readonly all: readonly Device[] | null;
}

/** The tiles of the Playback screen: at first those of the wall. @param cameraId must be among them */
export function usePlaybackWall(cameraId: string | null): PlaybackWall {
  const { devices: all, byId } = useDevices();
  const owner = wallOwner(useSession(), 'playback');
  const [state, dispatch] = useReducer(reduceWall, null, () => first(cameraId, owner ?? null));
  useEffect(() => {
    if (all !== null) dispatch({ type: 'cameras', ids: all.map(({ id }) => id) });
  }, [all]);
  useEffect(() => {
    if (all !== null && owner !== undefined) writeWall(window.localStorage, STORED, state, owner);
  }, [all, state, owner]);
  return useMemo(() => ({ state, dispatch, all, ...shownTiles(state, byId) }), [state, byId, all]);
}

function first(cameraId: string | null, owner: string | null): WallState {
  const kept =
    readWall(window.localStorage, STORED, owner) ??
    readWall(window.localStorage, thisWindow.id, owner) ??
    FIRST_WALL;
  if (cameraId === null || shownOf(kept).includes(cameraId)) return kept;
  const empty = shownOf(kept).indexOf(null);
  return reduceWall(kept, { type: 'assign', index: Math.max(0, empty), cameraId });
}
